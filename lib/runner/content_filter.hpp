// SPDX-License-Identifier: BSD-2-Clause
// Which mail makes a detour through a content filter: out by SMTP, and back in on another service. It goes
// as it came, before aliases are expanded, so that the filter sees each message once. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/envelope.hpp"

namespace postern::runner {

struct ContentFilter {
    std::string host = {};                         ///< filter.host: a name or an address
    std::uint16_t port = 10025;                    ///< filter.port
    std::vector<std::string> services = {"smtp"};  ///< filter.services: whose mail goes through it
};

/// By the service that the message came in on. What comes back comes in on another one, and reports of this
/// server on none.
bool goes_to_filter(const std::optional<ContentFilter>& filter, const mail::Envelope& envelope);

}  // namespace postern::runner
