// SPDX-License-Identifier: BSD-2-Clause
// STARTTLS (RFC 3207). Whether there is a certificate to begin with is asked before 220 is said; what the
// client has sent behind the command, not waiting for that, is not looked at: it was not said under TLS.
#include <utility>

#include "smtp/session.hpp"

namespace postern::smtp {

void Session::on_starttls(std::string_view) {
    if (facts_.is_encrypted()) return complain(replies::tls_is_active);
    ask(TlsAsked{}, PrepareTls{});
}

void Session::on_answer(TlsAsked, const Answer& answer) {
    if (const auto refusal = refusal_in(answer)) return refuse("STARTTLS", *refusal);
    say(replies::start_tls);
    ask(HandshakeAsked{}, StartTls{});
}

/// §4.2: what was known of the client is forgotten, and it greets anew. What its conduct was is not.
void Session::on_answer(HandshakeAsked, const Answer& answer) {
    discard_plaintext();
    const auto* tls = std::get_if<TlsFacts>(&answer);
    if (tls == nullptr) return close("no TLS came about");
    facts_.tls = *tls;
    facts_.peer.tls = to_string(*tls);
    discard_claims();
    connection_.helo.clear();
    connection_.protocol = plain_protocol(facts_.service.dialect);
    enter(Phase::connected);
}

/// Whose word was not under TLS may be nobody's: neither a login, nor who XCLIENT said has logged in. The
/// socket's word stays, and so does a proxy's on where its client is.
void Session::discard_claims() {
    connection_.is_logged_in = false;
    facts_.peer.user = unclaimed_.user;
    facts_.holds = unclaimed_.holds;
    facts_.asks_for_mail = unclaimed_.asks_for_mail;
}

void Session::discard_plaintext() {
    if (has_unread()) emit(Note{Note::Kind::protocol_error, "plain text behind STARTTLS, not looked at"});
    consumed_ = input_.size();
    lines_ = {};
}

}  // namespace postern::smtp
