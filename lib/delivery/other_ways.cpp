// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/other_ways.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace postern::delivery {

namespace {

using SentKind = smtp::ClientResult::Kind;

// A quoted reply and a command's words are bounded: 500 octets, escaped at most sixfold in JSON.
constexpr std::size_t kLongestRecord = 4096;

constexpr const char* kNoTls =
    "TLS is required on the whole way, and the server of the mailbox is reached without";

/// RFC 8689 §2 counts LMTP in. No report is lost for it (§5).
bool requires_tls(const spool::Message& message, std::size_t recipient) {
    return message.envelope().requires_tls && message.history().reverse_path_of(recipient);
}

/// One transaction has one reverse-path; the second is its number in the history.
using Transaction = std::pair<accounts::LmtpServer, std::size_t>;

struct Others {
    std::map<Transaction, std::vector<Addressed>> by_lmtp;
    std::vector<Addressed> by_command;
};

Others take_others(const spool::History& history, Sorted& sorted) {
    Others others;
    for (const auto& [mailbox, addressed] : sorted.mailboxes) {
        const auto& method = addressed.account.method;
        if (const auto* server = std::get_if<accounts::LmtpServer>(&method)) {
            const auto from = history.recipients()[addressed.recipients.front()].reverse_path;
            others.by_lmtp[{*server, from}].push_back(addressed);
        } else if (std::holds_alternative<accounts::DeliveryCommand>(method)) {
            others.by_command.push_back(addressed);
        }
    }
    std::erase_if(sorted.mailboxes, [](const auto& entry) {
        return !std::holds_alternative<accounts::IntoMaildir>(entry.second.account.method);
    });
    return others;
}

Status reserve(spool::Message& message, std::size_t accounts) {
    return message.reserve_log(kLongestRecord *
                               (accounts + 2));  // and one each for reports on failures, successes
}

spool::Outcome::Kind kind_of(SentKind kind) {
    switch (kind) {
        case SentKind::accepted: return spool::Outcome::Kind::delivered;
        case SentKind::failed: return spool::Outcome::Kind::failed;
        case SentKind::deferred:
        case SentKind::crowded_out: break;
    }
    return spool::Outcome::Kind::deferred;
}

/// Adds to the outcome of equals, recipients ascending.
void add(std::vector<spool::Outcome>& outcomes, const smtp::ClientResult& result, const std::string& host,
         const spool::RecipientSet& recipients) {
    const auto kind = kind_of(result.kind);
    auto found = std::ranges::find_if(outcomes, [&](const spool::Outcome& outcome) {
        return outcome.kind == kind && outcome.reply == result.reply && outcome.reason == result.reason;
    });
    if (found == outcomes.end()) {
        outcomes.push_back(
            {kind, {}, result.status, result.reason, result.reply.empty() ? "" : host, result.reply});
        found = outcomes.end() - 1;
    }
    found->recipients.insert(found->recipients.end(), recipients.begin(), recipients.end());
    std::ranges::sort(found->recipients);
}

bool is_open(const spool::History& history, std::size_t recipient) {
    return history.recipients()[recipient].state == spool::RecipientHistory::State::open;
}

}  // namespace

Status OtherWays::deliver(spool::Message& message, Sorted& sorted) {
    const Others others = take_others(message.history(), sorted);
    for (const auto& [transaction, accounts] : others.by_lmtp)
        POSTERN_TRY(by_lmtp(message, transaction.first, accounts));
    for (const auto& addressed : others.by_command)
        POSTERN_TRY(
            by_command(message, std::get<accounts::DeliveryCommand>(addressed.account.method), addressed));

    const auto note_open = [&](const Addressed& addressed) {
        if (is_open(message.history(), addressed.recipients.front())) sorted.has_later_local = true;
    };
    for (const auto& [transaction, accounts] : others.by_lmtp) std::ranges::for_each(accounts, note_open);
    std::ranges::for_each(others.by_command, note_open);
    return done;
}

Status OtherWays::by_lmtp(spool::Message& message, const accounts::LmtpServer& server,
                          std::vector<Addressed> open) {
    const std::string host = lmtp_.name_of(server);
    while (!open.empty()) {
        const auto count = static_cast<std::ptrdiff_t>(std::min(open.size(), Lmtp::kMostRecipients));
        const std::vector<Addressed> some(open.begin(), open.begin() + count);
        open.erase(open.begin(), open.begin() + count);
        POSTERN_TRY(reserve(message, some.size()));
        POSTERN_ASSIGN(const auto results, send(message, server, some));
        std::vector<spool::Outcome> outcomes;
        for (std::size_t i = 0; i < some.size(); ++i) {
            if (results[i].kind == SentKind::crowded_out)
                open.push_back(some[i]);
            else
                add(outcomes, results[i], host, some[i].recipients);
        }
        POSTERN_TRY(worker_.record(message, outcomes));
    }
    return done;
}

/// A message that cannot be read is deferred; its next try may find it well.
Result<std::vector<smtp::ClientResult>> OtherWays::send(const spool::Message& message,
                                                        const accounts::LmtpServer& server,
                                                        const std::vector<Addressed>& some) {
    spool::RecipientSet recipients;
    for (const auto& addressed : some) recipients.push_back(addressed.recipients.front());
    if (requires_tls(message, recipients.front()) && !server.is_on_this_host())
        return std::vector(some.size(), smtp::ClientResult{SentKind::failed, "5.7.10", kNoTls});
    auto results = lmtp_.send(message, server, recipients);
    if (results) return results;
    log_.write(Severity::err, "trouble", {{"id", message.id().text()}, {"what", results.error().what()}});
    return std::vector(some.size(), smtp::ClientResult{SentKind::deferred, "4.3.0",
                                                       "the message cannot be read at present"});
}

Status OtherWays::by_command(spool::Message& message, const accounts::DeliveryCommand& command,
                             const Addressed& addressed) {
    POSTERN_TRY(reserve(message, 1));
    const Ending ending =
        commands_.deliver(message, addressed.account.mailbox, command, addressed.recipients.front());
    return worker_.record(message, {{ending.kind, addressed.recipients, ending.status, ending.reason}});
}

}  // namespace postern::delivery
