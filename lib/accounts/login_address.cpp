// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/login_address.hpp"

namespace postern::accounts {

std::optional<mail::Address> login_address(std::string_view name, const Options& options) {
    if (name.empty()) return std::nullopt;
    auto address = mail::Address::parse(name);
    if (address || !options.default_domain) return address;
    return mail::Address::make(name, *options.default_domain);
}

}  // namespace postern::accounts
