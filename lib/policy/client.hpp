// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>

#include "mail/address.hpp"

namespace postern::policy {

/// Who is at the other end, beside its address.
struct Client {
    std::optional<mail::Address> user = std::nullopt;  ///< the account that it has proved to be
    bool is_administrator = false;                     ///< of this userland: may send in any name
    bool is_known() const { return user.has_value() || is_administrator; }
};

}  // namespace postern::policy
