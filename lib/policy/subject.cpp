// SPDX-License-Identifier: BSD-2-Clause
#include "policy/subject.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/hash.hpp"

namespace postern::policy {

namespace {

constexpr std::uint64_t kV4 = std::uint64_t{1} << 32;           // ::1:0:0/64 and what follows
constexpr std::uint64_t kZeroNetwork = std::uint64_t{2} << 32;  // stands for ::/64, where ::1 is
constexpr std::uint64_t kAccount = std::uint64_t{1} << 56;      // 0100::/8
constexpr std::uint64_t kAccountHash = kAccount - 1;
constexpr std::size_t kHashOctets = 16;  // the shortest that BLAKE2b gives here
constexpr std::string_view kV6Prefix = "/64";

std::uint64_t big_endian(std::span<const std::uint8_t> octets) {
    std::uint64_t number = 0;
    for (const auto octet : octets) number = number << 8 | octet;
    return number;
}

void put_big_endian(std::uint64_t number, std::span<std::uint8_t> octets) {
    for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet, number >>= 8)
        *octet = static_cast<std::uint8_t>(number);
}

}  // namespace

Subject Subject::source(const IpAddress& address) {
    const std::span octets(address.octets());
    if (address.is_v4()) return Subject(kV4 | big_endian(octets.first(4)));
    const auto network = big_endian(octets.first(8));
    return Subject(network == 0 ? kZeroNetwork : network);
}

Subject Subject::account(const mail::Address& address) {
    const auto digest = Hash(kHashOctets).add(ascii::lower(address.to_string())).finish();
    std::uint64_t number = 0;
    for (const char octet : digest.substr(0, sizeof number))
        number = number << 8 | static_cast<unsigned char>(octet);
    return Subject(kAccount | (number & kAccountHash));
}

std::optional<Subject> Subject::parse_source(std::string_view text) {
    const bool is_network = text.ends_with(kV6Prefix);
    if (is_network) text.remove_suffix(kV6Prefix.size());
    const auto address = IpAddress::parse(text);
    if (!address || (is_network && address->is_v4())) return std::nullopt;
    return source(*address);
}

bool Subject::is_account() const { return (number_ & ~kAccountHash) == kAccount; }

std::string Subject::to_string() const {
    if (number_ >> 32 == kV4 >> 32) {
        std::array<std::uint8_t, 4> octets{};
        put_big_endian(number_, octets);
        return IpAddress::v4(octets).to_string();
    }
    std::array<std::uint8_t, 16> octets{};
    put_big_endian(number_ == kZeroNetwork ? 0 : number_, std::span(octets).first(8));
    return IpAddress::v6(octets).to_string() + std::string(kV6Prefix);
}

}  // namespace postern::policy
