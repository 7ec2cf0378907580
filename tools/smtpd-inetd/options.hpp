// SPDX-License-Identifier: BSD-2-Clause
// The command line of smtpd-inetd(8). By getopt_long: CLI11 would cost every session more than its banner.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "sys/confine.hpp"
#include "sys/listener.hpp"

namespace postern::tools {

inline constexpr std::string_view kProgram = "smtpd-inetd";

/// An address and port, or the path of a unix socket.
using ListenAt = std::variant<sys::Endpoint, std::string>;

struct Options {
    enum class Wanted { service, help, version };
    enum class Peers { known_only, local_too };

    Wanted wanted = Wanted::service;
    std::string root = {};                         ///< --root; "" = POSTERN_ROOT
    std::string service = "smtp";                  ///< --service
    bool is_kick = false;                          ///< --kick: a connection has mail sent, and that is all
    Peers peers = Peers::known_only;               ///< --local: a session whose peer has no address is served
    sys::Sandbox sandbox = sys::Sandbox::require;  ///< --sandbox
    std::vector<ListenAt> places = {};             ///< --listen; none = the connection is on 0 and 1
};

/// Fault::usage when it cannot be understood.
Result<Options> parse_options(int argc, char** argv);

/// What --help prints.
std::string_view help_text();

}  // namespace postern::tools
