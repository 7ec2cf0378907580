// SPDX-License-Identifier: BSD-2-Clause
// The members of a log line, as far as any event has them, without a tree of JSON values: a claim reads all
// lines of its message, and they are most of its work. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postern::spool {

/// Texts are without their %XX; "" where that makes no sense.
struct LogLine {
    std::vector<std::pair<std::string, std::string>> texts = {};  ///< by key
    std::optional<std::size_t> of = {};
    std::optional<std::vector<std::string>> to = {};  ///< nothing, too, when there is more than texts in it

    /// Null when there is none.
    const std::string* find(std::string_view key) const;
    /// "" when there is none.
    std::string text(std::string_view key) const;
};

/// Nothing when the line is no JSON object.
std::optional<LogLine> read_log_line(std::string_view line);

}  // namespace postern::spool
