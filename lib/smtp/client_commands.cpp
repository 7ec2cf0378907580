// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/client_commands.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postern::smtp {

namespace {

bool is_international(const ClientMessage& message) {
    const auto has_utf8 = [](const ClientRecipient& to) { return !to.address.is_ascii(); };
    return message.international != ClientMessage::International::no ||
           std::ranges::any_of(message.recipients, has_utf8);
}

std::string_view body_parameter(const ClientMessage& message, const Extensions& offers) {
    if (message.content == ClientMessage::Content::binary) return " BODY=BINARYMIME";
    const bool is_eight_bit = message.content == ClientMessage::Content::eight_bit;
    return is_eight_bit && offers.eight_bit_mime ? " BODY=8BITMIME" : "";
}

std::string_view ret_parameter(const ClientMessage& message) {
    switch (message.ret) {
        case mail::ReturnedPart::header: return " RET=HDRS";
        case mail::ReturnedPart::whole: return " RET=FULL";
        case mail::ReturnedPart::unsaid: break;
    }
    return "";
}

}  // namespace

bool is_question(const ClientMessage& message) { return message.aim == ClientMessage::Aim::ask; }

std::string mail_command(const ClientMessage& message, const Extensions& offers) {
    std::string line = "MAIL FROM:<" + (message.reverse_path ? message.reverse_path->to_string() : "") + ">";
    if (offers.smtputf8 && is_international(message)) line += " SMTPUTF8";
    if (is_question(message)) return line;
    if (message.requires_tls) line += " REQUIRETLS";
    if (offers.size) line += " SIZE=" + std::to_string(message.size);
    line += body_parameter(message, offers);
    if (!offers.dsn) return line;
    line += ret_parameter(message);
    return message.envid.empty() ? line : line + " ENVID=" + message.envid;
}

/// RFC 6533 §3: an ORCPT that is UTF-8 itself is only for hosts with SMTPUTF8.
std::string rcpt_command(const ClientRecipient& recipient, const Extensions& offers) {
    std::string line = "RCPT TO:<" + recipient.address.to_string() + ">";
    if (!offers.dsn) return line;
    if (!recipient.notify.empty()) line += " NOTIFY=" + recipient.notify;
    const bool can_be_told = offers.smtputf8 || ascii::is_ascii(recipient.orcpt);
    if (!recipient.orcpt.empty() && can_be_told) line += " ORCPT=" + recipient.orcpt;
    return line;
}

bool goes_in_chunks(const ClientMessage& message, const Extensions& offers) {
    return message.content == ClientMessage::Content::binary || (!message.ends_line && offers.chunking);
}

bool Seats::take(const mail::Address& address) {
    if (limits_.recipients > 0 && taken_ == limits_.recipients) return false;
    if (limits_.domains > 0) {
        const std::string host = address.host_text();
        if (domains_.size() == limits_.domains && !domains_.contains(host)) return false;
        domains_.insert(host);
    }
    ++taken_;
    return true;
}

}  // namespace postern::smtp
