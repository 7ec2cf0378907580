// SPDX-License-Identifier: BSD-2-Clause
// One event as a syslog message. Pure. The text is that of log_line.hpp without what syslog's own header
// says, or with log.format "json" the whole object.
#pragma once

#include <string>
#include <string_view>

#include "sys/log_line.hpp"

namespace postern::sys {

/// For the syslogd of this machine: "<22>Nov 21 20:30:05 deliver[12]: delivered to=…" (RFC 3164 §4.1, without
/// the host, as syslog(3) leaves it out; the time is UTC). Facility mail.
std::string format_rfc3164(const LogEvent& event, LogFormat format);

/// For a log server: "<22>1 2026-11-21T20:30:05.123Z mx.example deliver 12 delivered - delivered to=…".
std::string format_rfc5424(const LogEvent& event, LogFormat format, std::string_view hostname);

}  // namespace postern::sys
