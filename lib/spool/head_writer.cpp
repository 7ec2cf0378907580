// SPDX-License-Identifier: BSD-2-Clause
#include "base/ascii.hpp"
#include "base/json_text.hpp"
#include "spool/head.hpp"

namespace postern::spool {

namespace {

constexpr std::string_view kStateKey = R"({"state":")";
constexpr std::size_t kStateWidth = 8;  // the longest name with its closing quote
constexpr std::string_view kSizeKey = R"(,"size":)";
constexpr std::size_t kSizeWidth = 16;
constexpr std::string_view kSumKey = R"(,"sum":")";
constexpr std::size_t kSumWidth = 2 * kSumOctets;
static_assert(kStateKey.size() + kStateWidth + kSizeKey.size() + kSizeWidth + kSumKey.size() + kSumWidth +
                  1 ==
              kFixedLength);

constexpr std::size_t kUsualLength =
    1024;  // of what follows the fixed fields; more recipients make it longer

constexpr std::pair<FileState, std::string_view> kStates[] = {{FileState::writing, "writing"},
                                                              {FileState::live, "live"},
                                                              {FileState::done, "done"},
                                                              {FileState::free, "free"}};

std::string_view name_of(FileState state) {
    for (const auto& [known, name] : kStates)
        if (known == state) return name;
    return "";
}

/// Takes `width` octets off the front of `text`.
std::string_view take(std::string_view& text, std::size_t width) {
    const std::string_view taken = text.substr(0, width);
    text.remove_prefix(taken.size());
    return taken;
}

bool take_key(std::string_view& text, std::string_view key) { return take(text, key.size()) == key; }

std::optional<FileState> parse_state(std::string_view padded) {
    for (const auto& [state, name] : kStates)
        if (padded.starts_with(name) && padded.substr(name.size()).starts_with('"') &&
            ascii::trim(padded.substr(name.size() + 1)).empty())
            return state;
    return std::nullopt;
}

bool is_sum(std::string_view text) {
    return text.size() == kSumWidth && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string_view name_of(mail::BodyType body) {
    switch (body) {
        case mail::BodyType::seven_bit: return "7BIT";
        case mail::BodyType::eight_bit_mime: return "8BITMIME";
        case mail::BodyType::binary_mime: return "BINARYMIME";
        case mail::BodyType::unknown: break;
    }
    return "";
}

std::string_view name_of(mail::ReturnedPart part) {
    switch (part) {
        case mail::ReturnedPart::header: return "HDRS";
        case mail::ReturnedPart::whole: return "FULL";
        case mail::ReturnedPart::unsaid: break;
    }
    return "";
}

void write_peer(JsonWriter& json, const mail::PeerFacts& peer) {
    json.key("peer").open_object().member_unless_empty("ip", peer.ip);
    if (peer.port != 0) json.member("port", peer.port);
    json.member_unless_empty("name", peer.name).member_unless_empty("helo", peer.helo);
    json.member_unless_empty("tls", peer.tls).member_unless_empty("user", peer.user);
    json.member_unless_empty("service", peer.service).member_unless_empty("session", peer.session);
    json.close_object();
}

void write_recipients(JsonWriter& json, const std::vector<mail::Recipient>& recipients) {
    json.key("to").open_array();
    for (const mail::Recipient& recipient : recipients) {
        json.open_object().member("address", recipient.address.to_string());
        json.member_unless_empty("notify", recipient.notify).member_unless_empty("orcpt", recipient.orcpt);
        if (recipient.on_behalf_of) json.member("for", recipient.on_behalf_of->to_string());
        json.close_object();
    }
    json.close_array();
}

}  // namespace

std::string write_fixed_fields(const FixedFields& fields) {
    std::string text(kStateKey);
    (text += name_of(fields.state)) += '"';
    text.resize(kStateKey.size() + kStateWidth, ' ');
    const std::string size = std::to_string(fields.size);
    text += kSizeKey;
    text.append(kSizeWidth - std::min(kSizeWidth, size.size()), ' ') += size;
    text += kSumKey;
    text += fields.sum.empty() ? std::string(kSumWidth, '0') : fields.sum;
    return text += '"';
}

std::optional<FixedFields> parse_fixed_fields(std::string_view text) {
    if (!take_key(text, kStateKey)) return std::nullopt;
    const auto state = parse_state(take(text, kStateWidth));
    if (!state || !take_key(text, kSizeKey)) return std::nullopt;
    const auto size = ascii::parse_number<std::uint64_t>(ascii::trim(take(text, kSizeWidth)));
    if (!size || !take_key(text, kSumKey)) return std::nullopt;
    const std::string_view sum = take(text, kSumWidth);
    if (!is_sum(sum) || !take_key(text, "\"")) return std::nullopt;
    return FixedFields{*state, *size, std::string(sum)};
}

std::string write_head(const Head& head) {
    const mail::Envelope& envelope = head.envelope;
    std::string line = write_fixed_fields({});
    std::string rest;
    rest.reserve(kUsualLength);
    JsonWriter json(rest);
    json.member("v", 1).member("id", head.id.text()).member("lane", to_string(head.lane));
    json.member("not_before", format_rfc3339(head.not_before));
    json.member("from", envelope.reverse_path ? envelope.reverse_path->to_string() : "");
    json.member("received", format_rfc3339(envelope.received));
    json.member_unless_empty("body", name_of(envelope.body));
    if (envelope.smtputf8) json.member("smtputf8", true);
    json.member_unless_empty("ret", name_of(envelope.ret)).member_unless_empty("envid", envelope.envid);
    if (envelope.requires_tls) json.member("requiretls", true);
    if (head.parent) json.member("parent", head.parent->text());
    write_peer(json, envelope.peer);
    write_recipients(json, envelope.recipients);
    json.close_object();
    (line += ',') += rest;
    return line += '\n';
}

}  // namespace postern::spool
