// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <string_view>

#include "accounts/options.hpp"
#include "mail/address.hpp"

namespace postern::accounts {

/// Whom a login name means: an address, or a name of local.default_domain. Nothing when it can be neither;
/// whether there is such an account is not looked into.
std::optional<mail::Address> login_address(std::string_view name, const Options& options);

}  // namespace postern::accounts
