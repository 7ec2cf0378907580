// SPDX-License-Identifier: BSD-2-Clause
// Validation: the flaw does not depend on the chunking, and can be told in a reply.
#include "mail/validation.hpp"

#include <string>

#include "base/ascii.hpp"
#include "fuzz.hpp"

using namespace postern;

static std::string verdict(std::string_view content, const mail::ValidationRules& rules, std::size_t piece) {
    mail::Validation validation(rules);
    fuzz::in_pieces(content, piece, [&](std::string_view octets) { validation.read(octets); });
    validation.finish();
    return validation.flaw() ? to_string(*validation.flaw()) : "";
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    for (const auto strictness : {mail::Strictness::headers, mail::Strictness::strict})
        for (const auto header : {mail::HeaderOctets::ascii, mail::HeaderOctets::utf8}) {
            const mail::ValidationRules rules{.strictness = strictness, .header = header};
            const std::string whole = verdict(input, rules, size + 1);
            fuzz::require(whole == verdict(input, rules, 1), "no verdict depends on the chunking");
            fuzz::require(whole.size() < 200, "a flaw is told in a short line");
            fuzz::require(std::ranges::all_of(whole, ascii::is_printable), "and in printable ASCII");
        }
    return 0;
}
