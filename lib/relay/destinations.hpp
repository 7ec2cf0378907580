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
#include "spool/layout.hpp"

namespace postern::relay {

struct Destination {
    std::string domain;  ///< as in the name: the domain, a hash of it, "+" for several, "=" for the filter
    std::deque<spool::DueFile> files;

    bool has_several_domains() const { return domain == spool::kSeveralDomains; }
    bool is_for_filter() const { return domain == spool::kToFilter; }
    /// Somebody there who has no mailbox of his own here (a domain that is passed on may have some); nothing
    /// where the name does not tell the domain.
    std::optional<mail::Address> somebody() const;
};

/// In the order of their most urgent file, those of several domains last; files keep their order.
std::vector<Destination> by_destination(std::vector<spool::DueFile> due);

}  // namespace postern::relay
