// SPDX-License-Identifier: BSD-2-Clause
// ROOT/relay-hosts: an address, CIDR range or hostname a line, # comments. Who stands here may send
// anywhere without a password. An empty file allows nobody; a line that cannot be read is an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ip_address.hpp"
#include "base/result.hpp"
#include "sys/file_system.hpp"

namespace postern::accounts {

/// What one line names: a range of addresses, or a host name in lower case.
using RelayHost = std::variant<IpNetwork, std::string>;
std::optional<RelayHost> parse_relay_host(std::string_view text);
std::string to_string(const RelayHost& host);

class RelayHosts {
public:
    /// A missing file allows nobody, too.
    static Result<RelayHosts> load(sys::FileSystem& files, const std::string& path);
    static Result<RelayHosts> parse(std::string_view text, std::string_view path);
    /// `peer_name`: verified reverse name, "" = unknown.
    bool allows(const IpAddress& peer, std::string_view peer_name) const;
    bool has_hostnames() const { return !names_.empty(); }

private:
    std::vector<IpNetwork> networks_;
    std::vector<std::string> names_;
};

}  // namespace postern::accounts
