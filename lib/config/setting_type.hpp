// SPDX-License-Identifier: BSD-2-Clause
// What kinds of values settings have, and the check of a value against its kind and bounds. A value that
// has passed can be stored without asking again.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"
#include "config/value.hpp"
#include "relay/options.hpp"
#include "server/kick_hosts.hpp"
#include "tls/options.hpp"

namespace postern::config {

enum class SettingType {
    number,        ///< bounds: least, most
    decimal,       ///< 1.5 or 2; bounds: least, most
    duration,      ///< "30m"; bounds in milliseconds
    flag,          ///< true or false
    choice,        ///< one of `choices`
    domain,        ///< a domain name
    host,          ///< a domain name or an IP address
    address,       ///< an IP address
    addresses,     ///< a list of IP addresses
    networks,      ///< a list of IP addresses and ranges (CIDR)
    words,         ///< a list of words, at least one
    dns_servers,   ///< a list of ADDRESS or ADDRESS@PORT
    kick_hosts,    ///< a list of "ADDRESS DOMAIN..."
    tls_version,   ///< 1.2 or 1.3, as a number or a string
    ciphers,       ///< names with a colon between, as openssl-ciphers(1) has them
    path,          ///< of a directory; not empty
    file,          ///< its path, from the root
    file_pattern,  ///< of a file below a directory; strftime(3); no "..", not absolute
};

struct Bounds {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
    std::string_view choices = {};  ///< words with a space between
};

/// In words for people: "a whole number from 100 to 50000", "one of: file none".
std::string allowed_values(SettingType type, const Bounds& bounds);
bool is_allowed(SettingType type, const Bounds& bounds, const Value& value);

/// The same as types of the options; `value` has passed is_allowed.
double to_decimal(const Value& value);
std::chrono::milliseconds to_duration(const Value& value);
std::vector<IpAddress> to_addresses(const Value& value);
std::vector<IpNetwork> to_networks(const Value& value);
std::vector<std::string> to_words(const Value& value);
std::vector<server::KickHost> to_kick_hosts(const Value& value);
tls::Version to_tls_version(const Value& value);
std::vector<relay::DnsServer> to_dns_servers(const Value& value);

}  // namespace postern::config
