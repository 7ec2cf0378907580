// SPDX-License-Identifier: BSD-2-Clause
// Reads a master file (RFC 1035 §5): $ORIGIN, $TTL, @, relative names, names left out, parentheses,
// comments. Kept are A, AAAA, MX, PTR and CNAME; of other types only that the name exists. $INCLUDE is an
// error. Several zones may stand in one file.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip_address.hpp"
#include "base/result.hpp"
#include "dns/records.hpp"

namespace postern::dns {

/// What a name has.
struct ZoneNode {
    std::vector<IpAddress> addresses = {};
    std::vector<MxRecord> mail_exchangers = {};
    std::vector<std::string> names = {};  ///< PTR
    std::string alias_of = {};            ///< CNAME, "" = none
};

using Zone = std::map<std::string, ZoneNode>;

/// `path` names the file in errors ("FILE:LINE: …", Fault::configuration).
Result<Zone> parse_zone_file(std::string_view text, std::string_view path);

}  // namespace postern::dns
