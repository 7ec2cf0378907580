// SPDX-License-Identifier: BSD-2-Clause
#include "escapes.hpp"

#include <charconv>
#include <stdexcept>

#include "base/ascii.hpp"

namespace postern::test {

namespace {

constexpr std::size_t kLongRun = 30;

[[noreturn]] void fail(std::string_view text) {
    throw std::runtime_error("no such escape: \\" + std::string(text.substr(0, 12)));
}

/// "xHH" at the front of `text`.
char take_hex(std::string_view& text) {
    unsigned value = 0;
    if (text.size() < 3 ||
        std::from_chars(text.data() + 1, text.data() + 3, value, 16).ptr != text.data() + 3)
        fail(text);
    text.remove_prefix(3);
    return static_cast<char>(value);
}

/// "{600 a}" at the front of `text`; the repeated part may hold escapes itself.
std::string take_run(std::string_view& text) {
    const auto space = text.find(' '), close = text.find('}');
    if (space >= close || close == std::string_view::npos) fail(text);
    const auto count = ascii::parse_number<std::size_t>(text.substr(1, space - 1));
    if (!count) fail(text);
    const std::string part = unescape_octets(text.substr(space + 1, close - space - 1));
    std::string out;
    for (std::size_t i = 0; i < *count; ++i) out += part;
    text.remove_prefix(close + 1);
    return out;
}

std::string take_escape(std::string_view& text) {
    if (text.empty()) fail(text);
    if (text.front() == 'x') return {take_hex(text)};
    if (text.front() == '{') return take_run(text);
    const auto which = std::string_view("rn0\\").find(text.front());
    if (which == std::string_view::npos) fail(text);
    text.remove_prefix(1);
    return {std::string_view("\r\n\0\\", 4)[which]};
}

std::string escape_one(char c) {
    switch (c) {
        case '\r': return "\\r";
        case '\n': return "\\n";
        case '\0': return "\\0";
        case '\\': return "\\\\";
        default: break;
    }
    if (ascii::is_printable(c)) return {c};
    constexpr std::string_view hex = "0123456789abcdef";
    const auto octet = static_cast<unsigned char>(c);
    return {'\\', 'x', hex[octet >> 4], hex[octet & 15]};
}

}  // namespace

std::string unescape_octets(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const char c = text.front();
        text.remove_prefix(1);
        if (c == '\\')
            out += take_escape(text);
        else
            out += c;
    }
    return out;
}

std::string escape_for_transcript(std::string_view bytes) {
    std::string out;
    while (!bytes.empty()) {
        const auto run = std::min(bytes.find_first_not_of(bytes.front()), bytes.size());
        const std::string one = escape_one(bytes.front());
        if (run >= kLongRun)
            out += "\\{" + std::to_string(run) + ' ' + one + '}';
        else
            for (std::size_t i = 0; i < run; ++i) out += one;
        bytes.remove_prefix(run);
    }
    return out;
}

}  // namespace postern::test
