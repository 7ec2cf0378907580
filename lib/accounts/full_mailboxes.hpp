// SPDX-License-Identifier: BSD-2-Clause
// Which mailboxes are known to be over their quota: a file STATE/over-quota/USER@DOMAIN each, which deliver
// writes and removes and sessions read, who must not look into Maildirs. It holds two numbers: the octets
// that were left, and those that were wanted. One that is empty or not understood says that nothing is left.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "base/result.hpp"
#include "sys/file_system.hpp"

namespace postern::accounts {

/// A message did not fit.
struct Shortage {
    std::uint64_t room = 0;    ///< octets that were left
    std::uint64_t wanted = 0;  ///< octets that it had
    bool operator==(const Shortage&) const = default;
};

class FullMailboxes {
public:
    /// `files` must outlive it.
    FullMailboxes(sys::FileSystem& files, const std::string& state_directory)
        : files_(files), directory_(directory_in(state_directory)) {}

    static std::string directory_in(const std::string& state_directory) {
        return state_directory + "/over-quota";
    }

    /// Nothing when the mailbox is not known to be full.
    Result<std::optional<Shortage>> find(const Mailbox& mailbox) const;
    /// Is there room for a message of `size` octets, as far as is known? 0 = its size was not said.
    Result<bool> have_room(const Mailbox& mailbox, std::uint64_t size) const;
    /// All that are known to be full. Files with other names are passed over.
    Result<std::vector<Mailbox>> list() const;

    /// Writes only what is new.
    Status note(const Mailbox& mailbox, const Shortage& shortage);
    Status forget(const Mailbox& mailbox);

private:
    std::string path(const Mailbox& mailbox) const { return directory_ + "/" + mailbox.to_string(); }

    sys::FileSystem& files_;
    std::string directory_;
};

}  // namespace postern::accounts
