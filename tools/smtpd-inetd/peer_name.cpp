// SPDX-License-Identifier: BSD-2-Clause
#include "peer_name.hpp"

#include "dns/unbound_resolver.hpp"
#include "dns/verified_name.hpp"

namespace postern::tools {

Result<std::string> name_of_peer(const IpAddress& address, const std::vector<dns::Server>& servers) {
    dns::UnboundResolver resolver({servers, std::chrono::seconds(5)});
    return dns::verified_name(resolver, address);
}

}  // namespace postern::tools
