// SPDX-License-Identifier: BSD-2-Clause
// Passwords are stored as argon2id hashes in libsodium's text form, never as they are.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace postern::accounts {

/// "$argon2id$v=19$m=65536,t=2,p=1$…": 64 MiB and two passes, so that many logins at once do not use up
/// the memory of a small server. Fault::temporary when that memory is not there.
Result<std::string> hash_password(std::string_view password);

/// A hash of the same parameters that no known password fits: to take as long over a user who has none.
std::string_view decoy_hash();

/// In constant time; false also for a text that is no hash.
bool is_password(std::string_view password, std::string_view hash);

}  // namespace postern::accounts
