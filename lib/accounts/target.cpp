// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/target.hpp"

namespace postern::accounts {

std::optional<mail::Address> parse_target(std::string_view text, const mail::Domain& domain) {
    if (text.find('@') == std::string_view::npos)
        return mail::Address::parse(std::string(text) + "@" + domain.text());
    return mail::Address::parse(text);
}

}  // namespace postern::accounts
