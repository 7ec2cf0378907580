// SPDX-License-Identifier: BSD-2-Clause
#include "dns/rdata.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postern::dns {

namespace {

constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestName = 253;

template <std::size_t Octets>
std::array<std::uint8_t, Octets> octets_of(std::string_view rdata) {
    std::array<std::uint8_t, Octets> octets{};
    std::ranges::transform(rdata, octets.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
    return octets;
}

bool may_stand_in_label(char c) { return ascii::is_printable(c) && c != ' ' && c != '.'; }

}  // namespace

std::optional<IpAddress> read_address(std::string_view rdata, IpAddress::Family family) {
    const bool is_v4 = family == IpAddress::Family::v4;
    if (rdata.size() != (is_v4 ? 4U : 16U)) return std::nullopt;
    return is_v4 ? IpAddress::v4(octets_of<4>(rdata)) : IpAddress::v6(octets_of<16>(rdata));
}

std::optional<MxRecord> read_mx(std::string_view rdata) {
    if (rdata.size() < 3) return std::nullopt;
    const auto exchange = read_name(rdata.substr(2));
    if (!exchange) return std::nullopt;
    const auto [high, low] = octets_of<2>(rdata.substr(0, 2));
    return MxRecord{static_cast<std::uint16_t>(high << 8 | low), *exchange};
}

std::optional<std::string> read_name(std::string_view wire) {
    std::string name;
    while (!wire.empty()) {
        const auto length = static_cast<unsigned char>(wire.front());
        wire.remove_prefix(1);
        if (length == 0)
            return wire.empty() && name.size() <= kLongestName ? std::optional(name) : std::nullopt;
        if (length > kLongestLabel || length > wire.size()) return std::nullopt;
        const auto label = wire.substr(0, length);
        if (!std::ranges::all_of(label, may_stand_in_label)) return std::nullopt;
        if (!name.empty()) name += '.';
        name += ascii::lower(label);
        wire.remove_prefix(length);
    }
    return std::nullopt;
}

}  // namespace postern::dns
