// SPDX-License-Identifier: BSD-2-Clause
// A mailbox address (RFC 5321 §4.1.2, with what RFC 6531 §3.3 adds), parsed once; the value cannot hold an
// illegal one. The paths of MAIL and RCPT with their angle brackets are parsed here too; source routes are
// accepted and ignored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/ip_address.hpp"
#include "mail/domain.hpp"

namespace postern::mail {

/// local@domain or local@[literal]; local part at most 64 octets, the whole at most 254. The local part may
/// be UTF-8, the domain is held in A-labels.
class Address {
public:
    using Host = std::variant<Domain, IpAddress>;

    static std::optional<Address> parse(std::string_view text);
    /// From a local part without quotes ("john doe") and a domain; nothing when too long, not UTF-8
    /// or with control characters.
    static std::optional<Address> make(std::string_view local_part, const Domain& domain);

    /// Without quotes and backslashes, case as given.
    const std::string& local_part() const { return local_part_; }
    const Host& host() const { return host_; }
    /// The domain, or null for an address literal.
    const Domain* domain() const { return std::get_if<Domain>(&host_); }
    /// The domain's text or the literal with brackets: "example.org", "[192.0.2.1]".
    std::string host_text() const;
    /// Can it stand where SMTPUTF8 was not declared?
    bool is_ascii() const;
    /// As it stands in MAIL and RCPT without brackets; the local part quoted only where it must be.
    std::string to_string() const;

    /// Same host, same local part with regard to case (RFC 5321 §2.4 leaves case to the host).
    bool operator==(const Address&) const = default;

private:
    Address(std::string local_part, Host host) : local_part_(std::move(local_part)), host_(std::move(host)) {}
    std::string local_part_;
    Host host_;
};

/// What stands behind an @: a domain, or an address literal in brackets.
std::optional<Address::Host> parse_host(std::string_view text);

/// MAIL FROM:<…>. `std::nullopt` inside = the null reverse-path "<>".
using ReversePath = std::optional<Address>;

/// RCPT TO:<…>: an address, or a bare local part without domain ("postmaster", RFC 5321 §4.5.1).
struct BareName {
    std::string local_part;
    bool operator==(const BareName&) const = default;
};
using ForwardPath = std::variant<Address, BareName>;

/// What stands in front of the first parameter, and the parameters' text behind it.
template <class Path>
struct ParsedPath {
    Path path;
    std::string_view rest;  ///< "" or what follows the path and one space
};

/// `text` is what follows "FROM:" / "TO:". Nothing when it is no legal path.
std::optional<ParsedPath<ReversePath>> parse_reverse_path(std::string_view text);
std::optional<ParsedPath<ForwardPath>> parse_forward_path(std::string_view text);

}  // namespace postern::mail
