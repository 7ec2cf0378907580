// SPDX-License-Identifier: BSD-2-Clause
// The text of a NAME.alias: one target a line, an address of any domain or a bare name of the same domain;
// # begins a comment at the start of a line or behind a blank. Editing keeps comments and order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "mail/address.hpp"

namespace postern::accounts {

/// Octets of an alias file that is read: room for 50,000 addresses of the greatest length, and comments.
inline constexpr std::size_t kLargestAlias = 16 << 20;

/// Fault::configuration for a line that is no address, and when there is no target at all.
Result<std::vector<mail::Address>> parse_alias(std::string_view text, const std::string& path,
                                               const mail::Domain& domain);

/// `text` with one more line for each target that does not stand there already.
std::string with_targets(std::string text, const std::vector<mail::Address>& targets,
                         const mail::Domain& domain);
/// `text` without the lines of that target.
std::string without_target(std::string_view text, const mail::Address& target, const mail::Domain& domain);

}  // namespace postern::accounts
