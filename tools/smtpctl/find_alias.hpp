// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <vector>

#include "toolbox.hpp"

namespace postern::smtpctl {

/// The targets in the alias's own file, whatever else bears that name; nothing when there is no such file.
Result<std::optional<std::vector<mail::Address>>> find_alias(Toolbox& tools, const config::Config& config,
                                                             const mail::Address& alias);

}  // namespace postern::smtpctl
