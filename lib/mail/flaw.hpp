// SPDX-License-Identifier: BSD-2-Clause
// What is wrong with a message, and where: as much as its sender needs to mend it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace postern::mail {

struct Flaw {
    std::string_view rule;  ///< in words that follow the place: "is missing"
    std::string place;      ///< the field's name, as it stands there; "header" or "body" where there is none
    std::uint64_t offset = 0;  ///< octets of content before it

    bool operator==(const Flaw&) const = default;
};

/// "Subject, octet 120: stands twice": printable ASCII, less than 200 octets.
std::string to_string(const Flaw& flaw);

}  // namespace postern::mail
