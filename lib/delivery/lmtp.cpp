// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/lmtp.hpp"

#include <algorithm>
#include <utility>

#include "runner/onward_content.hpp"

namespace postern::delivery {

namespace {

using ResultKind = smtp::ClientResult::Kind;

// Some messages break some servers: only several losses in a row mean that the server is down.
constexpr int kMostLosses = 3;

/// It is final delivery: what the sender asks of reports, Postern does.
Result<smtp::ClientMessage> describe(const spool::Message& message, runner::OnwardContent& content,
                                     const spool::RecipientSet& recipients, const smtp::Extensions& offers) {
    smtp::ClientMessage described;
    described.reverse_path = message.history().reverse_path_of(recipients.front());
    for (const auto index : recipients)
        described.recipients.emplace_back(message.history().recipients()[index].address);
    POSTERN_TRY(content.describe(described, offers));
    return described;
}

bool took_any(const smtp::MessageDone& sent) {
    return std::ranges::find(sent.recipients, ResultKind::accepted, &smtp::ClientResult::kind) !=
           sent.recipients.end();
}

}  // namespace

Result<std::vector<smtp::ClientResult>> Lmtp::send(const spool::Message& message,
                                                   const accounts::LmtpServer& server,
                                                   const spool::RecipientSet& recipients) {
    for (;;) {
        if (const auto why = reach(server)) return std::vector(recipients.size(), *why);
        runner::OnwardContent content(message, recipients.front(), runner::OnwardContent::Top::none);
        POSTERN_ASSIGN(auto described, describe(message, content, recipients, conversation_->offers()));
        auto sent = conversation_->send(
            std::move(described),
            [&](std::uint64_t offset, std::span<char> into) { return content.read(offset, into); });
        if (!sent) return sent.error();
        // A server may end a conversation between two messages; the second one is then no worse for it.
        const bool is_late = !conversation_->is_open() && conversation_->transactions() > 1 &&
                             sent->content == smtp::MessageDone::Content::not_sent;
        if (is_late) continue;
        judge(*sent, server);
        return std::move(sent->recipients);
    }
}

void Lmtp::judge(const smtp::MessageDone& sent, const accounts::LmtpServer& server) {
    auto& health = health_[server];
    if (conversation_->is_open() || took_any(sent))
        health.losses = 0;
    else if (++health.losses >= kMostLosses)
        health.why_down = sent.recipients.back();
}

std::optional<smtp::ClientResult> Lmtp::reach(const accounts::LmtpServer& server) {
    const bool is_there = conversation_ && conversation_->is_open() && !conversation_->is_used_up();
    if (is_there && server_ == server) return std::nullopt;
    auto& health = health_[server];
    if (health.why_down) return health.why_down;
    hang_up();
    return health.why_down = call(server);
}

std::optional<smtp::ClientResult> Lmtp::call(const accounts::LmtpServer& server) {
    auto stream = dialer_.dial(server);
    if (!stream) {  // what the system says of it is nothing for senders
        log_down(server, stream.error().what(), "");
        return smtp::ClientResult{ResultKind::deferred, "4.4.1",
                                  "the server of the mailbox cannot be reached at present"};
    }
    conversation_ = std::make_unique<wire::ClientConversation>(*std::move(stream),
                                                               smtp::Client(hostname_, smtp::Dialect::lmtp));
    server_ = server;
    auto refused = conversation_->start();
    if (!refused) return std::nullopt;
    log_down(server, refused->reason, refused->reply);
    refused->kind = ResultKind::deferred;  // a server that is set up in a wrong way bounces nothing
    refused->status.front() = '4';
    return refused;
}

void Lmtp::log_down(const accounts::LmtpServer& server, std::string_view reason, std::string_view reply) {
    log_.write(Severity::err, "host-down",
               {{"host", server.to_string()}, {"reason", reason}, {"reply", reply}});
}

void Lmtp::hang_up() {
    if (conversation_) conversation_->quit();
    conversation_.reset();
}

}  // namespace postern::delivery
