// SPDX-License-Identifier: BSD-2-Clause
// The directories of a Maildir: made durably where there is none, and rid of what dead writers left.
#pragma once

#include <string>

#include "accounts/accounts.hpp"
#include "base/time.hpp"
#include "sys/file_system.hpp"

namespace postern::delivery {

/// `mail_directory`/DOMAIN/USER.
std::string maildir_path(const std::string& mail_directory, const accounts::Mailbox& mailbox);

/// Makes what is missing of the mailbox's Maildir and the directories above it, and syncs each parent.
/// tmp/ comes last: where it exists, all above it has been synced, even if a maker was killed midway.
Status make_maildir(sys::FileSystem& files, const std::string& mail_directory,
                    const accounts::Mailbox& mailbox);

/// Unlinks files of tmp/ that nobody writes any more: older than 36 hours, as maildir(5) has it.
void remove_old_temporaries(sys::FileSystem& files, const std::string& tmp_directory, Instant now);

}  // namespace postern::delivery
