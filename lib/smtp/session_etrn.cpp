// SPDX-License-Identifier: BSD-2-Clause
// ETRN (RFC 1985): a client that may ask has the mail sent that waits for a domain.
#include "mail/release_domain.hpp"
#include "smtp/session.hpp"

namespace postern::smtp {

void Session::on_etrn(std::string_view argument) {
    auto domain = mail::parse_release_domain(argument);
    if (!domain) return complain(replies::etrn_syntax);
    ask(ReleaseAsked{*domain}, AskRelease{*domain});
}

void Session::on_answer(ReleaseAsked asked, const Answer& answer) {
    if (const auto refusal = refusal_in(answer)) return refuse("ETRN " + asked.domain, *refusal);
    say(replies::mail_released);
}

}  // namespace postern::smtp
