// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/xclient.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/ip_address.hpp"
#include "mail/domain.hpp"
#include "mail/xtext.hpp"
#include "smtp/helo_name.hpp"

namespace postern::smtp {

namespace {

constexpr std::string_view kIpv6Tag = "IPV6:";
constexpr std::size_t kLongestLogin = 255;

/// Takes the value into `told`; false when it is not legal. "" = unknown.
using ValueReader = bool (*)(std::string_view value, Xclient& told);

struct Attribute {
    std::string_view name;
    ValueReader read;
};

std::optional<IpAddress> parse_client_address(std::string_view text) {
    if (!ascii::starts_ignoring_case(text, kIpv6Tag)) return IpAddress::parse(text);
    return IpAddress::parse(text.substr(kIpv6Tag.size()));
}

bool read_address(std::string_view value, std::string& address) {
    const auto parsed = parse_client_address(value);
    if (!parsed && !value.empty()) return false;
    address = parsed ? parsed->to_string() : "";
    return true;
}

bool read_port(std::string_view value, std::uint16_t& port) {
    const auto parsed = ascii::parse_number<std::uint16_t>(value);
    if (!parsed && !value.empty()) return false;
    port = parsed.value_or(0);
    return true;
}

bool read_name(std::string_view value, Xclient& told) {
    const auto domain = mail::Domain::parse(value);
    if (!domain && !value.empty()) return false;
    told.peer.name = domain ? domain->text() : "";
    return true;
}

bool read_protocol(std::string_view value, Xclient& told) {
    if (ascii::equals_ignoring_case(value, "SMTP"))
        told.protocol = mail::Protocol::smtp;
    else if (ascii::equals_ignoring_case(value, "ESMTP"))
        told.protocol = mail::Protocol::esmtp;
    else
        return value.empty();
    return true;
}

bool read_helo(std::string_view value, Xclient& told) {
    told.peer.helo = value;
    return value.empty() || is_helo_name(value);
}

bool read_login(std::string_view value, Xclient& told) {
    told.peer.user = value;
    return value.size() <= kLongestLogin && std::ranges::all_of(value, ascii::is_printable);
}

bool read_destination(std::string_view value, Xclient& told) { return read_address(value, told.destination); }

bool read_destination_port(std::string_view value, Xclient& told) {
    std::uint16_t port = 0;
    if (!read_port(value, port)) return false;
    if (!value.empty() && !told.destination.empty()) told.destination += ':' + std::to_string(port);
    return true;
}

constexpr std::array kAttributes{
    Attribute{"ADDR", [](std::string_view v, Xclient& told) { return read_address(v, told.peer.ip); }},
    Attribute{"NAME", read_name},
    Attribute{"PORT", [](std::string_view v, Xclient& told) { return read_port(v, told.peer.port); }},
    Attribute{"PROTO", read_protocol},
    Attribute{"HELO", read_helo},
    Attribute{"LOGIN", read_login},
    Attribute{"DESTADDR", read_destination},
    Attribute{"DESTPORT", read_destination_port},
};

/// The octets that a value stands for; "" for one that is unavailable.
std::optional<std::string> decode(std::string_view value) {
    if (ascii::equals_ignoring_case(value, "[UNAVAILABLE]") ||
        ascii::equals_ignoring_case(value, "[TEMPUNAVAIL]"))
        return "";
    if (value.empty()) return std::nullopt;
    return mail::from_xtext(value);
}

/// The value behind "NAME=" in `attributes`; nothing where it does not stand.
std::optional<std::string_view> find_value(std::string_view attributes, std::string_view name) {
    std::optional<std::string_view> found;
    while (!attributes.empty()) {
        const auto space = std::min(attributes.find(' '), attributes.size());
        const auto word = attributes.substr(0, space);
        const auto equals = std::min(word.find('='), word.size());
        if (ascii::equals_ignoring_case(word.substr(0, equals), name))
            found = word.substr(std::min(equals + 1, word.size()));
        attributes.remove_prefix(std::min(space + 1, attributes.size()));
    }
    return found;
}

bool knows_each(std::string_view attributes) {
    while (!attributes.empty()) {
        const auto space = std::min(attributes.find(' '), attributes.size());
        const auto name = attributes.substr(0, std::min(attributes.find('='), space));
        const bool known = std::ranges::any_of(kAttributes, [&](const Attribute& attribute) {
            return ascii::equals_ignoring_case(attribute.name, name);
        });
        if (!known && space > 0) return false;
        attributes.remove_prefix(std::min(space + 1, attributes.size()));
    }
    return true;
}

/// What stays of the client before: nothing but which session of which service this is, if it is another one.
mail::PeerFacts beginning(std::string_view attributes, const mail::PeerFacts& before) {
    if (!find_value(attributes, "ADDR")) return before;
    mail::PeerFacts peer;
    peer.service = before.service;
    peer.session = before.session;
    return peer;
}

}  // namespace

std::optional<Xclient> parse_xclient(std::string_view attributes, const mail::PeerFacts& before) {
    if (!knows_each(attributes)) return std::nullopt;
    Xclient told{.peer = beginning(attributes, before)};
    for (const auto& attribute : kAttributes) {
        const auto text = find_value(attributes, attribute.name);
        if (!text) continue;
        const auto value = decode(*text);
        if (!value || !attribute.read(*value, told)) return std::nullopt;
    }
    return told;
}

}  // namespace postern::smtp
