// SPDX-License-Identifier: BSD-2-Clause
// Commands of a process that is confined and may start none: a helper that was forked before runs them. It is
// asked by packets, one for the command and one for each piece of its input; see the .cpp for their forms.
#pragma once

#include <functional>

#include "sys/helper_process.hpp"
#include "sys/run_command.hpp"

namespace postern::sys {

class CommandHelper final : public CommandRunner {
public:
    /// Asked in the helper before each command: whoever takes over the process that asks could want any.
    using MayRun = std::function<bool(const Command&)>;

    static Result<CommandHelper> start(const MayRun& may_run);
    Result<CommandEnd> run(const Command& command, const CommandInput& input) override;

private:
    explicit CommandHelper(HelperProcess process) : process_(std::move(process)) {}
    Result<std::string> next_packet();

    HelperProcess process_;
};

}  // namespace postern::sys
