// SPDX-License-Identifier: BSD-2-Clause
// When a credential was last used: a file for each in state/logins, one line that is overwritten. Nothing is
// synced and nothing depends on it; a session that cannot write there serves all the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "sys/file_system.hpp"

namespace postern::accounts {

class LastLogins {
public:
    /// `files` must outlive it.
    LastLogins(sys::FileSystem& files, std::string directory)
        : files_(files), directory_(std::move(directory)) {}

    /// `app`: the application's name; "" = by the password itself.
    Status note(const Mailbox& mailbox, std::string_view app, Instant now);
    /// Nothing = never, as far as is known.
    Result<std::optional<Instant>> find(const Mailbox& mailbox, std::string_view app) const;
    /// The credential is no more.
    Status forget(const Mailbox& mailbox, std::string_view app);
    /// The account is no more, and a later one of its name is somebody else.
    Status forget_all(const Mailbox& mailbox);

private:
    std::string path_of(const Mailbox& mailbox, std::string_view app) const;

    sys::FileSystem& files_;
    std::string directory_;
};

/// ROOT/state/logins.
std::string last_logins_directory(const std::string& state_directory);

}  // namespace postern::accounts
