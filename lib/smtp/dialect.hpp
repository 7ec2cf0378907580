// SPDX-License-Identifier: BSD-2-Clause
#pragma once

namespace postern::smtp {

/// LMTP (RFC 2033) is SMTP with LHLO for a greeting and a reply for each recipient behind the content.
enum class Dialect { smtp, lmtp };

}  // namespace postern::smtp
