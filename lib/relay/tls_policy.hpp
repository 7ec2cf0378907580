// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <compare>

#include "mail/envelope.hpp"

namespace postern::relay {

/// What a host is held to before it gets a message.
enum class TlsPolicy {
    opportunistic,  ///< nothing: TLS where there is some, whatever the certificate (RFC 7435)
    /// RFC 8689 §4.2.1: a name that nobody can have forged, a certificate of that name by an authority that
    /// is trusted, and the promise to hold the next host to the same.
    required,
};

/// Whoever wants TLS by the DNS or by a policy of the recipient's domain (DANE, MTA-STS) will say so here;
/// "TLS-Required: No" (RFC 8689 §3) will then say no again.
inline TlsPolicy policy_of(const mail::Envelope& envelope) {
    return envelope.requires_tls ? TlsPolicy::required : TlsPolicy::opportunistic;
}

}  // namespace postern::relay
