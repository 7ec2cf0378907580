// SPDX-License-Identifier: BSD-2-Clause
#include "sasl/scram.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/sha256.hpp"
#include "sasl/prepare.hpp"

namespace postern::sasl {

namespace {

constexpr std::size_t kLongestNonce = 128;  // so that a challenge fits into a line of a reply

/// The part up to the next comma, taken off the text with it; nothing when there is no more.
std::optional<std::string_view> take_part(std::optional<std::string_view>& text) {
    if (!text) return std::nullopt;
    const auto comma = text->find(',');
    const auto part = text->substr(0, comma);
    if (comma == std::string_view::npos)
        text = std::nullopt;
    else
        text->remove_prefix(comma + 1);
    return part;
}

/// The value of the attribute "k=value" that must come next.
std::optional<std::string_view> take_attribute(std::optional<std::string_view>& text, char key) {
    const auto part = take_part(text);
    if (!part || part->size() < 2 || (*part)[0] != key || (*part)[1] != '=') return std::nullopt;
    return part->substr(2);
}

/// saslname (§5.1): "=2C" is a comma, "=3D" an equals sign, no other "=" is allowed.
std::optional<std::string> from_saslname(std::string_view text) {
    std::string name;
    while (!text.empty()) {
        if (text.starts_with("=2C") || text.starts_with("=3D")) {
            name += text[2] == 'C' ? ',' : '=';
            text.remove_prefix(3);
            continue;
        }
        if (text.front() == '=') return std::nullopt;
        name += text.front();
        text.remove_prefix(1);
    }
    return prepare(name);
}

bool is_nonce(std::string_view text) {
    return !text.empty() && text.size() <= kLongestNonce &&
           std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != ','; });
}

std::string exclusive_or(std::string one, std::string_view other) {
    for (std::size_t i = 0; i < one.size(); ++i) one[i] = static_cast<char>(one[i] ^ other[i]);
    return one;
}

}  // namespace

Step Scram::respond(std::string_view response) {
    switch (waits_) {
        case Waits::for_first: return read_first(response);
        case Waits::for_final: return read_final(response);
        case Waits::for_consent:
            if (response.empty()) return Claim{who_, Proof::right};
            break;
        case Waits::for_keys: break;
    }
    return Malformed{};
}

/// gs2-cbind-flag "," [authzid] "," username "," nonce ["," extensions]
Step Scram::read_first(std::string_view message) {
    std::optional rest(message);
    const auto flag = take_part(rest);
    const auto acts_for = take_part(rest);
    if (!flag || !acts_for || !rest) return Malformed{};
    channel_input_ = message.substr(0, message.size() - rest->size());
    client_first_bare_ = *rest;
    if (!accept_binding(*flag)) return Malformed{};
    if (!acts_for->empty()) {
        auto name = acts_for->starts_with("a=") ? from_saslname(acts_for->substr(2)) : std::nullopt;
        if (!name || name->empty()) return Malformed{};
        who_.acts_for = *std::move(name);
    }
    const auto user = take_attribute(rest, 'n');  // "m=", a mandatory extension, is none that we know
    const auto nonce = take_attribute(rest, 'r');
    auto name = user ? from_saslname(*user) : std::nullopt;
    if (!name || name->empty() || !nonce || !is_nonce(*nonce)) return Malformed{};
    who_.user = *std::move(name);
    client_nonce_ = *nonce;
    waits_ = Waits::for_keys;
    return FindKeys{who_};
}

/// §6: "p=" with -PLUS only. "y" says that the client could bind, but was offered no -PLUS: where it was,
/// somebody between the two took that out.
bool Scram::accept_binding(std::string_view flag) {
    if (bound_ == Bound::no) return flag == "n" || (flag == "y" && bindings_.empty());
    if (!flag.starts_with("p=")) return false;
    const auto binding = std::ranges::find(bindings_, flag.substr(2), &ChannelBinding::type);
    if (binding == bindings_.end()) return false;
    channel_input_ += binding->octets;
    return true;
}

Step Scram::take(FoundKeys found) {
    keys_ = std::move(found.keys);
    nonce_ = client_nonce_ + found.nonce;
    server_first_ = "r=" + nonce_ + ",s=" + to_base64(keys_.salt) + ",i=" + std::to_string(keys_.iterations);
    waits_ = Waits::for_final;
    return Challenge{server_first_};
}

/// channel-binding "," nonce ["," extensions] "," proof
Step Scram::read_final(std::string_view message) {
    const auto end = message.rfind(",p=");
    if (end == std::string_view::npos) return Malformed{};
    const auto proof = from_base64(message.substr(end + 3));
    std::optional rest(message.substr(0, end));
    const auto channel = take_attribute(rest, 'c');
    const auto nonce = take_attribute(rest, 'r');
    if (!proof || proof->size() != keys_.stored_key.size() || !channel || !nonce) return Malformed{};
    const std::string auth_message =
        client_first_bare_ + ',' + server_first_ + ',' + std::string(message.substr(0, end));
    if (from_base64(*channel) != channel_input_ || *nonce != nonce_ || !is_right(*proof, auth_message))
        return Claim{who_, Proof::wrong};
    waits_ = Waits::for_consent;
    return Challenge{"v=" + to_base64(hmac_sha256(keys_.server_key, auth_message))};
}

/// §3: the proof is the client's key, hidden by a signature that whoever has the stored key can make.
bool Scram::is_right(std::string_view proof, std::string_view auth_message) const {
    const auto client_key = exclusive_or(hmac_sha256(keys_.stored_key, auth_message), proof);
    return are_equal_secrets(sha256(client_key), keys_.stored_key);
}

}  // namespace postern::sasl
