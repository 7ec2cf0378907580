// SPDX-License-Identifier: BSD-2-Clause
// The seam to other programs: run one to its end. No shell is in between, and the program inherits nothing:
// not our environment, our descriptors, our signal mask or our terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace postern::sys {

struct Command {
    std::vector<std::string> arguments;    ///< the first one is the program: an absolute path
    std::vector<std::string> environment;  ///< all of it: "NAME=value"
    std::string directory;                 ///< where it works
    std::chrono::milliseconds time_limit;
    std::size_t most_output;  ///< octets that are kept of it
};

/// How the program ended.
struct CommandEnd {
    enum class How { exited, killed_by_signal, out_of_time };
    How how = How::exited;
    int number = 0;           ///< its exit status, or the signal
    std::string output = {};  ///< the beginning of what it said on standard output and error
    bool operator==(const CommandEnd&) const = default;
};

/// The next octets of standard input, good until the next call; "" = the end.
using CommandInput = std::function<Result<std::string_view>()>;

class CommandRunner {
public:
    virtual ~CommandRunner() = default;
    /// An Error: it could not be started, or its input could not be read; in that case it was killed before
    /// it met the end of its input.
    virtual Result<CommandEnd> run(const Command& command, const CommandInput& input) = 0;
};

/// In a session and process group of its own. Whatever of the group is left when the program ends is
/// killed; after the time limit all of it gets SIGTERM, and SIGKILL five seconds later. Input that it does
/// not read is no failure (begin_process has SIGPIPE ignored). SIGTERM for this process is not looked at
/// meanwhile.
class ProcessRunner final : public CommandRunner {
public:
    Result<CommandEnd> run(const Command& command, const CommandInput& input) override;
};

}  // namespace postern::sys
