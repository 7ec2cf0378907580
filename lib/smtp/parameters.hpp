// SPDX-License-Identifier: BSD-2-Clause
// The parameters of MAIL and RCPT (RFC 5321 §4.1.2, esmtp-param). One table in the .cpp has a row for
// each: its name, where it may stand, what it does.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "mail/envelope.hpp"
#include "smtp/replies.hpp"

namespace postern::smtp {

enum class ParameterPlace { mail, rcpt };

struct Parameters {
    std::uint64_t size = 0;                         ///< SIZE= (RFC 1870), 0 = not said
    mail::BodyType body = mail::BodyType::unknown;  ///< BODY= (RFC 6152, 3030)
};

/// What stands behind the path: all of it, or the reply that refuses it.
std::variant<Parameters, replies::Entry> parse_parameters(std::string_view text, ParameterPlace place);

}  // namespace postern::smtp
