// SPDX-License-Identifier: BSD-2-Clause
// What policy has accepted is also within the limits, and what it has refused is counted where that matters.
#pragma once

#include <functional>

#include "policy/limits.hpp"
#include "smtp/effect.hpp"

namespace postern::server {

/// `limits` may be null.
smtp::Verdict within_limits(smtp::Verdict sender, policy::Limits* limits);
smtp::RecipientVerdict within_limits(smtp::RecipientVerdict recipient, policy::Limits* limits);

/// What is asked costs much: who has failed too often is not heard.
smtp::LoginVerdict within_limits(const smtp::AskLogin& asked,
                                 const std::function<smtp::LoginVerdict(const smtp::AskLogin&)>& judge,
                                 policy::Limits* limits);

}  // namespace postern::server
