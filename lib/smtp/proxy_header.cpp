// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/proxy_header.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace postern::smtp {

namespace {

using namespace std::string_view_literals;
using Reading = std::variant<ProxyHeader, NotAllThere, NoProxyHeader>;

bool could_become(std::string_view input, std::string_view beginning) {
    const auto common = std::min(input.size(), beginning.size());
    return input.substr(0, common) == beginning.substr(0, common);
}

// Version 1: PROXY TCP4 192.0.2.7 192.0.2.1 56324 25

constexpr auto kTextMark = "PROXY "sv;
constexpr std::size_t kLongestTextHeader = 107;  // with CRLF

/// Digits alone, with no zero in front.
std::optional<std::uint16_t> parse_port(std::string_view text) {
    if (text.size() > 1 && text.front() == '0') return std::nullopt;
    return ascii::parse_number<std::uint16_t>(text);
}

std::optional<IpAddress> parse_address(std::string_view text, IpAddress::Family family) {
    const bool has_colon = text.find(':') != std::string_view::npos;
    if (has_colon != (family == IpAddress::Family::v6)) return std::nullopt;
    return IpAddress::parse(text);
}

std::optional<ProxyHeader::Connection> parse_connection(std::string_view words, IpAddress::Family family) {
    const auto source = parse_address(ascii::take_up_to(words, ' '), family);
    const auto destination = parse_address(ascii::take_up_to(words, ' '), family);
    const auto source_port = parse_port(ascii::take_up_to(words, ' '));
    const auto destination_port = parse_port(words);  // to the end: nothing may follow
    if (!source || !destination || !source_port || !destination_port) return std::nullopt;
    return ProxyHeader::Connection{{*source, *source_port}, {*destination, *destination_port}};
}

Reading parse_line(std::string_view line) {
    ProxyHeader header{.octets = line.size() + 2};
    auto words = line.substr(kTextMark.size());
    const auto protocol = ascii::take_up_to(words, ' ');
    if (protocol == "UNKNOWN") return header;  // whatever follows means nothing
    if (protocol != "TCP4" && protocol != "TCP6") return NoProxyHeader{};
    header.connection =
        parse_connection(words, protocol == "TCP4" ? IpAddress::Family::v4 : IpAddress::Family::v6);
    if (!header.connection) return NoProxyHeader{};
    return header;
}

Reading read_text(std::string_view input) {
    const auto line = input.substr(0, kLongestTextHeader);
    const auto cr = line.find('\r');
    if (cr == std::string_view::npos || cr + 1 == input.size())
        return input.size() < kLongestTextHeader ? Reading(NotAllThere{}) : NoProxyHeader{};
    if (cr + 1 == line.size() || line[cr + 1] != '\n') return NoProxyHeader{};
    return parse_line(line.substr(0, cr));
}

// Version 2: mark, version and command, family and protocol, length, addresses, more that has no meaning here

constexpr auto kBinaryMark = "\r\n\r\n\0\r\nQUIT\n"sv;
constexpr std::size_t kFixedPart = 16;

unsigned octet(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

std::uint16_t number(std::string_view text, std::size_t at) {
    return static_cast<std::uint16_t>(octet(text, at) << 8U | octet(text, at + 1));
}

template <std::size_t N>
std::array<std::uint8_t, N> octets(std::string_view text, std::size_t at) {
    std::array<std::uint8_t, N> taken{};
    std::ranges::copy(text.substr(at, N), taken.begin());
    return taken;
}

/// Two addresses of N octets, then two ports.
template <std::size_t N>
std::optional<ProxyHeader::Connection> connection_in(std::string_view block,
                                                     IpAddress (*make)(std::array<std::uint8_t, N>)) {
    if (block.size() < 2 * N + 4) return std::nullopt;
    return ProxyHeader::Connection{{make(octets<N>(block, 0)), number(block, 2 * N)},
                                   {make(octets<N>(block, N)), number(block, 2 * N + 2)}};
}

Reading parse_block(ProxyHeader header, unsigned family, std::string_view block) {
    switch (family) {
        case 0x11: header.connection = connection_in<4>(block, IpAddress::v4); break;   // TCP over IPv4
        case 0x21: header.connection = connection_in<16>(block, IpAddress::v6); break;  // TCP over IPv6
        case 0x00:                                                                      // unspecified
        case 0x12:
        case 0x22:  // UDP
        case 0x31:
        case 0x32: return header;  // unix sockets
        default: return NoProxyHeader{};
    }
    if (!header.connection) return NoProxyHeader{};
    return header;
}

Reading read_binary(std::string_view input) {
    if (input.size() < kFixedPart) return NotAllThere{};
    constexpr unsigned kLocal = 0x20, kProxy = 0x21;
    const auto command = octet(input, kBinaryMark.size());
    if (command != kLocal && command != kProxy) return NoProxyHeader{};
    const std::size_t length = number(input, kFixedPart - 2);
    if (input.size() < kFixedPart + length) return NotAllThere{};
    const ProxyHeader header{.octets = kFixedPart + length};
    if (command == kLocal) return header;
    return parse_block(header, octet(input, kBinaryMark.size() + 1), input.substr(kFixedPart, length));
}

}  // namespace

Reading read_proxy_header(std::string_view input) {
    if (could_become(input, kTextMark))
        return input.size() < kTextMark.size() ? Reading(NotAllThere{}) : read_text(input);
    if (could_become(input, kBinaryMark))
        return input.size() < kBinaryMark.size() ? Reading(NotAllThere{}) : read_binary(input);
    return NoProxyHeader{};
}

}  // namespace postern::smtp
