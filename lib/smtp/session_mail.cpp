// SPDX-License-Identifier: BSD-2-Clause
// MAIL and RCPT (RFC 5321 §4.1.1.2, §4.1.1.3): who sends, who shall have it.
#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "mail/dsn_parameters.hpp"
#include "smtp/session.hpp"
#include "smtp/session_rules.hpp"

namespace postern::smtp {

namespace {

std::string text_of(const mail::ReversePath& path) {
    return "MAIL FROM:<" + (path ? path->to_string() : "") + '>';
}

std::string text_of(const mail::ForwardPath& path) {
    const auto* address = std::get_if<mail::Address>(&path);
    return "RCPT TO:<" + (address ? address->to_string() : std::get_if<mail::BareName>(&path)->local_part) +
           '>';
}

/// The address that goes into the envelope. A bare name has one only by the answer.
std::optional<mail::Address> address_for(const mail::ForwardPath& path, const RecipientVerdict& answer) {
    if (answer.address) return answer.address;
    const auto* address = std::get_if<mail::Address>(&path);
    return address ? std::optional(*address) : std::nullopt;
}

}  // namespace

/// Nothing, and the reply is said, when they cannot be read. Without EHLO there are none (RFC 5321
/// §4.1.1.11).
std::optional<Parameters> Session::read_parameters(std::string_view text, ParameterPlace place) {
    if (!text.empty() && connection_.protocol == mail::Protocol::smtp) {
        complain(replies::unknown_parameter);
        return std::nullopt;
    }
    auto read = parse_parameters(text, place,
                                 {.future_release = facts_.holds.has_value(),
                                  .auth = may_log_in(facts_),
                                  .require_tls = facts_.keeps_tls_required});
    if (const auto* refusal = std::get_if<replies::Entry>(&read)) {
        complain(*refusal);
        return std::nullopt;
    }
    return *std::get_if<Parameters>(&read);
}

void Session::on_mail(std::string_view argument) {
    if (!take_keyword(argument, "FROM:")) return complain(replies::mail_syntax);
    auto parsed = mail::parse_reverse_path(argument);
    if (!parsed) return complain(replies::bad_sender_address);
    const auto parameters = read_parameters(parsed->rest, ParameterPlace::mail);
    if (!parameters) return;
    if (!parameters->smtputf8 && !ascii::is_ascii(argument))
        return refuse_sender(text_of(parsed->path), replies::sender_needs_smtputf8);
    if (parameters->requires_tls && !facts_.is_encrypted())
        return refuse_sender(text_of(parsed->path), replies::require_tls_without_tls);
    if (parameters->size > facts_.limits.message_size)
        return refuse_sender(text_of(parsed->path), replies::message_too_big);
    if (parameters->hold && !is_within(*parameters->hold, *facts_.holds))
        return refuse_sender(text_of(parsed->path), replies::held_too_long);
    ask(SenderAsked{parsed->path, *parameters}, AskSender{parsed->path, parameters->size, parameters->hold});
}

void Session::on_answer(SenderAsked asked, const Answer& answer) {
    const auto* verdict = std::get_if<Verdict>(&answer);
    if (!verdict) return refuse_sender(text_of(asked.reverse_path), replies::local_error);
    if (!verdict->accepted()) return refuse_sender(text_of(asked.reverse_path), verdict->reply());
    transaction_.reverse_path = std::move(asked.reverse_path);
    transaction_.said = std::move(asked.said);
    enter(Phase::sender);
    say(replies::sender_ok);
}

void Session::on_rcpt(std::string_view argument) {
    if (!take_keyword(argument, "TO:")) return complain(replies::rcpt_syntax);
    auto parsed = mail::parse_forward_path(argument);
    if (!parsed) return complain(replies::bad_recipient_address);
    const auto parameters = read_parameters(parsed->rest, ParameterPlace::rcpt);
    if (!parameters) return;
    if (!transaction_.said.smtputf8 && !ascii::is_ascii(argument))
        return refuse_recipient(text_of(parsed->path), replies::recipient_needs_smtputf8);
    if (transaction_.recipients.size() >= facts_.limits.recipients) return refuse_surplus(parsed->path);
    ask(RecipientAsked{parsed->path, *parameters}, AskRecipient{transaction_.reverse_path, parsed->path});
}

/// RFC 5321 §4.5.3.1.10. In the log the first of them stands for all.
void Session::refuse_surplus(const mail::ForwardPath& path) {
    if (std::exchange(transaction_.surplus_is_logged, true)) return say(replies::too_many_recipients);
    refuse(text_of(path), replies::too_many_recipients);
}

void Session::on_answer(RecipientAsked asked, const Answer& answer) {
    const auto* given = std::get_if<RecipientVerdict>(&answer);
    if (!given) return refuse(text_of(asked.path), replies::local_error);
    if (!given->verdict.accepted()) return refuse_recipient(text_of(asked.path), given->verdict.reply());
    auto address = address_for(asked.path, *given);
    if (!address) return refuse(text_of(asked.path), replies::local_error);
    add_recipient(*std::move(address), std::move(asked.said));
    ++transaction_.accepted;
    enter(Phase::recipients);
    say(replies::recipient_ok);
}

/// Named twice, it gets one copy, and its sender whatever report was asked for either time.
void Session::add_recipient(mail::Address address, Parameters said) {
    auto& recipients = transaction_.recipients;
    const auto [known, is_new] = transaction_.known.try_emplace(address.to_string(), recipients.size());
    if (is_new) {
        recipients.push_back({std::move(address), std::move(said.notify), std::move(said.orcpt)});
        return;
    }
    auto& notify = recipients[known->second].notify;
    notify = mail::wider_notify(notify, said.notify);
}

}  // namespace postern::smtp
