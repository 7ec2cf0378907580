// SPDX-License-Identifier: BSD-2-Clause
#include "relay/destinations.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "spool/layout.hpp"

namespace postern::relay {

namespace {

constexpr std::string_view kSeveral = "+";

}  // namespace

std::vector<Destination> by_destination(std::vector<spool::DueFile> due) {
    std::vector<Destination> destinations;
    std::map<std::string, std::size_t> places;
    for (auto& file : due) {
        const auto name = spool::RelayName::parse(file.name);
        if (!name) continue;  // list_due yields none such
        const auto [place, is_new] = places.try_emplace(name->domain, destinations.size());
        if (is_new) destinations.push_back({name->domain, {}});
        destinations[place->second].files.push_back(std::move(file));
    }
    std::stable_partition(destinations.begin(), destinations.end(),
                          [](const Destination& one) { return one.domain != kSeveral; });
    return destinations;
}

}  // namespace postern::relay
