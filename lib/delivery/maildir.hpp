// SPDX-License-Identifier: BSD-2-Clause
// Maildir by the book: written to tmp/, synced, linked into new/, new/ synced. A name that is in new/
// already is this very message from an earlier try. A mailbox without Maildir gets one, durably: tmp/ is
// made last, so its presence means that all above it has been synced.
#pragma once

#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "base/clock.hpp"
#include "base/randomness.hpp"
#include "mail/address.hpp"
#include "spool/message.hpp"
#include "sys/file_system.hpp"

namespace postern::delivery {

/// May an earlier try, that left no record of success, have put the message into the mailbox?
enum class EarlierTry { none, possible };

class Maildir {
public:
    struct Tools {
        sys::FileSystem& files;
        Randomness& randomness;
        const Clock& clock;
    };
    /// `process`: the process id, part of the names in tmp/.
    Maildir(Tools tools, std::string mail_directory, std::string process);

    /// One copy, durable when it returns success, and never a second one. `recipient`: of the history, for
    /// whom it is.
    Status deliver(const spool::Message& message, const accounts::Mailbox& mailbox, std::size_t recipient,
                   EarlierTry earlier);

private:
    struct Copy;
    Result<bool> is_there(const Copy& copy);
    Status put(const Copy& copy);
    Status write_and_link(const Copy& copy);
    std::string temporary_path(const Copy& copy);

    Tools tools_;
    std::string mail_directory_;
    std::string process_;  ///< process id and random
    unsigned deliveries_ = 0;
    std::vector<char> buffer_;
};

}  // namespace postern::delivery
