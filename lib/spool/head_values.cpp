// SPDX-License-Identifier: BSD-2-Clause
#include "spool/head_values.hpp"

#include "base/ascii.hpp"

namespace postern::spool {

namespace {

mail::BodyType parse_body(std::string_view text) {
    if (text == "7BIT") return mail::BodyType::seven_bit;
    if (text == "8BITMIME") return mail::BodyType::eight_bit_mime;
    if (text == "BINARYMIME") return mail::BodyType::binary_mime;
    return mail::BodyType::unknown;
}

mail::ReturnedPart parse_returned_part(std::string_view text) {
    if (text == "HDRS") return mail::ReturnedPart::header;
    if (text == "FULL") return mail::ReturnedPart::whole;
    return mail::ReturnedPart::unsaid;
}

}  // namespace

bool HeadValues::refuse(std::string_view key) {
    refused_ = key;
    return false;
}

std::string HeadValues::trouble(std::string_view otherwise) const {
    return refused_.empty() ? std::string(otherwise) : "line 1: bad value of \"" + refused_ + "\"";
}

bool HeadValues::take_reverse_path(const std::string& value) {
    has_reverse_path_ = true;
    if (value.empty()) return true;
    envelope_.reverse_path = mail::Address::parse(value);
    return envelope_.reverse_path || refuse("from");
}

bool HeadValues::take(std::string_view key, const std::string& value) {
    if (key == "v") return (has_version_ = value == "1") || refuse(key);
    if (key == "id") return (id_ = MessageId::parse(value)) || refuse(key);
    if (key == "lane") return (lane_ = parse_lane(value)) || refuse(key);
    if (key == "not_before") return (not_before_ = parse_rfc3339(value)) || refuse(key);
    if (key == "received") return (received_ = parse_rfc3339(value)) || refuse(key);
    if (key == "parent") return (parent_ = MessageId::parse(value)) || refuse(key);
    if (key == "from") return take_reverse_path(value);
    if (key == "body") envelope_.body = parse_body(value);
    if (key == "smtputf8") envelope_.smtputf8 = value == "true";
    if (key == "ret") envelope_.ret = parse_returned_part(value);
    if (key == "envid") envelope_.envid = value;
    if (key == "requiretls") envelope_.requires_tls = value == "true";
    return true;
}

bool HeadValues::take_peer(std::string_view key, const std::string& value) {
    mail::PeerFacts& peer = envelope_.peer;
    if (key == "ip") peer.ip = value;
    if (key == "port") peer.port = ascii::parse_number<std::uint16_t>(value).value_or(0);
    if (key == "name") peer.name = value;
    if (key == "helo") peer.helo = value;
    if (key == "tls") peer.tls = value;
    if (key == "user") peer.user = value;
    if (key == "service") peer.service = value;
    if (key == "session") peer.session = value;
    return true;
}

bool HeadValues::take_recipient(std::string_view key, const std::string& value) {
    if (key == "address") return (address_ = mail::Address::parse(value)) || refuse(key);
    if (key == "notify") notify_ = value;
    if (key == "orcpt") orcpt_ = value;
    if (key == "for") return (on_behalf_of_ = mail::Address::parse(value)) || refuse(key);
    return true;
}

bool HeadValues::end_recipient() {
    if (!address_) return refuse("to");
    envelope_.recipients.push_back(
        {*std::move(address_), std::move(notify_), std::move(orcpt_), std::move(on_behalf_of_)});
    address_.reset();
    notify_.clear();
    orcpt_.clear();
    on_behalf_of_.reset();
    return true;
}

std::optional<Head> HeadValues::head() && {
    const bool is_whole = has_version_ && id_ && lane_ && not_before_ && received_ && has_reverse_path_ &&
                          !envelope_.recipients.empty();
    if (!is_whole) return std::nullopt;
    envelope_.received = *received_;
    if (*not_before_ > *received_) envelope_.release_at = not_before_;
    return Head{*std::move(id_), *lane_, *not_before_, std::move(parent_), std::move(envelope_)};
}

}  // namespace postern::spool
