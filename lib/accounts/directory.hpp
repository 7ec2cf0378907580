// SPDX-License-Identifier: BSD-2-Clause
// What names there are, for administrators: domains, accounts and aliases by listing directories. Sorted;
// files that no look-up would ask for are left out (accounts/check.hpp reports them).
#pragma once

#include <string>
#include <vector>

#include "accounts/options.hpp"
#include "base/result.hpp"
#include "mail/domain.hpp"
#include "sys/file_system.hpp"

namespace postern::accounts {

Result<std::vector<mail::Domain>> list_domains(sys::FileSystem& files, const Options& options);
/// Local parts of the domain's accounts. Fault::not_found when the domain is not served.
Result<std::vector<std::string>> list_accounts(sys::FileSystem& files, const Options& options,
                                               const mail::Domain& domain);
Result<std::vector<std::string>> list_aliases(sys::FileSystem& files, const Options& options,
                                              const mail::Domain& domain);

}  // namespace postern::accounts
