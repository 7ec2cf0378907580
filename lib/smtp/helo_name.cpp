// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/helo_name.hpp"

#include <algorithm>
#include <string>

#include "mail/address.hpp"
#include "mail/labels.hpp"

namespace postern::smtp {

namespace {

constexpr std::size_t kLongestName = 255;  // RFC 5321 §4.5.3.1.2: two octets more than the DNS can hold

}  // namespace

bool is_helo_name(std::string_view text) {
    if (text.starts_with('[')) return mail::parse_host(text).has_value();
    std::string name(text);
    std::ranges::replace(name, '_', 'x');
    return name.size() <= kLongestName && mail::are_labels(name);
}

}  // namespace postern::smtp
