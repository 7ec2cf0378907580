// SPDX-License-Identifier: BSD-2-Clause
// By what a user may log in: the file secrets/passwords/DOMAIN/USER (postern-userland(5)), a credential a
// line.
//   $argon2id$…              the hash of the password
//   SCRAM-SHA-256$…          keys of the same password (RFC 5803), for users who have asked for SCRAM
//   NAME BLAKE2b$…           the digest of an application password; it is random, so that nobody can guess it
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "accounts/options.hpp"
#include "base/randomness.hpp"
#include "sasl/scram_keys.hpp"
#include "sys/file_system.hpp"

namespace postern::accounts {

/// One that a program of the user's has for itself, so that it can be taken away from it alone.
struct AppPassword {
    std::string name;
    std::string digest;
};

struct Credentials {
    std::string password_hash = {};  ///< "" = there is no password
    std::optional<sasl::ScramKeys> scram = std::nullopt;
    std::vector<AppPassword> app_passwords = {};

    bool is_empty() const { return password_hash.empty() && !scram && app_passwords.empty(); }
};

/// `path` is for errors: Fault::configuration.
Result<Credentials> parse_credentials(std::string_view text, const std::string& path);
std::string format_credentials(const Credentials& credentials);

std::string credentials_file(const Options& options, const Mailbox& mailbox);
/// None where there is no file.
Result<Credentials> read_credentials(sys::FileSystem& files, const Options& options, const Mailbox& mailbox);

/// Sessions that offer AUTH may have a user of their own, in the group of the tree.
inline constexpr unsigned kSecretMode = 0640, kSecretDirectoryMode = 0750;

/// 1 to 32 letters, digits, ".", "_" or "-".
bool is_app_name(std::string_view name);

/// "kq3n-…": 120 random bits in groups of four.
std::string generate_password(Randomness& randomness);
/// Of a generated password, whether typed with dashes and in lower case or not.
std::string digest_of_app_password(std::string_view password);
/// The name of the application whose password this is.
std::optional<std::string> find_app(const Credentials& credentials, std::string_view password);

/// Where the secret lies of which the keys of users are made who have none (sasl::make_decoy_keys).
std::string decoy_secret_file(const Options& options);
/// Makes it, unless it is there.
Status make_decoy_secret(sys::FileSystem& files, const Options& options, Randomness& randomness);

}  // namespace postern::accounts
