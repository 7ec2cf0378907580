// SPDX-License-Identifier: BSD-2-Clause
// Domains that are other names of a domain: `same_as` in domain.json. One step and no further.
#pragma once

#include "accounts/options.hpp"
#include "base/result.hpp"
#include "mail/domain.hpp"
#include "sys/file_system.hpp"

namespace postern::accounts {

/// Where a served domain's names are looked up that are not in its own directory: in the domain that it is
/// the same as, or nowhere else (itself). An Error names the file: that other one is not served here, or is
/// the same as a third.
Result<mail::Domain> home_of(sys::FileSystem& files, const Options& options, const mail::Domain& domain);

}  // namespace postern::accounts
