// SPDX-License-Identifier: BSD-2-Clause
// Which hosts take a domain's mail, and in which order (RFC 5321 §5.1, RFC 7505). Pure: records and
// random numbers in, hosts out. Two steps, because a host is known by its addresses, too:
// order_mail_hosts, then (addresses filled in) without_this_server.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ip_address.hpp"
#include "dns/records.hpp"

namespace postern::dns {

struct MailHost {
    std::string name;
    std::uint16_t preference = 0;
    std::vector<IpAddress> addresses = {};
    bool operator==(const MailHost&) const = default;
};

/// The domain takes no mail, and never will by itself. `status` is RFC 3463's, "5.1.10".
struct NoMailHosts {
    std::string status;
    std::string reason;
    bool operator==(const NoMailHosts&) const = default;
};

/// This server, as it would stand in a list of mail hosts.
struct ThisServer {
    std::string hostname;
    std::vector<IpAddress> addresses = {};
};

using MailHosts = std::variant<std::vector<MailHost>, NoMailHosts>;

/// Lowest preference first; among equal ones the smaller random number. `random` has a number a record.
/// A domain without MX records is its own mail host. Addresses are left empty.
MailHosts order_mail_hosts(std::string_view domain, const Lookup<MxRecord>& answer,
                           std::span<const std::uint32_t> random);

/// Where this server stands in the list, it and all hosts of equal or worse preference are dropped: they
/// would send the message back. None left: a loop.
MailHosts without_this_server(std::vector<MailHost> hosts, const ThisServer& self);

}  // namespace postern::dns
