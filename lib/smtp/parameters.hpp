// SPDX-License-Identifier: BSD-2-Clause
// The parameters of MAIL and RCPT (RFC 5321 §4.1.2, esmtp-param). One table in the .cpp has a row for
// each: its name, where it may stand, what it does, and how much longer it makes the command.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "mail/envelope.hpp"
#include "smtp/future_release.hpp"
#include "smtp/replies.hpp"

namespace postern::smtp {

enum class ParameterPlace { mail, rcpt };

/// The longest command with its CRLF: 512 octets (RFC 5321 §4.5.3.1.4), and the room of all its parameters.
inline constexpr std::size_t kLongestMail = 512 + 714;
inline constexpr std::size_t kLongestRcpt = 512 + 536;

/// Parameters that not every peer may use; the others are always offered.
struct OfferedParameters {
    bool future_release = false;
    bool auth = false;
    bool require_tls = false;
};

struct Parameters {
    // of MAIL
    std::uint64_t size = 0;                               ///< SIZE= (RFC 1870), 0 = not said
    mail::BodyType body = mail::BodyType::unknown;        ///< BODY= (RFC 6152, 3030)
    bool smtputf8 = false;                                ///< SMTPUTF8 (RFC 6531)
    mail::ReturnedPart ret = mail::ReturnedPart::unsaid;  ///< RET= (RFC 3461)
    std::string envid = {};                               ///< ENVID= (RFC 3461), as given
    std::optional<Hold> hold = std::nullopt;              ///< HOLDFOR=, HOLDUNTIL= (RFC 4865)
    bool requires_tls = false;                            ///< REQUIRETLS (RFC 8689)
    // of RCPT
    std::string notify = {};  ///< NOTIFY= (RFC 3461), as an envelope keeps it
    std::string orcpt = {};   ///< ORCPT= (RFC 3461, RFC 6533), as given
};

/// What stands behind the path: all of it, or the reply that refuses it.
std::variant<Parameters, replies::Entry> parse_parameters(std::string_view text, ParameterPlace place,
                                                          const OfferedParameters& offered = {});

}  // namespace postern::smtp
