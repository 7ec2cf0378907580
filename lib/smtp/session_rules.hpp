// SPDX-License-Identifier: BSD-2-Clause
// The form of a row of Session::kRules. Only session*.cpp include this.
#pragma once

#include "smtp/session.hpp"

namespace postern::smtp {

enum class Needs { nothing, argument, anything };

/// A set of phases, as bits.
struct Phases {
    unsigned bits;
    constexpr bool contains(unsigned phase) const { return (bits >> phase & 1U) != 0; }
};

/// A chunk has as many octets as were counted: none can be added where newlines are mended.
inline bool may_send_chunks(const SessionFacts& facts) { return facts.newlines == Newlines::strict; }

inline bool may_speak_for_others(const SessionFacts& facts) { return facts.speaks_for_others; }

inline bool may_ask_for_mail(const SessionFacts& facts) { return facts.asks_for_mail; }

/// RFC 3207 §4.2: it is not announced again once TLS is spoken.
inline bool may_start_tls(const SessionFacts& facts) { return facts.can_start_tls && !facts.is_encrypted(); }

/// Who has had it may be told so.
inline bool may_speak_of_tls(const SessionFacts& facts) {
    return facts.can_start_tls || facts.is_encrypted();
}

/// RFC 8689 §2: it is said only where it is met so far.
inline bool may_require_tls(const SessionFacts& facts) {
    return facts.keeps_tls_required && facts.is_encrypted();
}

/// Which services do; under what conditions, on_auth() says.
inline bool offers_login(const SessionFacts& facts) { return facts.service.auth; }

/// RFC 4954 §4: a password shall not be read by others on its way.
inline bool may_log_in(const SessionFacts& facts) {
    return offers_login(facts) && (facts.is_encrypted() || facts.service.clients == Clients::by_user);
}

/// By what a client can prove that nobody is between.
inline sasl::ChannelBindings bindings_of(const SessionFacts& facts) {
    sasl::ChannelBindings bindings;
    if (facts.tls && !facts.tls->exporter.empty()) bindings.push_back({"tls-exporter", facts.tls->exporter});
    if (facts.tls && !facts.tls->end_point.empty())
        bindings.push_back({"tls-server-end-point", facts.tls->end_point});
    return bindings;
}

/// What more the dispatcher must know of a command.
enum Trait : unsigned {
    kMovesNoMail = 1U << 0,  ///< limits.idle_commands counts it
    kEndsGroup = 1U << 1,    ///< nothing may be pipelined behind it (RFC 2920 §3.1)
    kNeedsNoTls = 1U << 2,   ///< may be said in plain text even where TLS is required
};

struct Session::Rule {
    Verb verb;
    Needs argument;
    Phases phases;
    replies::Entry out_of_order;  ///< in another phase; before EHLO it is hello_first for all
    replies::Entry syntax;        ///< an argument is missing or too many
    std::size_t longest_line;     ///< octets with CRLF
    void (Session::*handler)(std::string_view argument);
    unsigned traits = 0;
    bool (*offered)(const SessionFacts& facts) = nullptr;  ///< null = always

    bool has(Trait trait) const { return (traits & trait) != 0; }
};

}  // namespace postern::smtp
