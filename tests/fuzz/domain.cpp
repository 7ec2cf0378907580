// SPDX-License-Identifier: BSD-2-Clause
// Domain names: what is parsed is ASCII as the DNS has it, and what is shown to people leads back to it.
#include "mail/domain.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "fuzz.hpp"

using namespace postern;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto domain = mail::Domain::parse(fuzz::text_of(data, size));
    if (!domain) return 0;
    const std::string& text = domain->text();
    fuzz::require(text.size() <= 253 && ascii::lower(text) == text, "a name is short and in lower case");
    fuzz::require(mail::Domain::parse(text) == domain, "a name is what it parses to");
    fuzz::require(utf8::is_text(domain->unicode()), "what is shown is UTF-8 without control characters");
    if (const auto again = mail::Domain::parse(domain->unicode()))
        fuzz::require(again == domain, "what is shown is no other name");
    return 0;
}
