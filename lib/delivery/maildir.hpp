// SPDX-License-Identifier: BSD-2-Clause
// Maildir by the book: written to tmp/, synced, linked into new/, new/ synced. A name that is in new/
// already is this very message from an earlier try. A mailbox without Maildir gets one, durably: tmp/ is
// made last, so its presence means that all above it has been synced. A mailbox with a quota takes what fits,
// and its messages bear their size in their names.
#pragma once

#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "base/clock.hpp"
#include "base/randomness.hpp"
#include "delivery/quotas.hpp"
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
    Maildir(Tools tools, Options options, const std::string& process);

    /// One copy, durable when it returns Fit::yes, and never a second one. `recipient`: of the history, for
    /// whom it is.
    Result<Fit> deliver(const spool::Message& message, const accounts::Account& account,
                        std::size_t recipient, EarlierTry earlier);

    Quotas& quotas() { return quotas_; }

private:
    struct Copy;
    Result<bool> is_there(const Copy& copy);
    Result<Fit> put(const Copy& copy);
    Result<Fit> put_counted(const Copy& copy, sys::File& file, const std::string& temporary);
    std::string temporary_path(const Copy& copy);

    Tools tools_;
    std::string mail_directory_;
    std::string process_;  ///< process id and random
    Quotas quotas_;
    unsigned deliveries_ = 0;
    std::vector<char> buffer_;
};

}  // namespace postern::delivery
