// SPDX-License-Identifier: BSD-2-Clause
// The server session: what SessionPlayer requires, and the same story for every chunking. The first octet
// chooses the size of the pieces, and what begins with an L is for LMTP.
#include "fuzz.hpp"
#include "session_player.hpp"

using namespace postern::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = text_of(data, size);
    const auto dialect = input.starts_with('L') ? postern::smtp::Dialect::lmtp : postern::smtp::Dialect::smtp;
    SessionPlayer whole(dialect), pieces(dialect);
    whole.play(input, size + 1);
    pieces.play(input, size == 0 ? 1 : 1 + data[0] % 16);
    require(whole.story() == pieces.story(), "the story does not depend on the chunking");
    return 0;
}
