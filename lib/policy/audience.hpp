// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <functional>

#include "base/result.hpp"
#include "policy/options.hpp"

namespace postern::policy {

/// Does it include a peer? Whether he may relay is asked only where that counts.
Result<bool> includes(Audience audience, bool is_authenticated,
                      const std::function<Result<bool>()>& may_relay);

}  // namespace postern::policy
