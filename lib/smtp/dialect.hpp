// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "mail/envelope.hpp"

namespace postern::smtp {

/// LMTP (RFC 2033) is SMTP with LHLO for a greeting and a reply for each recipient behind the content.
enum class Dialect { smtp, lmtp };

/// Before the client has greeted.
inline mail::Protocol plain_protocol(Dialect dialect) {
    return dialect == Dialect::lmtp ? mail::Protocol::lmtp : mail::Protocol::smtp;
}

}  // namespace postern::smtp
