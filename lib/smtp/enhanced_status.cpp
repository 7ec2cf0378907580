// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/enhanced_status.hpp"

#include "base/ascii.hpp"

namespace postern::smtp {

namespace {

/// How many octets of `text` are ".N", ".NN" or ".NNN"; 0 = none.
std::size_t number_after_dot(std::string_view text) {
    if (!text.starts_with('.')) return 0;
    std::size_t length = 1;
    while (length < text.size() && ascii::is_digit(text[length])) ++length;
    return length >= 2 && length <= 4 ? length : 0;
}

}  // namespace

std::string_view leading_status(std::string_view text) {
    if (text.empty() || std::string_view("245").find(text.front()) == std::string_view::npos) return {};
    const auto subject = number_after_dot(text.substr(1));
    const auto detail = subject == 0 ? 0 : number_after_dot(text.substr(1 + subject));
    const auto length = 1 + subject + detail;
    if (detail == 0 || (length < text.size() && text[length] != ' ')) return {};
    return text.substr(0, length);
}

std::string status_of(const Reply& reply) {
    return reply.status.empty() ? std::to_string(reply.code / 100) + ".0.0" : reply.status;
}

}  // namespace postern::smtp
