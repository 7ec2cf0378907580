// SPDX-License-Identifier: BSD-2-Clause
#include "relay/destinations.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/ascii.hpp"

namespace postern::relay {

namespace {

constexpr std::size_t kHashLength = 32;

bool is_hash(std::string_view domain) {
    return domain.size() == kHashLength &&
           std::ranges::all_of(domain, [](char c) { return ascii::is_digit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::optional<mail::Address> Destination::somebody() const {
    if (has_several_domains() || is_for_filter() || is_hash(domain) || files.empty()) return std::nullopt;
    const auto name = spool::RelayName::parse(files.front().name);
    return mail::Address::parse((name ? name->id.text() : "nobody") + "@" + domain);
}

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
                          [](const Destination& one) { return !one.has_several_domains(); });
    return destinations;
}

}  // namespace postern::relay
