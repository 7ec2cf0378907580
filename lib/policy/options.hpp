// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "mail/domain.hpp"

namespace postern::policy {

/// How this server is called: what a recipient without a served domain may still mean.
struct Options {
    std::string hostname;                             ///< server.hostname
    std::vector<IpAddress> server_addresses = {};     ///< server.addresses
    std::optional<mail::Domain> default_domain = {};  ///< local.default_domain
};

}  // namespace postern::policy
