// SPDX-License-Identifier: BSD-2-Clause
#include "base/ip_address.hpp"

#include <algorithm>

#include <arpa/inet.h>

#include "base/ascii.hpp"

namespace postern {

namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/// Octet `index` of a mask of `prefix` one bits.
std::uint8_t mask_octet(unsigned prefix, unsigned index) {
    const unsigned bits = prefix > 8 * index ? std::min(8U, prefix - 8 * index) : 0;
    return static_cast<std::uint8_t>(0xff00U >> bits);
}

}  // namespace

IpAddress IpAddress::v4(std::array<std::uint8_t, 4> octets) {
    IpAddress address;
    std::copy(octets.begin(), octets.end(), address.octets_.begin());
    return address;
}

IpAddress IpAddress::v6(std::array<std::uint8_t, 16> octets) {
    if (std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), octets.begin()))
        return v4({octets[12], octets[13], octets[14], octets[15]});
    IpAddress address;
    address.family_ = Family::v6;
    address.octets_ = octets;
    return address;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    const std::string terminated(text);
    if (std::array<std::uint8_t, 4> four{}; inet_pton(AF_INET, terminated.c_str(), four.data()) == 1)
        return v4(four);
    if (std::array<std::uint8_t, 16> six{}; inet_pton(AF_INET6, terminated.c_str(), six.data()) == 1)
        return v6(six);
    return std::nullopt;
}

bool IpAddress::is_loopback() const {
    if (is_v4()) return octets_[0] == 127;
    return std::all_of(octets_.begin(), octets_.end() - 1, [](auto o) { return o == 0; }) && octets_[15] == 1;
}

std::string IpAddress::to_string() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(is_v4() ? AF_INET : AF_INET6, octets_.data(), text.data(), text.size());
    return text.data();
}

std::string IpAddress::to_literal() const { return is_v4() ? to_string() : "IPv6:" + to_string(); }

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto base = IpAddress::parse(text.substr(0, slash));
    if (!base) return std::nullopt;
    const unsigned width = base->is_v4() ? 32 : 128;
    if (slash == std::string_view::npos) return IpNetwork(*base, width);
    const auto prefix = ascii::parse_number<unsigned>(text.substr(slash + 1));
    if (!prefix || *prefix > width) return std::nullopt;
    for (unsigned i = 0; i < base->octets().size(); ++i)
        if ((base->octets()[i] & ~mask_octet(*prefix, i)) != 0) return std::nullopt;
    return IpNetwork(*base, *prefix);
}

bool IpNetwork::contains(const IpAddress& address) const {
    if (address.family() != base_.family()) return false;
    for (unsigned i = 0; i < address.octets().size(); ++i)
        if ((address.octets()[i] & mask_octet(prefix_, i)) != base_.octets()[i]) return false;
    return true;
}

std::string IpNetwork::to_string() const {
    const unsigned width = base_.is_v4() ? 32 : 128;
    return prefix_ == width ? base_.to_string() : base_.to_string() + "/" + std::to_string(prefix_);
}

}  // namespace postern
