// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/credentials.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/base32.hpp"
#include "base/hash.hpp"
#include "base/secret.hpp"
#include "sys/replace_file.hpp"

namespace postern::accounts {

namespace {

constexpr std::string_view kPasswordPrefix = "$", kAppPrefix = "BLAKE2b$";
constexpr std::size_t kDigestOctets = 32, kRandomOctets = 15, kGroup = 4, kLongestAppName = 32;

/// False when the line is none of the three.
bool read_line(std::string_view line, Credentials& into) {
    if (line.starts_with(kPasswordPrefix)) {
        into.password_hash = line;
        return true;
    }
    if (line.starts_with(sasl::kScramPrefix)) {
        into.scram = sasl::parse_keys(line);
        return into.scram.has_value();
    }
    const auto space = line.find(' ');
    if (space == std::string_view::npos || !is_app_name(line.substr(0, space))) return false;
    std::string_view digest = line.substr(space + 1);
    if (!digest.starts_with(kAppPrefix)) return false;
    digest.remove_prefix(kAppPrefix.size());
    into.app_passwords.push_back({std::string(line.substr(0, space)), std::string(digest)});
    return digest.size() == 2 * kDigestOctets;
}

}  // namespace

Result<Credentials> parse_credentials(std::string_view text, const std::string& path) {
    Credentials credentials;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        if (!line.empty() && !read_line(line, credentials))
            return Error(Fault::configuration, path + ": a line of it is no credential");
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (credentials.is_empty()) return Error(Fault::configuration, path + ": there is no credential in it");
    return credentials;
}

std::string format_credentials(const Credentials& credentials) {
    std::string text;
    if (!credentials.password_hash.empty()) text += credentials.password_hash + '\n';
    if (credentials.scram) text += sasl::to_text(*credentials.scram) + '\n';
    for (const auto& app : credentials.app_passwords)
        text += app.name + ' ' + std::string(kAppPrefix) + app.digest + '\n';
    return text;
}

std::string credentials_file(const Options& options, const Mailbox& mailbox) {
    return options.passwords_directory + '/' + mailbox.domain + '/' + mailbox.user;
}

Result<Credentials> read_credentials(sys::FileSystem& files, const Options& options, const Mailbox& mailbox) {
    const std::string path = credentials_file(options, mailbox);
    const auto text = sys::read_whole_file(files, path);
    if (text.failed_with(Fault::not_found)) return Credentials{};
    if (!text) return text.error();
    return parse_credentials(*text, path);
}

bool is_app_name(std::string_view name) {
    return !name.empty() && name.size() <= kLongestAppName && std::ranges::all_of(name, [](char c) {
        return ascii::is_alnum(c) || c == '.' || c == '_' || c == '-';
    });
}

std::string generate_password(Randomness& randomness) {
    std::array<unsigned char, kRandomOctets> octets{};
    randomness.fill(octets);
    std::string password = to_base32(octets);
    for (std::size_t at = kGroup; at < password.size(); at += kGroup + 1) password.insert(at, 1, '-');
    return password;
}

std::string digest_of_app_password(std::string_view password) {
    std::string canonical;
    for (const char c : password)
        if (c != '-' && c != ' ') canonical += ascii::lower(c);
    std::string digest = Hash(kDigestOctets).add("application password ").add(canonical).finish_hex();
    wipe(canonical);
    return digest;
}

std::optional<std::string> find_app(const Credentials& credentials, std::string_view password) {
    const std::string digest = digest_of_app_password(password);
    std::optional<std::string> found;
    for (const auto& app : credentials.app_passwords)
        if (are_equal_secrets(app.digest, digest)) found = app.name;
    return found;
}

std::string decoy_secret_file(const Options& options) { return options.passwords_directory + "/.decoys"; }

Status make_decoy_secret(sys::FileSystem& files, const Options& options, Randomness& randomness) {
    const std::string path = decoy_secret_file(options);
    const auto there = files.info(path);
    if (!there.failed_with(Fault::not_found)) return there ? Status(done) : Status(there.error());
    std::array<unsigned char, kDigestOctets> octets{};
    randomness.fill(octets);
    return sys::replace_file(files, path, to_base32(octets) + '\n', kSecretMode);
}

}  // namespace postern::accounts
