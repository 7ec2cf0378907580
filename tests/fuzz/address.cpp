// SPDX-License-Identifier: BSD-2-Clause
// Addresses and paths: what is parsed can be written, and what is written is parsed to the same.
#include "mail/address.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "fuzz.hpp"

using namespace postern;

namespace {

void check(const mail::Address& address) {
    const std::string text = address.to_string();
    fuzz::require(text.size() <= 254, "an address has at most 254 octets");
    fuzz::require(utf8::is_text(text), "an address is UTF-8 without control characters");
    fuzz::require(address.is_ascii() == std::ranges::all_of(text, ascii::is_printable),
                  "is_ascii() tells whether it is printable ASCII");
    fuzz::require(mail::Address::parse(text) == address, "writing and reading give the same address");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    if (const auto address = mail::Address::parse(input)) check(*address);
    if (const auto parsed = mail::parse_reverse_path(input); parsed && parsed->path) check(*parsed->path);
    if (const auto parsed = mail::parse_forward_path(input))
        if (const auto* address = std::get_if<mail::Address>(&parsed->path)) check(*address);
    return 0;
}
