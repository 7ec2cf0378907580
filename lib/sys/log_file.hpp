// SPDX-License-Identifier: BSD-2-Clause
// The log as a file, opened for appending before confinement: one event, one line, one write(2), so lines
// of several processes never mix. A write that fails is forgotten: it never fails mail.
#pragma once

#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "sys/log_options.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

/// log.file at a time: %Y %y %m %d %H %M %S %j and %%, as strftime(3) has them, always UTC. Other
/// conversions, an empty name and ".." are Fault::configuration.
Result<std::string> log_file_name(std::string_view pattern, Instant at);

/// Where nothing is to be logged.
class NullLog final : public Log {
public:
    void record(Severity, std::string_view, std::span<const LogField>) override {}
    bool wants(Severity) const override { return false; }
};

class LogFile final : public Log {
public:
    /// `program` stands in each line with the process id. `clock` must outlive the log.
    static Result<std::unique_ptr<LogFile>> open(const LogOptions& options, std::string program,
                                                 const Clock& clock);

    void record(Severity severity, std::string_view event, std::span<const LogField> fields) override;
    bool wants(Severity severity) const override { return severity <= options_.level; }

private:
    LogFile(LogOptions options, std::string program, const Clock& clock)
        : options_(std::move(options)), program_(std::move(program)), clock_(clock) {}
    Status open_file_of(Instant at);

    LogOptions options_;
    std::string program_;
    const Clock& clock_;
    std::string name_;
    UniqueFd file_;
};

/// The log that the options ask for. Fails only when a file cannot be opened.
Result<std::unique_ptr<Log>> open_log(const LogOptions& options, std::string program, const Clock& clock);

/// Whether what is logged would arrive anywhere, as far as can be told.
Status check_log(const LogOptions& options, const Clock& clock);

}  // namespace postern::sys
