// SPDX-License-Identifier: BSD-2-Clause
// The header reader: fields and extent do not depend on the chunking.
#include <string>

#include "fuzz.hpp"
#include "mail/header_reader.hpp"

using namespace postern;

static std::string read_fields(std::string_view content, std::size_t size) {
    std::string out;
    mail::HeaderReader reader([&](std::string_view name) { out += std::string(name) + '\n'; });
    fuzz::in_pieces(content, size, [&](std::string_view piece) { reader.read(piece); });
    return out + std::to_string(reader.octets()) + (reader.has_ended() ? " ended" : "");
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    fuzz::require(read_fields(input, size + 1) == read_fields(input, 1), "no field depends on the chunking");
    return 0;
}
