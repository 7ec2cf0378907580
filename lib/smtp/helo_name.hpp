// SPDX-License-Identifier: BSD-2-Clause
// The name by which a client calls itself (RFC 5321 §4.1.1.1).
#pragma once

#include <string_view>

namespace postern::smtp {

/// A domain, in A-labels (RFC 6531 §3.7.1), or an address literal. The underscore stands in no domain, but in
/// the names of many hosts, and a name alone is no reason to refuse anybody (§4.1.4). Its truth is not looked
/// into.
bool is_helo_name(std::string_view text);

}  // namespace postern::smtp
