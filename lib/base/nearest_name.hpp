// SPDX-License-Identifier: BSD-2-Clause
// "Did you mean …?" for misspelt settings and commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postern {

/// The known name with the smallest edit distance to `name`; empty when none is near enough to be meant.
std::string nearest_name(std::string_view name, const std::vector<std::string>& known);

}  // namespace postern
