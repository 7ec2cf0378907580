// SPDX-License-Identifier: BSD-2-Clause
#include "dns/verified_name.hpp"

#include <algorithm>
#include <optional>

namespace postern::dns {

namespace {

/// An address has one name, seldom two; a list of hundreds is an attempt to keep us busy.
constexpr std::size_t kMostNames = 5;

}  // namespace

Result<std::string> verified_name(Resolver& resolver, const IpAddress& address) {
    POSTERN_ASSIGN(auto names, resolver.names_of(address));
    if (names.records.size() > kMostNames) names.records.resize(kMostNames);
    std::optional<Error> trouble;
    for (const auto& name : names.records) {
        const auto back = resolver.addresses(name, address.family());
        if (!back) trouble = back.error();
        if (back && std::ranges::find(back->records, address) != back->records.end()) return name;
    }
    if (trouble) return *trouble;
    return std::string();
}

}  // namespace postern::dns
