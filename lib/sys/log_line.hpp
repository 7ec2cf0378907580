// SPDX-License-Identifier: BSD-2-Clause
// One event as one line, text or JSON. Pure. Whatever a value holds, it cannot end its line, its quotes or
// begin another field; text lines are printable ASCII throughout.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "base/time.hpp"
#include "sys/log_options.hpp"

namespace postern::sys {

struct LogEvent {
    Instant at;
    Severity severity;
    std::string_view program;
    long process = 0;
    std::string_view event;
    std::span<const LogField> fields;
};

/// Ends in a line feed.
std::string format_log_line(const LogEvent& event, LogFormat format);

/// "delivered to=a@example.org": event and fields alone, without a line feed.
std::string format_log_text(const LogEvent& event);

}  // namespace postern::sys
