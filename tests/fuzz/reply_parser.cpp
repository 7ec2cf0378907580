// SPDX-License-Identifier: BSD-2-Clause
// Replies of other servers: what comes out does not depend on the chunking and can be said on.
#include "smtp/reply_parser.hpp"

#include <string>

#include "fuzz.hpp"

using namespace postern;

static std::string read_replies(std::string_view input, std::size_t size) {
    smtp::ReplyParser parser;
    std::string out;
    fuzz::in_pieces(input, size, [&](std::string_view piece) {
        if (parser.is_broken()) return;
        parser.receive(piece);
        while (const auto reply = parser.next()) out += smtp::to_wire(*reply);
    });
    return out + (parser.is_broken() ? "broken" : "");
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    fuzz::require(read_replies(input, size + 1) == read_replies(input, 1),
                  "no reply depends on the chunking");
    return 0;
}
