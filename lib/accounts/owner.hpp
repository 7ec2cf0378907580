// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <string_view>

#include "accounts/options.hpp"
#include "base/result.hpp"
#include "mail/address.hpp"
#include "sys/file_system.hpp"

namespace postern::accounts {

/// owner-ALIAS of the same domain, when there is an account or alias of that name. An owner has no owner:
/// reports on what goes to him reach whoever sent it.
Result<std::optional<mail::Address>> owner_of(sys::FileSystem& files, const Options& options,
                                              const mail::Domain& domain, std::string_view alias);

}  // namespace postern::accounts
