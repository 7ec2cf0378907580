// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/session_rules.hpp"

#include <algorithm>
#include <iterator>

namespace postern::smtp {

namespace {

constexpr std::size_t kLongestCommand = 512;  // RFC 5321 §4.5.3.1.4
constexpr std::size_t kLongestAuth = 12'288;  // RFC 4954 §4
static_assert(LineBuffer::kLongestLine == std::max({kLongestMail, kLongestRcpt, kLongestAuth}));

template <class... Phase>
constexpr Phases in(Phase... phases) {
    return {((1U << static_cast<unsigned>(phases)) | ...)};
}

constexpr Phases kAnyPhase{~0U};
constexpr replies::Entry kNeverOutOfOrder = replies::ok;

}  // namespace

// RFC 5321 §4.1.4: which verb may come when. The dispatcher enforces it; handlers may assume it held.
constinit const Session::Rule Session::kRules[] = {
    {Verb::ehlo, Needs::argument, kAnyPhase, kNeverOutOfOrder, replies::helo_syntax, kLongestCommand,
     &Session::on_ehlo, kMovesNoMail | kEndsGroup | kNeedsNoTls},
    {Verb::helo, Needs::argument, kAnyPhase, kNeverOutOfOrder, replies::helo_syntax, kLongestCommand,
     &Session::on_helo, kMovesNoMail | kEndsGroup},
    {Verb::lhlo, Needs::argument, kAnyPhase, kNeverOutOfOrder, replies::lhlo_syntax, kLongestCommand,
     &Session::on_lhlo, kMovesNoMail | kEndsGroup | kNeedsNoTls},
    {Verb::mail, Needs::argument, in(Phase::ready), replies::mail_already_given, replies::mail_syntax,
     kLongestMail, &Session::on_mail},
    {Verb::rcpt, Needs::argument, in(Phase::sender, Phase::recipients), replies::mail_first,
     replies::rcpt_syntax, kLongestRcpt, &Session::on_rcpt},
    {Verb::data, Needs::nothing, in(Phase::recipients), replies::recipient_first,
     replies::no_argument_allowed, kLongestCommand, &Session::on_data, kEndsGroup},
    {Verb::bdat, Needs::argument, in(Phase::recipients, Phase::chunks), replies::recipient_first,
     replies::bdat_syntax, kLongestCommand, &Session::on_bdat, 0, may_send_chunks},
    {Verb::rset, Needs::nothing, kAnyPhase, kNeverOutOfOrder, replies::no_argument_allowed, kLongestCommand,
     &Session::on_rset, kMovesNoMail},
    {Verb::noop, Needs::anything, kAnyPhase, kNeverOutOfOrder, replies::ok, kLongestCommand,
     &Session::on_noop, kMovesNoMail | kEndsGroup | kNeedsNoTls},
    {Verb::vrfy, Needs::argument, kAnyPhase, kNeverOutOfOrder, replies::vrfy_syntax, kLongestCommand,
     &Session::on_vrfy, kMovesNoMail | kEndsGroup},
    {Verb::expn, Needs::argument, kAnyPhase, kNeverOutOfOrder, replies::expn_syntax, kLongestCommand,
     &Session::on_expn, kMovesNoMail | kEndsGroup},
    {Verb::xclient, Needs::argument, in(Phase::connected, Phase::ready), replies::not_in_a_transaction,
     replies::xclient_syntax, kLongestCommand, &Session::on_xclient, kMovesNoMail | kEndsGroup,
     may_speak_for_others},
    {Verb::etrn, Needs::argument, in(Phase::ready), replies::not_in_a_transaction, replies::etrn_syntax,
     kLongestCommand, &Session::on_etrn, kMovesNoMail | kEndsGroup, may_ask_for_mail},
    {Verb::starttls, Needs::nothing, in(Phase::ready), replies::not_in_a_transaction,
     replies::no_argument_allowed, kLongestCommand, &Session::on_starttls,
     kMovesNoMail | kEndsGroup | kNeedsNoTls, may_speak_of_tls},
    {Verb::auth, Needs::argument, in(Phase::ready), replies::not_in_a_transaction, replies::auth_syntax,
     kLongestAuth, &Session::on_auth, kMovesNoMail | kEndsGroup, offers_login},
    {Verb::help, Needs::anything, kAnyPhase, kNeverOutOfOrder, replies::ok, kLongestCommand,
     &Session::on_help, kMovesNoMail},
    {Verb::quit, Needs::nothing, kAnyPhase, kNeverOutOfOrder, replies::no_argument_allowed, kLongestCommand,
     &Session::on_quit, kEndsGroup | kNeedsNoTls},
};

/// RFC 2033 §4.1: LHLO takes the place of HELO and EHLO, which are not to be understood.
bool Session::is_spoken(Verb verb) const {
    const bool of_lmtp = verb == Verb::lhlo;
    const bool of_smtp = verb == Verb::ehlo || verb == Verb::helo;
    return facts_.service.dialect == Dialect::lmtp ? !of_smtp : !of_lmtp;
}

bool Session::is_offered(const Rule& rule) const {
    return is_spoken(rule.verb) && (rule.offered == nullptr || rule.offered(facts_));
}

const Session::Rule* Session::find_rule(Verb verb) {
    const auto* rule =
        std::find_if(std::begin(kRules), std::end(kRules), [&](const Rule& r) { return r.verb == verb; });
    return rule == std::end(kRules) ? nullptr : rule;
}

}  // namespace postern::smtp
