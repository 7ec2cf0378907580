// SPDX-License-Identifier: BSD-2-Clause
#include "mail/address.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "mail/address_literal.hpp"
#include "mail/local_part.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestAddress = 254;  // a path of 256 (RFC 5321 §4.5.3.1.3) without its brackets

}  // namespace

std::optional<Address::Host> parse_host(std::string_view text) {
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']') {
        const auto literal = parse_address_literal(text.substr(1, text.size() - 2));
        if (!literal) return std::nullopt;
        return Address::Host(*literal);
    }
    auto domain = Domain::parse(text);
    if (!domain) return std::nullopt;
    return Address::Host(std::move(*domain));
}

std::optional<Address> Address::parse(std::string_view text) {
    if (text.size() > kLongestAddress) return std::nullopt;
    const auto at = local_part_extent(text);
    if (at >= text.size() || text[at] != '@') return std::nullopt;
    auto local_part = parse_local_part(text.substr(0, at));
    auto host = parse_host(text.substr(at + 1));
    if (!local_part || !host) return std::nullopt;
    const auto* domain = std::get_if<Domain>(&*host);
    if (domain && at + 1 + domain->text().size() > kLongestAddress) return std::nullopt;  // in A-labels
    return Address(std::move(*local_part), std::move(*host));
}

std::optional<Address> Address::make(std::string_view local_part, const Domain& domain) {
    if (!utf8::is_text(local_part)) return std::nullopt;
    const std::string quoted = quote_local_part(local_part);
    if (quoted.size() > kLongestLocalPart) return std::nullopt;
    if (quoted.size() + 1 + domain.text().size() > kLongestAddress) return std::nullopt;
    return Address(std::string(local_part), domain);
}

bool Address::is_ascii() const { return ascii::is_ascii(local_part_); }

std::string Address::host_text() const {
    if (const Domain* name = domain()) return name->text();
    return '[' + std::get_if<IpAddress>(&host_)->to_literal() + ']';
}

std::string Address::to_string() const { return quote_local_part(local_part_) + '@' + host_text(); }

}  // namespace postern::mail
