// SPDX-License-Identifier: BSD-2-Clause
// What relay-hosts says of a peer, found out before the session is confined. The DNS is asked for the
// peer's name only if that can still matter: the file has a hostname line, and no address in it fits.
#pragma once

#include <functional>
#include <string>

#include "base/ip_address.hpp"
#include "base/result.hpp"
#include "mail/envelope.hpp"
#include "sys/file_system.hpp"

namespace postern::server {

/// The name that both zones of an address agree on; "" = it has none.
using VerifiedName = std::function<Result<std::string>(const IpAddress&)>;

struct PeerRights {
    std::string name = {};           ///< verified; "" = none, or nobody had to know
    Result<bool> may_relay = false;  ///< an Error counts only for who asks: 451 for recipients elsewhere
};

/// The same for a client whose facts a trusted host has told: nobody is asked, and who has logged in there
/// has logged in.
PeerRights rights_of(const mail::PeerFacts& client, sys::FileSystem& files,
                     const std::string& relay_hosts_file);

PeerRights rights_of(const IpAddress& peer, sys::FileSystem& files, const std::string& relay_hosts_file,
                     const VerifiedName& verified_name);

}  // namespace postern::server
