// SPDX-License-Identifier: BSD-2-Clause
#include "sasl/scram_keys.hpp"

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/sha256.hpp"

namespace postern::sasl {

namespace {

constexpr std::size_t kKeyOctets = 32;

/// The text up to `end`, taken off with it; nothing when it is not there.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
    const auto at = text.find(end);
    if (at == std::string_view::npos) return std::nullopt;
    const auto part = text.substr(0, at);
    text.remove_prefix(at + 1);
    return part;
}

}  // namespace

/// RFC 5802 §3.
ScramKeys make_keys(std::string_view password, std::string salt, std::uint32_t iterations) {
    const Secret salted(pbkdf2_sha256(password, salt, iterations));
    return {std::move(salt), iterations, sha256(hmac_sha256(salted.text(), "Client Key")),
            hmac_sha256(salted.text(), "Server Key")};
}

ScramKeys make_decoy_keys(std::string_view name, std::string_view secret) {
    const auto derived = [&](std::string_view purpose) {
        return hmac_sha256(secret, std::string(purpose) + ' ' + std::string(name));
    };
    return {derived("salt").substr(0, kScramSaltOctets), kScramIterations, derived("stored key"),
            derived("server key")};
}

std::string to_text(const ScramKeys& keys) {
    return std::string(kScramPrefix) + std::to_string(keys.iterations) + ':' + to_base64(keys.salt) + '$' +
           to_base64(keys.stored_key) + ':' + to_base64(keys.server_key);
}

std::optional<ScramKeys> parse_keys(std::string_view text) {
    if (!text.starts_with(kScramPrefix)) return std::nullopt;
    text.remove_prefix(kScramPrefix.size());
    const auto count = take_until(text, ':');
    const auto salt_text = take_until(text, '$');
    const auto stored_text = take_until(text, ':');
    if (!count || !salt_text || !stored_text) return std::nullopt;
    const auto iterations = ascii::parse_number<std::uint32_t>(*count);
    auto salt = from_base64(*salt_text), stored = from_base64(*stored_text), server = from_base64(text);
    if (!iterations || *iterations == 0 || !salt || salt->empty() || !stored ||
        stored->size() != kKeyOctets || !server || server->size() != kKeyOctets)
        return std::nullopt;
    return ScramKeys{*std::move(salt), *iterations, *std::move(stored), *std::move(server)};
}

}  // namespace postern::sasl
