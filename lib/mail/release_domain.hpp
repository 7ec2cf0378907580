// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postern::mail {

/// Whose mail a client asks to be sent (RFC 1985 §5.3): a domain, or with '@' in front that and all domains
/// below it. Lower case, as A-labels; nothing when it is neither. (There are no named queues here, '#'.)
std::optional<std::string> parse_release_domain(std::string_view text);

}  // namespace postern::mail
