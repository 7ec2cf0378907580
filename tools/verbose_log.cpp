// SPDX-License-Identifier: BSD-2-Clause
#include "verbose_log.hpp"

#include <unistd.h>

#include "sys/log_line.hpp"
#include "sys/log_options.hpp"

namespace postern::tools {

void VerboseLog::record(Severity severity, std::string_view event, std::span<const LogField> fields) {
    log_.record(severity, event, fields);
    const std::string line = sys::format_log_line({clock_.now(), severity, program_, getpid(), event, fields},
                                                  sys::LogFormat::text);
    // A reader who has gone away must not stop mail.
    [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, line.data(), line.size());
}

}  // namespace postern::tools
