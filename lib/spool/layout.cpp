// SPDX-License-Identifier: BSD-2-Clause
#include "spool/layout.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/hash.hpp"

namespace postern::spool {

namespace {

constexpr std::size_t kIdLength = 26;
constexpr std::size_t kLongestDomain = 200;
constexpr std::size_t kHashOctets = 16;

/// What a domain, an address literal, "+" or "=" is made of: nothing that could be a path.
bool is_domain_character(char c) {
    return ascii::is_alnum(c) || std::string_view("-._+=[]:").find(c) != std::string_view::npos;
}

bool is_domain_part(std::string_view text) {
    return !text.empty() && text.size() <= kLongestDomain &&
           std::all_of(text.begin(), text.end(), is_domain_character);
}

}  // namespace

std::string_view to_string(Lane lane) { return lane == Lane::received ? "received" : "relay"; }

std::optional<Lane> parse_lane(std::string_view text) {
    if (text == "received") return Lane::received;
    if (text == "relay") return Lane::relay;
    return std::nullopt;
}

std::string RelayName::to_string() const {
    const bool is_short = domain.size() <= kLongestDomain;
    return std::to_string(priority) + "." + id.text() + "@" +
           (is_short ? domain : hash_hex(kHashOctets, domain));
}

std::optional<RelayName> RelayName::parse(std::string_view name) {
    constexpr std::size_t at = 2 + kIdLength;
    if (name.size() <= at || !ascii::is_digit(name[0]) || name[1] != '.' || name[at] != '@')
        return std::nullopt;
    auto id = MessageId::parse(name.substr(2, kIdLength));
    const std::string_view domain = name.substr(at + 1);
    if (!id || !is_domain_part(domain)) return std::nullopt;
    return RelayName{name[0] - '0', *std::move(id), std::string(domain)};
}

std::optional<MessageId> id_in_name(Lane lane, std::string_view name) {
    if (lane == Lane::received) return MessageId::parse(name);
    if (auto relay = RelayName::parse(name)) return std::move(relay->id);
    return std::nullopt;
}

std::string Layout::lane(Lane lane) const { return directory_ + "/" + std::string(to_string(lane)); }

std::string Layout::minute(Lane lane, Minute minute) const {
    return this->lane(lane) + "/" + format_minute(minute);
}

std::optional<Lane> Layout::lane_of(std::string_view directory) const {
    for (const Lane candidate : {Lane::received, Lane::relay})
        if (directory.starts_with(lane(candidate) + "/")) return candidate;
    return std::nullopt;
}

}  // namespace postern::spool
