// SPDX-License-Identifier: BSD-2-Clause
#include "callout/caller.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "dns/host_addresses.hpp"

namespace postern::callout {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kTimeForGoodbye{2};

/// A stream that is over when the time for the question is.
class LimitedStream final : public sys::Stream {
public:
    LimitedStream(std::unique_ptr<sys::Stream> stream, const sys::Deadline& limit)
        : stream_(std::move(stream)), limit_(limit) {}

    sys::ReadEnd read(std::span<char> into, sys::Deadline deadline) override {
        // A stream gives what has arrived even late; a server that always has more would never be late.
        if (steady_clock::now() >= limit_) return {sys::ReadEnd::Why::timed_out};
        return stream_->read(into, std::min(deadline, limit_));
    }
    Status write(std::string_view bytes, sys::Deadline deadline) override {
        return stream_->write(bytes, std::min(deadline, limit_));
    }

private:
    std::unique_ptr<sys::Stream> stream_;
    const sys::Deadline& limit_;
};

Answer undecided(std::string words) { return {Answer::Kind::undecided, std::move(words)}; }

std::string words_of(const smtp::ClientResult& result) {
    return result.reply.empty() ? result.reason : result.reason + ": " + result.reply;
}

Answer to_answer(const smtp::ClientResult& result) {
    using Kind = smtp::ClientResult::Kind;
    switch (result.kind) {
        case Kind::accepted: return {Answer::Kind::accepted, {}};
        case Kind::failed: return {Answer::Kind::refused, words_of(result)};
        case Kind::deferred:
        case Kind::crowded_out: break;
    }
    return undecided(words_of(result));
}

}  // namespace

Answer Caller::ask(const Question& question) {
    const auto& server = question.server;
    if (const auto known = silent_.find(server); known != silent_.end()) return known->second;
    limit_ = steady_clock::now() + options_.patience;

    const auto addresses = addresses_of(server);
    if (!addresses) return silent_[server] = undecided(addresses.error().what());
    if (question.peer && std::ranges::find(*addresses, *question.peer) != addresses->end())
        return {Answer::Kind::accepted, {}};
    const bool is_old = is_talking_to(server);
    if (const auto why = reach(server, *addresses)) return silent_[server] = *why;
    auto result = ask_in_conversation(question.recipient);
    if (is_old && !is_talking_to(server)) {  // it had ended the old conversation meanwhile
        if (const auto why = reach(server, *addresses)) return silent_[server] = *why;
        result = ask_in_conversation(question.recipient);
    }
    auto answer = to_answer(result);
    if (!is_talking_to(server) && answer.kind == Answer::Kind::undecided) silent_[server] = answer;
    return answer;
}

smtp::ClientResult Caller::ask_in_conversation(const mail::Address& recipient) {
    smtp::ClientMessage message;
    message.recipients = {recipient};
    message.aim = smtp::ClientMessage::Aim::ask;
    const auto no_content = [](std::uint64_t, std::span<char>) -> Result<std::size_t> { return 0; };
    const auto asked = conversation_->dialogue.send(std::move(message), no_content);
    if (!asked) return {smtp::ClientResult::Kind::deferred, "4.3.0", asked.error().what(), ""};
    return asked->recipients.front();
}

bool Caller::is_talking_to(const accounts::OtherServer& server) const {
    return conversation_ && conversation_->server == server && conversation_->dialogue.is_open() &&
           !conversation_->dialogue.is_used_up();
}

milliseconds Caller::time_left() const {
    const auto left = std::chrono::duration_cast<milliseconds>(limit_ - steady_clock::now());
    return std::max(left, milliseconds(0));
}

std::optional<Answer> Caller::reach(const accounts::OtherServer& server,
                                    const std::vector<IpAddress>& addresses) {
    if (is_talking_to(server)) return std::nullopt;
    hang_up();
    std::string why = "no address of it could be tried in time";
    for (std::size_t i = 0; i < addresses.size() && time_left() > milliseconds(0); ++i) {
        const auto share = time_left() / static_cast<int>(addresses.size() - i);
        auto stream = dial_({addresses[i], server.port}, share);
        if (!stream) {
            why = stream.error().what();
            continue;
        }
        conversation_.emplace(Conversation{
            server,
            {std::make_unique<LimitedStream>(*std::move(stream), limit_), smtp::Client(options_.hostname)}});
        const auto refused = conversation_->dialogue.start();
        if (!refused) return std::nullopt;
        why = words_of(*refused);
    }
    return undecided(why);
}

Result<std::vector<IpAddress>> Caller::addresses_of(const accounts::OtherServer& server) {
    if (const auto known = addresses_.find(server); known != addresses_.end()) return known->second;
    POSTERN_ASSIGN(auto addresses, dns::addresses_of(resolver_, server.host));
    if (addresses.empty()) return Error(Fault::temporary, server.host + " has no address");
    const bool is_named = ascii::equals_ignoring_case(server.host, options_.hostname);
    const bool is_own = std::ranges::find_first_of(addresses, options_.server_addresses) != addresses.end();
    if (server.port == options_.server_port && (is_named || is_own))
        return Error(Fault::configuration, server.host + " is this server itself");
    return addresses_[server] = std::move(addresses);
}

void Caller::hang_up() {
    if (!conversation_) return;
    const auto limit = std::exchange(limit_, steady_clock::now() + kTimeForGoodbye);
    conversation_->dialogue.quit();
    limit_ = limit;
    conversation_.reset();
}

}  // namespace postern::callout
