// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/extensions.hpp"

#include "base/ascii.hpp"

namespace postern::smtp {

namespace {

void note(Extensions& extensions, std::string_view line) {
    const auto keyword = line.substr(0, line.find(' '));
    const auto argument = ascii::trim(line.substr(keyword.size()));
    if (ascii::equals_ignoring_case(keyword, "PIPELINING")) extensions.pipelining = true;
    if (ascii::equals_ignoring_case(keyword, "8BITMIME")) extensions.eight_bit_mime = true;
    if (ascii::equals_ignoring_case(keyword, "SIZE")) {
        extensions.size = true;
        extensions.largest_message = ascii::parse_number<std::uint64_t>(argument).value_or(0);
    }
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
