// SPDX-License-Identifier: BSD-2-Clause
// About whom the limiter counts, as a number: a source, which is an IPv4 address or an IPv6 /64 (who has one
// address of a /64 has them all), or an account. A source can be read back from its number. Numbers of IPv4
// addresses and accounts are IPv6 networks that nobody has (RFC 4291 §2.4: 0000::/8, 0100::/64).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"
#include "mail/address.hpp"

namespace postern::policy {

class Subject {
public:
    static Subject source(const IpAddress& address);
    static Subject account(const mail::Address& address);
    /// "192.0.2.7", "2001:db8::1", "2001:db8::/64".
    static std::optional<Subject> parse_source(std::string_view text);
    static Subject from_number(std::uint64_t number) { return Subject(number); }

    /// Never 0.
    std::uint64_t number() const { return number_; }
    bool is_account() const;
    /// "192.0.2.7", "2001:db8:0:1::/64"; for sources only.
    std::string to_string() const;

    bool operator==(const Subject&) const = default;

private:
    explicit Subject(std::uint64_t number) : number_(number) {}
    std::uint64_t number_;
};

}  // namespace postern::policy
