// SPDX-License-Identifier: BSD-2-Clause
#include "mail/flaw.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestPlace = 78;  // a line's usual length: longer names are nobody's

}  // namespace

std::string to_string(const Flaw& flaw) {
    std::string out = flaw.place.substr(0, kLongestPlace);
    out.append(", octet ").append(std::to_string(flaw.offset));
    return out.append(": ").append(flaw.rule);
}

}  // namespace postern::mail
