// SPDX-License-Identifier: BSD-2-Clause
// The log: one event, one line, one write. A failed write never fails mail. What is logged are fields,
// key and value; the sink decides on text or JSON and escapes every value, so no peer can forge a line.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace postern {

/// Severities of syslog(3), most urgent first.
enum class Severity { emerg, alert, crit, err, warning, notice, info, debug };

std::string_view to_string(Severity severity);
/// The names of syslog(3): "err", "info", …
std::optional<Severity> parse_severity(std::string_view text);

using LogField = std::pair<std::string_view, std::string_view>;

class Log {
public:
    virtual ~Log() = default;
    /// `event` is one word, "delivered"; fields with an empty value are left out. Never credentials or
    /// content.
    void write(Severity severity, std::string_view event, std::initializer_list<LogField> fields) {
        record(severity, event, {fields.begin(), fields.size()});
    }
    /// The same for fields that were put together at run time; what sinks implement.
    virtual void record(Severity severity, std::string_view event, std::span<const LogField> fields) = 0;
    virtual bool wants(Severity severity) const = 0;
};

}  // namespace postern
