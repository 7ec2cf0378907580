// SPDX-License-Identifier: BSD-2-Clause
// VRFY and EXPN (RFC 5321 §3.5): what is to be told of whom is the matter of policy.
#include "base/ascii.hpp"
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

/// Takes the SMTPUTF8 off the end that may stand there.
Charset take_charset(std::string_view& argument) {
    const auto space = argument.rfind(' ');
    if (space == std::string_view::npos ||
        !ascii::equals_ignoring_case(argument.substr(space + 1), "SMTPUTF8"))
        return Charset::ascii;
    argument = ascii::trim(argument.substr(0, space));
    return Charset::utf8;
}

}  // namespace

void Session::on_vrfy(std::string_view argument) { verify(AskVerify::What::mailbox, argument); }

void Session::on_expn(std::string_view argument) { verify(AskVerify::What::list, argument); }

/// A name in UTF-8, and an answer with such names, want SMTPUTF8 behind the name (RFC 6531 §3.7.4.2).
void Session::verify(AskVerify::What what, std::string_view argument) {
    const auto charset = take_charset(argument);
    auto name = parse_name(argument);
    if (!name) return complain(what == AskVerify::What::list ? replies::expn_syntax : replies::vrfy_syntax);
    if (charset == Charset::ascii && !ascii::is_ascii(argument)) return say(replies::name_needs_smtputf8);
    ask(VerifyAsked{charset}, AskVerify{what, *std::move(name)});
}

void Session::on_answer(VerifyAsked asked, const Answer& answer) {
    const auto* reply = std::get_if<Reply>(&answer);
    if (!reply) return say(replies::local_error);
    const bool fits = asked.charset == Charset::utf8 || ascii::is_ascii(reply->text);
    say(fits ? *reply : Reply(replies::needs_utf8_reply), asked.charset);
}

}  // namespace postern::smtp
