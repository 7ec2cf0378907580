// SPDX-License-Identifier: BSD-2-Clause
// AUTH (RFC 4954): the dialogue around a SASL exchange, which asks for keys and ends in a claim; whether that
// is believed is a question to the world.
#include <algorithm>
#include <span>
#include <utility>

#include "base/base64.hpp"
#include "base/secret.hpp"
#include "smtp/session.hpp"
#include "smtp/session_rules.hpp"

namespace postern::smtp {

namespace {

constexpr std::string_view kCancel = "*";
constexpr std::string_view kEmptyResponse = "=";

}  // namespace

/// §4: only behind EHLO, once in a session, and not where others can read the password.
void Session::on_auth(std::string_view argument) {
    if (connection_.protocol == mail::Protocol::smtp) return complain(replies::ehlo_first);
    if (connection_.is_logged_in) return complain(replies::logged_in_already);
    if (!may_log_in(facts_)) return complain(replies::login_needs_tls);
    const auto bindings = bindings_of(facts_);
    const auto space = std::min(argument.find(' '), argument.size());
    const auto mechanism = sasl::find_mechanism(argument.substr(0, space), bindings);
    if (!mechanism) return complain(replies::unknown_mechanism);
    connection_.mechanism = *mechanism;
    connection_.exchange = sasl::begin(*mechanism, bindings);
    if (space == argument.size()) return go_on(connection_.exchange->start());
    const auto response = argument.substr(space + 1);
    respond(response == kEmptyResponse ? std::string_view() : response);
    forget_response();
}

void Session::read_response() {
    std::string_view rest = std::string_view(input_).substr(consumed_);
    const auto line = lines_.take(rest);
    consumed_ = input_.size() - rest.size();
    if (!line) return;
    take_response(*line);
    forget_response();
}

void Session::take_response(const Line& line) {
    if (line.flaw == Line::Flaw::too_long) return end_exchange(replies::response_too_long);
    if (line.flaw != Line::Flaw::none) return end_exchange(replies::not_base64);
    if (line.text == kCancel) return end_exchange(replies::login_cancelled);
    respond(line.text);
}

/// It may have had a password in it.
void Session::forget_response() {
    lines_.wipe();
    wipe(std::span(input_).first(consumed_));
}

void Session::respond(std::string_view base64) {
    auto response = from_base64(base64);
    if (!response) return end_exchange(replies::not_base64);
    const Secret secret(*std::move(response));
    go_on(connection_.exchange->respond(secret.text()));
}

void Session::go_on(sasl::Step step) {
    if (const auto* challenge = std::get_if<sasl::Challenge>(&step))
        return say(replies::challenge(to_base64(challenge->text)));
    if (auto* wanted = std::get_if<sasl::FindKeys>(&step))
        return ask(KeysAsked{}, AskKeys{std::move(wanted->who)});
    auto* claim = std::get_if<sasl::Claim>(&step);
    if (!claim) return end_exchange(replies::malformed_response);
    connection_.exchange.reset();
    ask(LoginAsked{}, AskLogin{connection_.mechanism, std::move(*claim)});
}

void Session::end_exchange(const Reply& complaint) {
    connection_.exchange.reset();
    complain(complaint);
}

void Session::on_answer(KeysAsked, const Answer& answer) {
    if (const auto* found = std::get_if<sasl::FoundKeys>(&answer))
        return go_on(connection_.exchange->take(*found));
    connection_.exchange.reset();
    refuse("AUTH", replies::login_impossible);
}

/// §4: without a security layer nothing is forgotten; the client may say EHLO again.
void Session::on_answer(LoginAsked, const Answer& answer) {
    const auto* login = std::get_if<LoginVerdict>(&answer);
    if (!login) return say(replies::login_impossible);
    if (!login->verdict.accepted()) return refuse_login(login->verdict.reply());
    connection_.is_logged_in = true;
    facts_.peer.user = login->user;
    if (login->holds) facts_.holds = login->holds;
    facts_.asks_for_mail = facts_.asks_for_mail || login->asks_for_mail;
    say(replies::logged_in);
}

/// Each is in the log already: who judges a login knows why.
void Session::refuse_login(const Reply& reply) {
    if (reply.code == 421) return close("a limit is reached", reply);
    if (reply.is_permanent() && ++connection_.bad_logins >= facts_.limits.bad_logins)
        return close("too many failed logins", replies::too_many_bad_logins);
    say(reply);
}

}  // namespace postern::smtp
