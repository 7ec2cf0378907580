// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/ip_address.hpp"
#include "base/log.hpp"

namespace postern::sys {

enum class LogTarget { none, file, syslog, server };
enum class LogFormat { text, json };
enum class LogProtocol { udp, tcp };

/// An address and no name: a name would have to be looked up by every session, before it may speak.
struct LogServer {
    std::optional<IpAddress> address = std::nullopt;  ///< log.server.address
    std::uint16_t port = 514;                         ///< log.server.port
    LogProtocol protocol = LogProtocol::udp;          ///< log.server.protocol
};

struct LogOptions {
    LogTarget target = LogTarget::file;  ///< log.target
    std::string directory = {};          ///< directories.log
    std::string file = "%Y-%m-%d.log";   ///< log.file: strftime(3), UTC, below the directory
    Severity level = Severity::info;     ///< log.level: this and more urgent
    LogFormat format = LogFormat::text;  ///< log.format
    LogServer server = {};
    std::string hostname = {};               ///< server.hostname: how a log server knows this one
    std::string syslog_socket = "/dev/log";  ///< of the syslogd of this machine
};

}  // namespace postern::sys
