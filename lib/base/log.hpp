// SPDX-License-Identifier: BSD-2-Clause
// The log: one event, one line, one write. A failed write never fails mail. What is logged are fields,
// key and value; the sink decides on text or JSON and escapes every value, so no peer can forge a line.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

namespace postern {

/// Severities of syslog(3), most urgent first.
enum class Severity { emerg, alert, crit, err, warning, notice, info, debug };

using LogField = std::pair<std::string_view, std::string_view>;

class Log {
public:
    virtual ~Log() = default;
    /// `event` is one word, "delivered"; fields with an empty value are left out. Never credentials or
    /// content.
    virtual void write(Severity severity, std::string_view event, std::initializer_list<LogField> fields) = 0;
    virtual bool wants(Severity severity) const = 0;
};

}  // namespace postern
