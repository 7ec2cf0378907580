// SPDX-License-Identifier: BSD-2-Clause
// Divides a master file (RFC 1035 §5.1) into entries of words: comments end at the line, parentheses
// join lines, quotes keep blanks together, a backslash takes the next character as it is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace postern::dns {

struct ZoneEntry {
    std::size_t line = 0;       ///< where it starts, from 1
    bool starts_blank = false;  ///< its owner is that of the entry before
    std::vector<std::string> words = {};
};

class ZoneEntries {
public:
    explicit ZoneEntries(std::string_view text) : text_(text) {}
    /// The next entry with at least one word; nothing at the end.
    Result<std::optional<ZoneEntry>> next();

private:
    Result<ZoneEntry> read_entry();
    Result<std::string> read_word();
    Result<std::string> read_quoted();
    void skip_comment();
    bool at_end() const { return at_ == text_.size(); }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

}  // namespace postern::dns
