// SPDX-License-Identifier: BSD-2-Clause
#include "dns/zone_resolver.hpp"

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"
#include "dns/reverse_name.hpp"

namespace postern::dns {

namespace {

constexpr int kLongestChain = 16;  // CNAMEs; a loop is longer than any

template <class Record>
Lookup<Record> as_lookup(std::vector<Record> records) {
    using Kind = typename Lookup<Record>::Kind;
    return {records.empty() ? Kind::no_data : Kind::found, std::move(records)};
}

template <class Record>
Lookup<Record> no_such_name() {
    return {Lookup<Record>::Kind::no_such_name, {}};
}

/// "a.b.c" → "b.c"; "" behind the last label.
std::string parent_of(const std::string& name) {
    const auto dot = name.find('.');
    return dot == std::string::npos ? std::string() : name.substr(dot + 1);
}

}  // namespace

bool ZoneResolver::has_names_below(const std::string& name) const {
    return std::ranges::any_of(zone_, [&](const auto& entry) { return entry.first.ends_with("." + name); });
}

const ZoneNode* ZoneResolver::find_exact_or_wildcard(const std::string& name) const {
    static const ZoneNode kEmpty{};
    if (const auto exact = zone_.find(name); exact != zone_.end()) return &exact->second;
    if (has_names_below(name)) return &kEmpty;  // an empty non-terminal exists, too
    for (auto above = parent_of(name); !above.empty(); above = parent_of(above)) {
        if (const auto star = zone_.find("*." + above); star != zone_.end()) return &star->second;
        if (zone_.contains(above) || has_names_below(above))
            return nullptr;  // RFC 4592: the closest encloser
    }
    return nullptr;
}

Result<const ZoneNode*> ZoneResolver::find(const std::string& name) const {
    std::string wanted = ascii::lower(name);
    for (int step = 0; step < kLongestChain; ++step) {
        const auto* node = find_exact_or_wildcard(wanted);
        if (node == nullptr || node->alias_of.empty()) return node;
        wanted = node->alias_of;
    }
    return Error(Fault::temporary, "CNAMEs of " + name + " lead nowhere");
}

Result<Lookup<MxRecord>> ZoneResolver::mail_exchangers(const std::string& domain) {
    POSTERN_ASSIGN(const auto* node, find(domain));
    if (node == nullptr) return no_such_name<MxRecord>();
    return as_lookup(node->mail_exchangers);
}

Result<Lookup<MxRecord>> ZoneResolver::proven_mail_exchangers(const std::string& domain) {
    auto answer = mail_exchangers(domain);
    if (answer) answer->is_proven = true;
    return answer;
}

Result<Lookup<IpAddress>> ZoneResolver::addresses(const std::string& host, IpAddress::Family family) {
    POSTERN_ASSIGN(const auto* node, find(host));
    if (node == nullptr) return no_such_name<IpAddress>();
    std::vector<IpAddress> wanted;
    std::ranges::copy_if(node->addresses, std::back_inserter(wanted),
                         [&](const auto& address) { return address.family() == family; });
    return as_lookup(std::move(wanted));
}

Result<Lookup<std::string>> ZoneResolver::names_of(const IpAddress& address) {
    POSTERN_ASSIGN(const auto* node, find(reverse_name(address)));
    if (node == nullptr) return no_such_name<std::string>();
    return as_lookup(node->names);
}

}  // namespace postern::dns
