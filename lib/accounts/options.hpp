// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <string>

#include "accounts/other_server.hpp"
#include "mail/domain.hpp"

namespace postern::accounts {

struct Options {
    std::string domains_directory;                    ///< directories.domains
    std::string passwords_directory;                  ///< directories.secrets + "/passwords"
    std::string relay_hosts_file;                     ///< ROOT/relay-hosts
    std::optional<mail::Domain> default_domain = {};  ///< local.default_domain: for a bare name
    std::optional<OtherServer> default_host = {};     ///< local.default_host: for unknown names
    bool callouts = false;  ///< server.callouts: `verify` of a domain can be kept to
};

}  // namespace postern::accounts
