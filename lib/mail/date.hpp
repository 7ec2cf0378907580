// SPDX-License-Identifier: BSD-2-Clause
// The date-time of RFC 5322 §3.3, always in UTC: "Sat, 21 Nov 2026 20:30:05 +0000".
#pragma once

#include <string>

#include "base/time.hpp"

namespace postern::mail {

std::string format_date(Instant at);

}  // namespace postern::mail
