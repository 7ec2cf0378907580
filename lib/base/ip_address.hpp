// SPDX-License-Identifier: BSD-2-Clause
// An IPv4 or IPv6 address and a range of them (CIDR). Values: parsed once, compared as numbers.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postern {

class IpAddress {
public:
    enum class Family { v4, v6 };

    /// "192.0.2.1", "2001:db8::1". IPv4-mapped IPv6 ("::ffff:192.0.2.1") becomes IPv4.
    static std::optional<IpAddress> parse(std::string_view text);
    static IpAddress v4(std::array<std::uint8_t, 4> octets);
    /// IPv4-mapped octets become IPv4.
    static IpAddress v6(std::array<std::uint8_t, 16> octets);

    Family family() const { return family_; }
    bool is_v4() const { return family_ == Family::v4; }
    bool is_loopback() const;
    /// 16 octets; an IPv4 address stands in the first 4.
    const std::array<std::uint8_t, 16>& octets() const { return octets_; }

    /// The usual text form; IPv6 as RFC 5952.
    std::string to_string() const;
    /// As an SMTP address literal without brackets: "192.0.2.1" or "IPv6:2001:db8::1" (RFC 5321 §4.1.3).
    std::string to_literal() const;

    auto operator<=>(const IpAddress&) const = default;

private:
    IpAddress() = default;
    Family family_ = Family::v4;
    std::array<std::uint8_t, 16> octets_{};
};

/// A CIDR range; a single address is a range of one.
class IpNetwork {
public:
    /// "192.0.2.0/24", "2001:db8::/32", or a bare address. Bits behind the prefix must be zero.
    static std::optional<IpNetwork> parse(std::string_view text);
    bool contains(const IpAddress& address) const;
    std::string to_string() const;

private:
    IpNetwork(IpAddress base, unsigned prefix) : base_(base), prefix_(prefix) {}
    IpAddress base_;
    unsigned prefix_;
};

}  // namespace postern
