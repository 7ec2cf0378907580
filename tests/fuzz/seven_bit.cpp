// SPDX-License-Identifier: BSD-2-Clause
// What becomes of any content that a session takes: 7-bit or nothing, the same for every chunking, and it
// stays as it is when it is converted again.
#include "mail/seven_bit.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "fuzz.hpp"

using namespace postern;

namespace {

using Labels = mail::SevenBit::Labels;

struct Conversion {
    std::string text = {};
    mail::SevenBit::Trouble trouble = mail::SevenBit::Trouble::none;
};

Conversion convert(std::string_view content, Labels labels, std::size_t piece) {
    mail::SevenBit machine(labels);
    Conversion converted;
    fuzz::in_pieces(content, piece,
                    [&](std::string_view bytes) { converted.text += machine.convert(bytes); });
    converted.text += machine.finish();
    converted.trouble = machine.trouble();
    return converted;
}

/// What a session takes, but for BINARYMIME, which is never converted.
bool is_taken(std::string_view content) {
    for (std::size_t i = 0; i < content.size(); ++i) {
        if (content[i] == '\n' || content[i] == '\0') return false;
        if (content[i] == '\r' && (i + 1 == content.size() || content[++i] != '\n')) return false;
    }
    return true;
}

void check(std::string_view content, Labels labels, std::size_t piece) {
    const auto whole = convert(content, labels, content.size() + 1);
    const auto in_pieces = convert(content, labels, piece);
    fuzz::require(whole.trouble == in_pieces.trouble, "trouble does not depend on the chunking");
    if (whole.trouble != mail::SevenBit::Trouble::none) return;
    fuzz::require(whole.text == in_pieces.text, "the outcome does not depend on the chunking");
    fuzz::require(ascii::is_ascii(whole.text), "what is converted is 7-bit");
    const auto again = convert(whole.text, Labels::trusted, whole.text.size() + 1);
    fuzz::require(again.trouble == mail::SevenBit::Trouble::none && again.text == whole.text,
                  "what is converted stays as it is");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto content = fuzz::text_of(data, size).substr(1);
    if (!is_taken(content)) return 0;
    for (const auto labels : {Labels::trusted, Labels::ignored}) check(content, labels, 1 + data[0] % 64);
    return 0;
}
