// SPDX-License-Identifier: BSD-2-Clause
#include "callout/helper.hpp"

#include "sys/dial.hpp"

namespace postern::callout {

namespace {

/// Looking up a name has a time limit of its own, and a helper that is late is lost.
constexpr std::chrono::seconds kGrace{5};

std::optional<Answer> answer_to_packet(std::string_view packet, Caller& caller, dns::Resolver& resolver) {
    if (const auto question = parse_domain_question(packet)) return answer_to(*question, resolver);
    if (const auto question = parse_question(packet)) return caller.ask(*question);
    return std::nullopt;
}

}  // namespace

void answer_questions(sys::PacketEnd& session, Caller& caller, dns::Resolver& resolver) {
    for (;;) {
        const auto packet = session.receive(std::nullopt, kLongestPacket);
        if (!packet || !*packet) break;
        const auto answer = answer_to_packet(**packet, caller, resolver);
        if (!answer) break;  // a session that says such things is none any more
        if (!session.send(to_packet(*answer))) break;
    }
    caller.hang_up();
}

Result<Helper> Helper::start(const Options& options,
                             std::function<std::unique_ptr<dns::Resolver>()> prepare) {
    POSTERN_ASSIGN(auto process, sys::HelperProcess::start([&](sys::PacketEnd& session) {
                       const auto resolver = prepare();
                       if (!resolver) return;
                       const auto dial = [](const sys::Endpoint& endpoint,
                                            std::chrono::milliseconds patience) {
                           return sys::dial(endpoint, patience);
                       };
                       Caller caller(*resolver, dial, options);
                       answer_questions(session, caller, *resolver);
                   }));
    return Helper(std::move(process), options.patience + kGrace);
}

Answer Helper::ask(const std::string& packet) {
    if (!process_) return {Answer::Kind::undecided, "the helper is not there any more"};
    auto answer = ask_process(packet);
    if (answer) return *std::move(answer);
    process_.reset();  // what it would still say would be taken for the next answer
    return {Answer::Kind::undecided, "the helper does not answer: " + answer.error().what()};
}

Result<Answer> Helper::ask_process(const std::string& question) {
    POSTERN_TRY(process_->other_end().send(question));
    POSTERN_ASSIGN(const auto packet, process_->other_end().receive(
                                          std::chrono::steady_clock::now() + patience_, kLongestPacket));
    const auto answer = packet ? parse_answer(*packet) : std::nullopt;
    if (answer) return *answer;
    return Error(Fault::temporary, packet ? "it says something else" : "it has ended");
}

}  // namespace postern::callout
