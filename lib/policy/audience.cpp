// SPDX-License-Identifier: BSD-2-Clause
#include "policy/audience.hpp"

namespace postern::policy {

Result<bool> includes(Audience audience, bool is_authenticated,
                      const std::function<Result<bool>()>& may_relay) {
    switch (audience) {
        case Audience::nobody: return false;
        case Audience::all: return true;
        case Audience::authenticated: return is_authenticated;
        case Audience::relay: break;
    }
    if (is_authenticated) return true;
    return may_relay();
}

}  // namespace postern::policy
