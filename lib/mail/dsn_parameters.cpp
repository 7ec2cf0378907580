// SPDX-License-Identifier: BSD-2-Clause
#include "mail/dsn_parameters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "mail/xtext.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestEnvid = 100;  // RFC 3461 §4.4
constexpr std::size_t kLongestOrcpt = 500;  // RFC 3461 §4.2

struct Event {
    ReportOn event;
    std::string_view name;
};
constexpr std::array kEvents{Event{ReportOn::success, "SUCCESS"}, Event{ReportOn::failure, "FAILURE"},
                             Event{ReportOn::delay, "DELAY"}};
constexpr std::string_view kNever = "NEVER";

using Asked = std::array<bool, kEvents.size()>;

std::string written(const Asked& asked) {
    std::string out;
    for (std::size_t i = 0; i < kEvents.size(); ++i)
        if (asked[i]) (out += out.empty() ? "" : ",") += kEvents[i].name;
    return out.empty() ? std::string(kNever) : out;
}

bool is_printable(const std::optional<std::string>& text) {
    return text && !text->empty() && std::ranges::all_of(*text, ascii::is_printable);
}

/// addr-type = atom
bool is_address_type(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return ascii::is_alnum(c) ||
               std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
    });
}

/// HEXPOINT of RFC 6533 §3: only what cannot stand for itself, without needless zeros, and no NUL.
bool is_hexpoint(std::string_view digits) {
    std::uint32_t point = 0;
    const auto is_upper_hex = [](char c) { return ascii::is_digit(c) || (c >= 'A' && c <= 'F'); };
    if (digits.size() < 2 || digits.size() > 6 || !std::ranges::all_of(digits, is_upper_hex)) return false;
    if (digits.size() > 2 && digits.front() == '0') return false;
    std::from_chars(digits.data(), digits.data() + digits.size(), point, 16);
    if (point < 0x80)
        return (point > 0 && point <= 0x20) || point == 0x7f || point == '+' || point == '=' || point == '\\';
    return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}

/// Takes "\x{…}" off the front; false when it is none.
bool take_embedded(std::string_view& text) {
    constexpr std::string_view opening = "\\x{";
    const auto end = text.find('}');
    if (!text.starts_with(opening) || end == std::string_view::npos) return false;
    const bool is_legal = is_hexpoint(text.substr(opening.size(), end - opening.size()));
    text.remove_prefix(end + 1);
    return is_legal;
}

/// QUCHAR: printable without space, "+", "=" and the backslash; UTF-8 beyond ASCII
bool is_quchar(char c) {
    return !ascii::is_ascii(c) ||
           (ascii::is_printable(c) && std::string_view(" +=\\").find(c) == std::string_view::npos);
}

/// utf-8-addr-xtext or utf-8-addr-unitext
bool is_utf8_address(std::string_view text) {
    if (text.empty() || !utf8::is_text(text)) return false;
    while (!text.empty()) {
        if (text.front() == '\\') {
            if (!take_embedded(text)) return false;
        } else {
            if (!is_quchar(text.front())) return false;
            text.remove_prefix(1);
        }
    }
    return true;
}

}  // namespace

std::optional<std::string> parse_notify(std::string_view value) {
    if (ascii::equals_ignoring_case(value, kNever)) return std::string(kNever);
    if (value.empty() || value.back() == ',') return std::nullopt;
    Asked asked{};
    while (!value.empty()) {
        const auto word = ascii::take_up_to(value, ',');
        const auto* event = std::ranges::find_if(
            kEvents, [&](const Event& e) { return ascii::equals_ignoring_case(e.name, word); });
        if (event == kEvents.end()) return std::nullopt;
        asked[static_cast<std::size_t>(event - kEvents.begin())] = true;
    }
    return written(asked);
}

bool asks_for(std::string_view notify, ReportOn event) {
    if (notify.empty()) return event != ReportOn::success;
    while (!notify.empty()) {
        const auto word = ascii::take_up_to(notify, ',');
        for (const Event& known : kEvents)
            if (known.event == event && ascii::equals_ignoring_case(known.name, word)) return true;
    }
    return false;
}

std::string wider_notify(const std::string& one, const std::string& other) {
    Asked asked{};
    bool says_more_than_nothing = false;
    for (std::size_t i = 0; i < kEvents.size(); ++i) {
        asked[i] = asks_for(one, kEvents[i].event) || asks_for(other, kEvents[i].event);
        says_more_than_nothing |= asked[i] != asks_for("", kEvents[i].event);
    }
    const bool is_silent = one.empty() || other.empty();
    return is_silent && !says_more_than_nothing ? std::string() : written(asked);
}

std::string without_success(const std::string& notify) {
    if (notify.empty()) return notify;
    return written({false, asks_for(notify, ReportOn::failure), asks_for(notify, ReportOn::delay)});
}

bool is_envid(std::string_view value) {
    const auto text = from_xtext(value);
    return is_printable(text) && text->size() <= kLongestEnvid;
}

bool is_orcpt(std::string_view value) {
    const auto semicolon = value.find(';');
    if (value.size() > kLongestOrcpt || semicolon == std::string_view::npos) return false;
    const auto type = value.substr(0, semicolon), address = value.substr(semicolon + 1);
    if (ascii::equals_ignoring_case(type, "utf-8")) return is_utf8_address(address);
    return is_address_type(type) && is_printable(from_xtext(address));
}

}  // namespace postern::mail
