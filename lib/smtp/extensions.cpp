// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/extensions.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postern::smtp {

namespace {

struct Flag {
    std::string_view keyword;
    bool Extensions::*flag;
};
constexpr Flag kFlags[] = {
    {"PIPELINING", &Extensions::pipelining},
    {"8BITMIME", &Extensions::eight_bit_mime},
    {"CHUNKING", &Extensions::chunking},
    {"BINARYMIME", &Extensions::binary_mime},
    {"DSN", &Extensions::dsn},
    {"ETRN", &Extensions::etrn},
    {"SMTPUTF8", &Extensions::smtputf8},
    {"STARTTLS", &Extensions::starttls},
    {"REQUIRETLS", &Extensions::require_tls},
    {"SIZE", &Extensions::size},
};

struct Limit {
    std::string_view name;
    std::size_t TransactionLimits::*limit;
};
constexpr Limit kLimits[] = {
    {"MAILMAX", &TransactionLimits::messages},
    {"RCPTMAX", &TransactionLimits::recipients},
    {"RCPTDOMAINMAX", &TransactionLimits::domains},
};

/// RFC 9422 §3.1: "NAME=VALUE", several with spaces between. What is not understood says nothing.
void note_limits(TransactionLimits& limits, std::string_view argument) {
    while (!argument.empty()) {
        const auto word = ascii::take_up_to(argument, ' ');
        const auto name = word.substr(0, word.find('='));
        const auto value =
            ascii::parse_number<std::size_t>(word.substr(std::min(name.size() + 1, word.size())));
        for (const Limit& limit : kLimits)
            if (value && ascii::equals_ignoring_case(name, limit.name)) limits.*limit.limit = *value;
    }
}

void note(Extensions& extensions, std::string_view line) {
    const auto keyword = ascii::take_up_to(line, ' ');
    const auto argument = ascii::trim(line);
    for (const Flag& flag : kFlags)
        if (ascii::equals_ignoring_case(keyword, flag.keyword)) extensions.*flag.flag = true;
    if (ascii::equals_ignoring_case(keyword, "SIZE"))
        extensions.largest_message = ascii::parse_number<std::uint64_t>(argument).value_or(0);
    if (ascii::equals_ignoring_case(keyword, "LIMITS")) note_limits(extensions.limits, argument);
}

}  // namespace

Extensions parse_extensions(std::string_view ehlo_reply_text) {
    Extensions extensions;
    for (auto end = ehlo_reply_text.find('\n'); end != std::string_view::npos;
         end = ehlo_reply_text.find('\n')) {
        ehlo_reply_text.remove_prefix(end + 1);
        note(extensions, ascii::trim(ehlo_reply_text.substr(0, ehlo_reply_text.find('\n'))));
    }
    return extensions;
}

}  // namespace postern::smtp
