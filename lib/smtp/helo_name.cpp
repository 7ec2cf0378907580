// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/helo_name.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "mail/address.hpp"

namespace postern::smtp {

bool is_helo_name(std::string_view text) {
    if (!ascii::is_ascii(text)) return false;
    std::string name(text);
    for (char& c : name)
        if (c == '_') c = 'x';
    return mail::parse_host(name).has_value();
}

}  // namespace postern::smtp
