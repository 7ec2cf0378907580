// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "toolbox.hpp"

namespace postern::smtpctl {

/// What a domain has of a kind: accounts::list_accounts, accounts::list_aliases.
using ListNames = Result<std::vector<std::string>>(sys::FileSystem& files, const accounts::Options& options,
                                                   const mail::Domain& domain);

/// Shows each name that `list` finds in `domain`, or in every domain when that is empty.
Ending show_each(Toolbox& tools, const config::Config& config, const std::string& domain, ListNames& list,
                 const std::function<Status(const mail::Address&)>& show);

}  // namespace postern::smtpctl
