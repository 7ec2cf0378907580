// SPDX-License-Identifier: BSD-2-Clause
#include "runner/outcome_log.hpp"

namespace postern::runner {

using Kind = spool::Outcome::Kind;

namespace {

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::delivered: return "delivered";
        case Kind::deferred: return "deferred";
        case Kind::failed: return "failed";
    }
    return "";
}

}  // namespace

void log_outcome(Log& log, const spool::Message& message, const spool::Outcome& outcome) {
    const Severity severity = outcome.kind == Kind::delivered ? Severity::info : Severity::notice;
    if (!log.wants(severity)) return;
    const std::string next = outcome.next ? format_rfc3339(*outcome.next, Precision::seconds) : "";
    for (const std::size_t index : outcome.recipients) {
        if (index >= message.history().recipients().size()) continue;
        const auto& from = message.history().reverse_path_of(index);
        const std::string sender = from ? from->to_string() : "<>";
        const std::string to = message.history().recipients()[index].address.to_string();
        log.write(severity, name_of(outcome.kind),
                  {{"id", message.id().text()},
                   {"from", sender},
                   {"to", to},
                   {"status", outcome.status},
                   {"host", outcome.host},
                   {"tls", outcome.tls},
                   {"reply", outcome.reply},
                   {"reason", outcome.reason},
                   {"next", next}});
    }
}

}  // namespace postern::runner
