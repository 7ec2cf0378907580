// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "mail/domain.hpp"

namespace postern::policy {

/// To whom something is told; each row includes those below it, but for nobody.
enum class Audience {
    nobody,
    all,
    relay,         ///< who may send anywhere
    authenticated  ///< who has proved who he is
};

/// How this server is called: what a recipient without a served domain may still mean.
struct Options {
    std::string hostname;                             ///< server.hostname
    std::vector<IpAddress> server_addresses = {};     ///< server.addresses
    std::optional<mail::Domain> default_domain = {};  ///< local.default_domain
    Audience vrfy = Audience::nobody;                 ///< smtp.vrfy
    Audience expn = Audience::nobody;                 ///< smtp.expn
    Audience etrn = Audience::nobody;                 ///< smtp.etrn
};

}  // namespace postern::policy
