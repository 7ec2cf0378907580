// SPDX-License-Identifier: BSD-2-Clause
// Content behind BDAT: the first flaw and where it stands do not depend on the chunking; what is sound passes
// behind DATA as well. The argument of BDAT: any octets.
#include "smtp/chunk.hpp"

#include <string>
#include <utility>

#include "fuzz.hpp"

using namespace postern;

static auto check(std::string_view content, std::size_t piece) {
    smtp::ChunkChecker checker;
    std::size_t sound = 0;
    fuzz::in_pieces(content, piece, [&](std::string_view octets) { sound += checker.read(octets); });
    checker.finish();
    return std::pair(sound, checker.flaw());
}

static std::string through_data(std::string_view content) {
    smtp::DotEncoder encoder;
    const std::string wire = encoder.encode(content) + encoder.finish();
    smtp::DotDecoder decoder;
    std::string out;
    for (std::string_view rest = wire; !rest.empty();) {
        const auto got = decoder.decode(rest);
        out += got.bytes;
        rest.remove_prefix(got.consumed);
    }
    fuzz::require(!decoder.flaw(), "sound content is sound behind DATA");
    return out;
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    const auto whole = check(input, size + 1);
    fuzz::require(whole == check(input, 1), "checking does not depend on the chunking");
    if (!whole.second) fuzz::require(through_data(input).starts_with(input), "sound content is kept");
    const auto command = smtp::parse_chunk_command(input);
    fuzz::require(command.form != smtp::ChunkCommand::Form::endless || command.size == 0,
                  "endless has no size");
    return 0;
}
