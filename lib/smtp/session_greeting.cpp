// SPDX-License-Identifier: BSD-2-Clause
// HELO and EHLO (RFC 5321 §4.1.1.1), and the list of service extensions.
#include <array>

#include "smtp/helo_name.hpp"
#include "smtp/session.hpp"
#include "smtp/session_rules.hpp"

namespace postern::smtp {

namespace {

struct Extension {
    std::string_view keyword;
    std::string (*value)(const SessionFacts& facts) = nullptr;  ///< behind the keyword
    bool (*is_offered)(const SessionFacts& facts) = nullptr;    ///< null = to all
};

std::string size_value(const SessionFacts& facts) { return std::to_string(facts.limits.message_size); }
std::string limits_value(const SessionFacts& facts) {
    return "RCPTMAX=" + std::to_string(facts.limits.recipients);
}
std::string future_release_value(const SessionFacts& facts) { return to_string(*facts.holds); }

std::string mechanisms(const SessionFacts& facts) { return sasl::offered_mechanisms(bindings_of(facts)); }

bool may_hold(const SessionFacts& facts) { return facts.holds.has_value(); }

std::string xclient_attributes(const SessionFacts&) {
    return "NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT";
}

/// What EHLO announces; in this order.
constexpr std::array kExtensions{Extension{"PIPELINING"},                                     // RFC 2920
                                 Extension{"SIZE", size_value},                               // RFC 1870
                                 Extension{"8BITMIME"},                                       // RFC 6152
                                 Extension{"CHUNKING", nullptr, may_send_chunks},             // RFC 3030
                                 Extension{"BINARYMIME", nullptr, may_send_chunks},           // RFC 3030
                                 Extension{"SMTPUTF8"},                                       // RFC 6531
                                 Extension{"DSN"},                                            // RFC 3461
                                 Extension{"LIMITS", limits_value},                           // RFC 9422
                                 Extension{"FUTURERELEASE", future_release_value, may_hold},  // RFC 4865
                                 Extension{"ETRN", nullptr, may_ask_for_mail},                // RFC 1985
                                 Extension{"STARTTLS", nullptr, may_start_tls},               // RFC 3207
                                 Extension{"REQUIRETLS", nullptr, may_require_tls},           // RFC 8689
                                 Extension{"AUTH", mechanisms, may_log_in},                   // RFC 4954
                                 Extension{"ENHANCEDSTATUSCODES"},                            // RFC 2034
                                 Extension{"XCLIENT", xclient_attributes, may_speak_for_others}};

Reply ehlo_reply(const SessionFacts& facts) {
    Reply reply = replies::hello(facts.hostname);
    for (const Extension& extension : kExtensions) {
        if (extension.is_offered && !extension.is_offered(facts)) continue;
        reply.text += '\n';
        reply.text += extension.keyword;
        if (extension.value) reply.text += ' ' + extension.value(facts);
    }
    return reply;
}

}  // namespace

/// False, and nothing has changed, when the argument is no name (§4.1.4: stay in the same state).
bool Session::greet(std::string_view argument, mail::Protocol protocol, const Reply& syntax) {
    if (!is_helo_name(argument)) {
        complain(syntax);
        return false;
    }
    drop_transaction();
    connection_.helo = argument;
    connection_.protocol = protocol;
    enter(Phase::ready);
    return true;
}

void Session::on_ehlo(std::string_view argument) {
    if (greet(argument, mail::Protocol::esmtp, replies::helo_syntax)) say(ehlo_reply(facts_));
}

void Session::on_helo(std::string_view argument) {
    if (greet(argument, mail::Protocol::smtp, replies::helo_syntax)) say(replies::hello(facts_.hostname));
}

/// RFC 2033 §4.1.
void Session::on_lhlo(std::string_view argument) {
    if (greet(argument, mail::Protocol::lmtp, replies::lhlo_syntax)) say(ehlo_reply(facts_));
}

}  // namespace postern::smtp
