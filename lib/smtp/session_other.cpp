// SPDX-License-Identifier: BSD-2-Clause
// The commands that move no mail (RFC 5321 §4.1.1.5 to §4.1.1.10).
#include "smtp/session.hpp"

namespace postern::smtp {

void Session::on_rset(std::string_view) {
    drop_transaction();
    say(replies::ok);
}

void Session::on_noop(std::string_view) { say(replies::ok); }

/// VRFY and EXPN tell nobody who has a mailbox here: 252, as §7.3 wants it where they are turned off.
void Session::on_verify(std::string_view) { say(replies::cannot_verify); }

void Session::on_help(std::string_view) { say(replies::help()); }

void Session::on_quit(std::string_view) { close("quit", replies::bye); }

}  // namespace postern::smtp
