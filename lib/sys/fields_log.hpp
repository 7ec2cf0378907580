// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/log.hpp"

namespace postern::sys {

/// A log that puts fixed fields first in every line: a session's id, a message's id.
class FieldsLog final : public Log {
public:
    using Field = std::pair<std::string, std::string>;
    /// `log` must outlive it.
    FieldsLog(Log& log, std::vector<Field> fields) : log_(log), fields_(std::move(fields)) {}

    /// One more from here on, in the place of an earlier one with that key.
    void set(std::string_view key, std::string value);
    void record(Severity severity, std::string_view event, std::span<const LogField> fields) override;
    bool wants(Severity severity) const override { return log_.wants(severity); }

private:
    Log& log_;
    std::vector<Field> fields_;
};

}  // namespace postern::sys
