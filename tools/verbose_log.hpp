// SPDX-License-Identifier: BSD-2-Clause
// -v of the queue runners: what goes to the log is also printed on standard output, whatever log.level says.
#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"

namespace postern::tools {

class VerboseLog final : public Log {
public:
    /// `log` and `clock` must outlive it.
    VerboseLog(Log& log, std::string program, const Clock& clock)
        : log_(log), program_(std::move(program)), clock_(clock) {}

    void record(Severity severity, std::string_view event, std::span<const LogField> fields) override;
    bool wants(Severity) const override { return true; }

private:
    Log& log_;
    std::string program_;
    const Clock& clock_;
};

}  // namespace postern::tools
