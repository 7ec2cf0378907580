// SPDX-License-Identifier: BSD-2-Clause
// Who a From field says wrote the message (RFC 5322 §3.6.2, groups by RFC 6854): only whether that can be
// read. Lenient where mailers are careless every day: dots, commas and other specials in display names
// without quotes, dots in local parts where none may stand, a bare name without a domain, obsolete routes.
#pragma once

#include <string_view>

namespace postern::mail {

/// "<>": reports of some servers have it; no author answers there.
enum class NullAuthor { refused, allowed };

/// Is at least one address or group in it, and is whatever looks like an address one?
bool names_an_author(std::string_view value, NullAuthor null_author);

}  // namespace postern::mail
