// SPDX-License-Identifier: BSD-2-Clause
// Content behind DATA: what comes out, up to the first flaw, does not depend on the chunking.
#include <string>
#include <tuple>

#include "fuzz.hpp"
#include "smtp/dot_coder.hpp"

using namespace postern;

static auto decode(std::string_view wire, std::size_t piece) {
    smtp::DotDecoder decoder;
    std::string content;
    for (bool ended = false; !wire.empty() && !ended;) {
        const auto got = decoder.decode(wire.substr(0, piece));
        content += got.bytes;
        wire.remove_prefix(got.consumed);
        ended = got.ended;
    }
    return std::tuple(content, std::string(wire), decoder.flaw());
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    fuzz::require(decode(input, size + 1) == decode(input, 1), "decoding does not depend on the chunking");
    return 0;
}
