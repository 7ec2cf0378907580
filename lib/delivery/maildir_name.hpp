// SPDX-License-Identifier: BSD-2-Clause
// Names of delivered messages in a Maildir. They derive from the message and the mailbox alone, so that a
// second try after a crash meets the first: under the same name, perhaps with the size behind a comma, and in
// cur/ with flags behind a colon.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "base/time.hpp"
#include "spool/message_id.hpp"

namespace postern::delivery {

/// "<received, unix seconds>.<id>-<8 hex of the mailbox's hash>.postern"
std::string maildir_name(const spool::MessageId& id, Instant received, const accounts::Mailbox& mailbox);

/// As it stands in a mailbox with a quota: "NAME,S=1234", so that its size is known without a look at it.
std::string with_size(const std::string& name, std::uint64_t octets);

/// Is `found` this message under its name, with or without size, or under the one that a reader gave it
/// ("NAME,S=1234:2,S")?
bool is_copy_named(std::string_view found, std::string_view name);

}  // namespace postern::delivery
