// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/address.hpp"

namespace postern::accounts {

/// A target of an alias, a forward or a catch-all: an address, or a name of the same domain.
std::optional<mail::Address> parse_target(std::string_view text, const mail::Domain& domain);

}  // namespace postern::accounts
