// SPDX-License-Identifier: BSD-2-Clause
// What stands between the brackets of an address literal (RFC 5321 §4.1.3): an IPv4 address, or "IPv6:" and
// an IPv6 address. No other tag is registered, so a General-address-literal has no meaning and is none.
#pragma once

#include <optional>
#include <string_view>

#include "base/ip_address.hpp"

namespace postern::mail {

/// Exactly the grammar: zeros may lead in "192.000.002.001", "::" stands for two groups at least.
std::optional<IpAddress> parse_address_literal(std::string_view inside);

}  // namespace postern::mail
