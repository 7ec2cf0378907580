// SPDX-License-Identifier: BSD-2-Clause
#include "mail/trace.hpp"

#include "base/ascii.hpp"
#include "mail/date.hpp"

namespace postern::mail {

namespace {

constexpr std::string_view kFold = "\r\n\t";

/// A name that the peer gave of itself, in a form that can end no token and no comment.
std::string harmless(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 255))
        out += ascii::is_alnum(c) || std::string_view(".-_:[]").find(c) != std::string_view::npos ? c : '?';
    return out;
}

/// TCP-info of §4.4: "(name [192.0.2.1])" or "([192.0.2.1])"; nothing for a peer without address.
std::string tcp_info(const PeerFacts& peer) {
    const auto address = IpAddress::parse(peer.ip);
    if (!address) return {};
    const std::string name = peer.name.empty() ? "" : harmless(peer.name) + ' ';
    return " (" + name + '[' + address->to_literal() + "])";
}

/// A user of this machine, in a comment where others have their TCP-info.
std::string local_info(const PeerFacts& peer) {
    return peer.login.empty() ? "" : " (local user " + harmless(peer.login) + ')';
}

/// Extended-Domain: what HELO said; the address when there was no HELO or it is not known what it said.
std::string from(const PeerFacts& peer) {
    return "from " + (peer.helo.empty() ? "unknown" : harmless(peer.helo)) + tcp_info(peer) +
           local_info(peer);
}

std::string_view name_of(Protocol protocol, bool smtputf8) {
    if (protocol == Protocol::lmtp) return smtputf8 ? "UTF8LMTP" : "LMTP";
    return smtputf8 ? "UTF8SMTP" : "ESMTP";
}

/// A user of this machine is known by his socket, he has not authenticated.
bool has_authenticated(const PeerFacts& peer) { return !peer.user.empty() && peer.login.empty(); }

/// RFC 3848: S for TLS, A for who has authenticated; RFC 6531 §4.3 has the names for a message that needs
/// SMTPUTF8.
std::string with(const Envelope& envelope) {
    if (envelope.protocol == Protocol::smtp) return "SMTP";
    std::string name(name_of(envelope.protocol, envelope.smtputf8));
    if (!envelope.peer.tls.empty()) name += 'S';
    if (has_authenticated(envelope.peer)) name += 'A';
    return name;
}

/// RFC 8314 §4.3, with the version of TLS in a comment.
std::string tls_clause(std::string_view tls) {
    const auto version = ascii::take_up_to(tls, ' ');
    return "tls " + harmless(tls) + " (" + harmless(version) + ')';
}

/// Nobody when there are several, and no UTF-8 in the header of a message that was not declared to have it.
bool may_name_recipient(const Envelope& envelope) {
    return envelope.recipients.size() == 1 &&
           (envelope.smtputf8 || envelope.recipients.front().address.is_ascii());
}

}  // namespace

std::string received_field(const Envelope& envelope, std::string_view by, std::string_view id) {
    std::string out = "Received: " + from(envelope.peer);
    out.append(kFold).append("by ").append(by).append(" with ").append(with(envelope));
    out.append(" id ").append(id);
    if (may_name_recipient(envelope))
        out.append(kFold).append("for <").append(envelope.recipients.front().address.to_string()).append(">");
    if (!envelope.peer.tls.empty()) out.append(kFold).append(tls_clause(envelope.peer.tls));
    return out.append(";").append(kFold).append(format_date(envelope.received)).append("\r\n");
}

std::string delivered_to_field(const Address& name) { return "Delivered-To: " + name.to_string() + "\r\n"; }

std::string return_path_field(const ReversePath& reverse_path) {
    return "Return-Path: <" + (reverse_path ? reverse_path->to_string() : "") + ">\r\n";
}

}  // namespace postern::mail
