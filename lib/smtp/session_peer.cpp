// SPDX-License-Identifier: BSD-2-Clause
// XCLIENT: a trusted host tells on whose behalf it speaks, and the session begins anew with that client.
#include <utility>

#include "smtp/session.hpp"
#include "smtp/xclient.hpp"

namespace postern::smtp {

void Session::on_xclient(std::string_view argument) {
    auto told = parse_xclient(argument, facts_.peer);
    if (!told) return complain(replies::xclient_syntax);
    ClientAsked asked{told->peer, told->protocol};
    ask(std::move(asked), AskClient{std::move(told->peer), std::move(told->destination)});
}

void Session::refuse_client(const Reply& reply) {
    if (reply.code == 421) return turn_away("XCLIENT", reply);
    refuse("XCLIENT", reply);
}

/// With a HELO in it, the client has been greeted already.
void Session::on_answer(ClientAsked asked, const Answer& answer) {
    const auto* given = std::get_if<ClientVerdict>(&answer);
    if (!given) return refuse("XCLIENT", replies::local_error);
    if (!given->verdict.accepted()) return refuse_client(given->verdict.reply());
    facts_.peer = std::move(asked.client);
    facts_.peer.user = given->user;
    facts_.holds = given->holds;
    facts_.asks_for_mail = given->asks_for_mail;
    unclaimed_ = given->user.empty() ? Unclaimed{"", given->holds, given->asks_for_mail} : Unclaimed{};
    connection_ = Connection{.helo = std::exchange(facts_.peer.helo, {}),
                             .protocol = asked.protocol.value_or(plain_protocol(facts_.service.dialect))};
    enter(connection_.helo.empty() ? Phase::connected : Phase::ready);
    say(replies::greeting(facts_.hostname, facts_.service.dialect));
}

}  // namespace postern::smtp
