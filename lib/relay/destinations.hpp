// SPDX-License-Identifier: BSD-2-Clause
// Which due messages go the same way, told from their names alone: no file is opened before its turn. Pure.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"
#include "spool/lane_listing.hpp"

namespace postern::relay {

/// What stands in the name of a message for several domains.
inline constexpr std::string_view kSeveralDomains = "+";

struct Destination {
    std::string domain;  ///< as in the name: the domain, a hash of it, or "+" for several
    std::deque<spool::DueFile> files;

    bool has_several_domains() const;
    /// Somebody there; nothing where the name does not tell the domain.
    std::optional<mail::Address> somebody() const;
};

/// In the order of their most urgent file, those of several domains last; files keep their order.
std::vector<Destination> by_destination(std::vector<spool::DueFile> due);

}  // namespace postern::relay
