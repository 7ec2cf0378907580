// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string_view>

namespace postern::mail {

/// sub-domain *("." sub-domain) of RFC 5321 §4.1.2, each of 1–63 octets; however long the whole is.
bool are_labels(std::string_view text);

}  // namespace postern::mail
