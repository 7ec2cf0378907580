// SPDX-License-Identifier: BSD-2-Clause
#include "runner/onward_recipient.hpp"

#include "base/ascii.hpp"
#include "mail/xtext.hpp"

namespace postern::runner {

namespace {

/// Takes one character off the front of sound UTF-8.
char32_t take_character(std::string_view& utf8) {
    const auto first = static_cast<unsigned char>(utf8.front());
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    char32_t character = length == 1 ? first : first & (0xffu >> (length + 1));
    for (const char c : utf8.substr(1, length - 1))
        character = character << 6 | (static_cast<unsigned char>(c) & 0x3f);
    utf8.remove_prefix(std::min(length, utf8.size()));
    return character;
}

std::string in_hex(char32_t character) {
    std::string digits;
    for (; character != 0 || digits.size() < 2; character >>= 4)
        digits.insert(digits.begin(), "0123456789ABCDEF"[character & 15]);
    return digits;
}

/// utf-8-addr-xtext of RFC 6533 §3.
std::string embedded(std::string_view utf8) {
    std::string out;
    while (!utf8.empty()) {
        const char32_t c = take_character(utf8);
        const bool is_plain = c > 0x20 && c < 0x7f && c != '+' && c != '=' && c != '\\';
        if (is_plain)
            out += static_cast<char>(c);
        else
            out += "\\x{" + in_hex(c) + "}";
    }
    return out;
}

}  // namespace

std::string orcpt_of(const mail::Address& address) {
    return address.is_ascii() ? "rfc822;" + mail::to_xtext(address.to_string())
                              : "utf-8;" + embedded(address.to_string());
}

mail::Recipient onward_recipient(const spool::Message& message, std::size_t index) {
    const spool::History& history = message.history();
    mail::Recipient recipient{history.recipients()[index].address};
    if (history.has_own_parameters(index)) {
        const std::size_t original = history.envelope_index(index);
        const mail::Recipient& written = message.envelope().recipients[original];
        recipient.notify = history.recipients()[index].notify;
        recipient.orcpt = written.orcpt;
        if (recipient.orcpt.empty() && original != index) recipient.orcpt = orcpt_of(written.address);
    }
    if (const auto* name = history.on_behalf_of(index)) recipient.on_behalf_of = *name;
    return recipient;
}

}  // namespace postern::runner
