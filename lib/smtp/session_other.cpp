// SPDX-License-Identifier: BSD-2-Clause
// The commands that move no mail (RFC 5321 §4.1.1.5 to §4.1.1.10).
#include "smtp/session.hpp"

namespace postern::smtp {

void Session::on_rset(std::string_view) {
    drop_transaction();
    say(replies::ok);
}

void Session::on_noop(std::string_view) { say(replies::ok); }

void Session::on_quit(std::string_view) { close("quit", replies::bye); }

}  // namespace postern::smtp
