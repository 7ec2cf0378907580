// SPDX-License-Identifier: BSD-2-Clause
// Takes DER (X.690) apart, element by element. Pure.
#pragma once

#include <optional>
#include <string_view>

namespace postern::tls {

enum DerTag : unsigned char {
    kInteger = 0x02,
    kBitString = 0x03,
    kOctetString = 0x04,
    kObjectIdentifier = 0x06,
    kUtcTime = 0x17,
    kGeneralizedTime = 0x18,
    kSequence = 0x30,
    kExplicit0 = 0xa0,
    kExplicit1 = 0xa1,
};

struct DerElement {
    unsigned char tag;
    std::string_view content;
};

class DerReader {
public:
    explicit DerReader(std::string_view octets) : rest_(octets) {}

    /// Nothing at the end, and where no element can be read; then there is nothing behind it either.
    std::optional<DerElement> next();
    /// The next element's content if that is its tag; otherwise it is left where it is.
    std::optional<std::string_view> take(DerTag tag);
    /// Goes into the next element, which must be a sequence; an empty reader if it is none.
    DerReader enter() { return DerReader(take(kSequence).value_or(std::string_view())); }

private:
    std::string_view rest_;
};

}  // namespace postern::tls
