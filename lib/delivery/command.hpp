// SPDX-License-Identifier: BSD-2-Clause
// Delivery by a program: it reads the message in local form, and its exit status says what became of it
// (command_endings.hpp). Its arguments are the account's; what comes from the message reaches it through
// eight environment variables and standard input, never through a shell.
#pragma once

#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "base/log.hpp"
#include "delivery/options.hpp"
#include "delivery/outcomes.hpp"
#include "spool/message.hpp"
#include "sys/file_system.hpp"
#include "sys/run_command.hpp"

namespace postern::delivery {

class CommandDelivery {
public:
    CommandDelivery(sys::CommandRunner& runner, sys::FileSystem& files, Options options, Log& log);

    /// Runs the account's command for this recipient of the history, in the account's directory.
    Ending deliver(const spool::Message& message, const accounts::Mailbox& mailbox,
                   const accounts::DeliveryCommand& command, std::size_t recipient);

private:
    Result<sys::CommandEnd> run(const spool::Message& message, const sys::Command& command,
                                std::size_t recipient);

    sys::CommandRunner& runner_;
    sys::FileSystem& files_;
    Options options_;
    Log& log_;
    std::vector<char> buffer_;
};

/// Is this what CommandDelivery would run for the account? Whoever has taken over the process that asks for
/// it could want the account's command with LD_PRELOAD, say.
bool is_command_of(const sys::Command& command, const accounts::Account& account, const Options& options);

/// PATH, HOME, USER, SENDER, RECIPIENT, DOMAIN, EXTENSION, POSTERN_ID. An Error when a value cannot be
/// given to a program.
Result<std::vector<std::string>> command_environment(const spool::Message& message,
                                                     const accounts::Mailbox& mailbox,
                                                     const std::string& home, std::size_t recipient);

}  // namespace postern::delivery
