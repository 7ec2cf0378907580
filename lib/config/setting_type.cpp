// SPDX-License-Identifier: BSD-2-Clause
#include "config/setting_type.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/time.hpp"
#include "mail/domain.hpp"
#include "sys/log_file.hpp"

namespace postern::config {

namespace {

bool is_within(const Bounds& bounds, std::uint64_t number) {
    return number >= bounds.least && number <= bounds.most;
}

bool is_decimal_within(const Bounds& bounds, double number) {
    return number >= static_cast<double>(bounds.least) && number <= static_cast<double>(bounds.most);
}

bool is_duration_within(const Bounds& bounds, std::string_view text) {
    const auto duration = parse_duration(text);
    return duration && duration->count() >= 0 &&
           is_within(bounds, static_cast<std::uint64_t>(duration->count()));
}

bool is_choice(std::string_view choices, std::string_view word) {
    while (!choices.empty()) {
        const std::size_t end = std::min(choices.find(' '), choices.size());
        if (choices.substr(0, end) == word) return true;
        choices.remove_prefix(std::min(end + 1, choices.size()));
    }
    return false;
}

std::optional<relay::DnsServer> parse_dns_server(std::string_view text) {
    const std::size_t at = text.find('@');
    const auto address = IpAddress::parse(text.substr(0, at));
    if (!address) return std::nullopt;
    if (at == std::string_view::npos) return relay::DnsServer{*address, 53};
    const auto port = ascii::parse_number<std::uint16_t>(text.substr(at + 1));
    if (!port || *port == 0) return std::nullopt;
    return relay::DnsServer{*address, *port};
}

bool is_word(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, ascii::is_printable) && text.find(' ') == text.npos;
}

bool is_list(SettingType type) {
    switch (type) {
        case SettingType::addresses:
        case SettingType::networks:
        case SettingType::kick_hosts:
        case SettingType::words:
        case SettingType::dns_servers: return true;
        default: return false;
    }
}

bool is_cipher_octet(char c) {
    return ascii::is_alnum(c) || std::string_view("-_:+!@=").find(c) != std::string_view::npos;
}

bool is_cipher_list(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_cipher_octet);
}

bool is_file_pattern(std::string_view text) { return static_cast<bool>(sys::log_file_name(text, Instant{})); }

bool is_allowed_text(SettingType type, const Bounds& bounds, std::string_view text) {
    switch (type) {
        case SettingType::duration: return is_duration_within(bounds, text);
        case SettingType::choice: return is_choice(bounds.choices, text);
        case SettingType::domain: return mail::Domain::parse(text).has_value();
        case SettingType::host: return IpAddress::parse(text) || mail::Domain::parse(text);
        case SettingType::address:
        case SettingType::addresses: return IpAddress::parse(text).has_value();
        case SettingType::networks: return IpNetwork::parse(text).has_value();
        case SettingType::words: return is_word(text);
        case SettingType::dns_servers: return parse_dns_server(text).has_value();
        case SettingType::kick_hosts: return server::parse_kick_host(text).has_value();
        case SettingType::tls_version: return text == "1.2" || text == "1.3";
        case SettingType::ciphers: return is_cipher_list(text);
        case SettingType::path: return !text.empty() && text.find('\0') == std::string_view::npos;
        case SettingType::file: return text.starts_with('/') && text.find('\0') == std::string_view::npos;
        case SettingType::file_pattern: return is_file_pattern(text);
        default: return false;
    }
}

}  // namespace

std::string allowed_values(SettingType type, const Bounds& bounds) {
    const auto milliseconds = [](std::uint64_t count) {
        return format_duration(std::chrono::milliseconds(count));
    };
    switch (type) {
        case SettingType::number:
            return "a whole number from " + std::to_string(bounds.least) + " to " +
                   std::to_string(bounds.most);
        case SettingType::decimal:
            return "a number from " + std::to_string(bounds.least) + " to " + std::to_string(bounds.most);
        case SettingType::duration:
            return "a duration from \"" + milliseconds(bounds.least) + "\" to \"" +
                   milliseconds(bounds.most) + "\"";
        case SettingType::flag: return "true or false";
        case SettingType::choice: return "one of: " + std::string(bounds.choices);
        case SettingType::domain: return "a domain name";
        case SettingType::host: return "a domain name or an IP address";
        case SettingType::address: return "an IP address";
        case SettingType::addresses: return "a list of IP addresses";
        case SettingType::networks: return "a list of IP addresses and ranges (CIDR)";
        case SettingType::words: return "a list of words, at least one";
        case SettingType::dns_servers: return "a list of \"ADDRESS\" or \"ADDRESS@PORT\"";
        case SettingType::kick_hosts: return "a list of \"ADDRESS DOMAIN...\"";
        case SettingType::tls_version: return "1.2 or 1.3";
        case SettingType::ciphers: return "names of ciphers with a colon between (openssl-ciphers(1))";
        case SettingType::path: return "the path of a directory";
        case SettingType::file: return "the absolute path of a file";
        case SettingType::file_pattern: return "a relative file name, with strftime(3) conversions";
    }
    return {};
}

bool is_allowed(SettingType type, const Bounds& bounds, const Value& value) {
    switch (value.kind) {
        case Value::Kind::number:
            return (type == SettingType::number || type == SettingType::decimal) &&
                   is_within(bounds, value.number);
        case Value::Kind::decimal:
            if (type == SettingType::tls_version) return value.decimal == 1.2 || value.decimal == 1.3;
            return type == SettingType::decimal && is_decimal_within(bounds, value.decimal);
        case Value::Kind::flag: return type == SettingType::flag;
        case Value::Kind::text: return !is_list(type) && is_allowed_text(type, bounds, value.text);
        case Value::Kind::list:
            if (type == SettingType::words && value.elements.empty()) return false;
            return is_list(type) &&
                   std::all_of(value.elements.begin(), value.elements.end(), [&](const Value& element) {
                       return element.kind == Value::Kind::text &&
                              is_allowed_text(type, bounds, element.text);
                   });
        case Value::Kind::null:
        case Value::Kind::other: return false;
    }
    return false;
}

double to_decimal(const Value& value) {
    return value.kind == Value::Kind::number ? static_cast<double>(value.number) : value.decimal;
}

tls::Version to_tls_version(const Value& value) {
    return value.decimal == 1.3 || value.text == "1.3" ? tls::Version::tls13 : tls::Version::tls12;
}

std::chrono::milliseconds to_duration(const Value& value) {
    return parse_duration(value.text).value_or(std::chrono::milliseconds(0));
}

std::vector<IpAddress> to_addresses(const Value& value) {
    std::vector<IpAddress> addresses;
    for (const Value& element : value.elements)
        if (const auto address = IpAddress::parse(element.text)) addresses.push_back(*address);
    return addresses;
}

std::vector<IpNetwork> to_networks(const Value& value) {
    std::vector<IpNetwork> networks;
    for (const Value& element : value.elements)
        if (const auto network = IpNetwork::parse(element.text)) networks.push_back(*network);
    return networks;
}

std::vector<std::string> to_words(const Value& value) {
    std::vector<std::string> words;
    for (const Value& element : value.elements) words.push_back(element.text);
    return words;
}

std::vector<server::KickHost> to_kick_hosts(const Value& value) {
    std::vector<server::KickHost> hosts;
    for (const Value& element : value.elements)
        if (auto host = server::parse_kick_host(element.text)) hosts.push_back(*std::move(host));
    return hosts;
}

std::vector<relay::DnsServer> to_dns_servers(const Value& value) {
    std::vector<relay::DnsServer> servers;
    for (const Value& element : value.elements)
        if (const auto server = parse_dns_server(element.text)) servers.push_back(*server);
    return servers;
}

}  // namespace postern::config
