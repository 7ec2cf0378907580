// SPDX-License-Identifier: BSD-2-Clause
// VRFY and EXPN (RFC 5321 §3.5): what is to be told of whom is the matter of policy.
#include "smtp/session.hpp"

namespace postern::smtp {

namespace {

/// "alice", "alice@example.org" or "<alice@example.org>", with nothing behind it.
std::optional<mail::ForwardPath> parse_name(std::string_view text) {
    const std::string bracketed = text.starts_with('<') ? std::string(text) : '<' + std::string(text) + '>';
    auto parsed = mail::parse_forward_path(bracketed);
    if (!parsed || !parsed->rest.empty()) return std::nullopt;
    return std::move(parsed->path);
}

}  // namespace

void Session::on_vrfy(std::string_view argument) { verify(AskVerify::What::mailbox, argument); }

void Session::on_expn(std::string_view argument) { verify(AskVerify::What::list, argument); }

void Session::verify(AskVerify::What what, std::string_view argument) {
    auto name = parse_name(argument);
    if (!name) return complain(what == AskVerify::What::list ? replies::expn_syntax : replies::vrfy_syntax);
    ask(VerifyAsked{}, AskVerify{what, *std::move(name)});
}

void Session::on_answer(VerifyAsked, const Answer& answer) {
    const auto* reply = std::get_if<Reply>(&answer);
    say(reply ? *reply : Reply(replies::local_error));
}

}  // namespace postern::smtp
