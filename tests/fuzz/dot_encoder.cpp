// SPDX-License-Identifier: BSD-2-Clause
// Content on its way out: nothing in it ends it, and a strict reader finds what was sent, or a flaw.
#include <string>

#include "fuzz.hpp"
#include "smtp/dot_coder.hpp"

using namespace postern;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(fuzz::text_of(data, size));
    smtp::DotEncoder encoder;
    smtp::DotDecoder decoder;
    std::string wire = encoder.encode(input), content;
    wire += encoder.finish() + "QUIT";
    std::string_view rest = wire;
    for (bool ended = false; !ended;) {
        fuzz::require(!rest.empty(), "encoded content has an end");
        const auto got = decoder.decode(rest);
        content += got.bytes;
        rest.remove_prefix(got.consumed);
        ended = got.ended;
    }
    fuzz::require(rest == "QUIT", "nothing in content ends it");
    fuzz::require(decoder.flaw() || content == input || content == input + "\r\n", "what is sent is read");
    return 0;
}
