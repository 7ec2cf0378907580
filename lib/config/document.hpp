// SPDX-License-Identifier: BSD-2-Clause
// The text of a config.json, taken apart: every member with its dotted name, its value and where in the
// text it stands, so that errors can name line and column and an edit changes only what it must. Comments
// (// and /* */) are allowed. Duplicate keys and keys with a dot are errors here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "config/value.hpp"

namespace postern::config {

struct Member {
    std::string name;           ///< dotted: "relay.always"
    bool is_section = false;    ///< an object; its members follow
    Value value = {};           ///< unless a section
    std::size_t key_begin = 0;  ///< of the opening quote
    std::size_t value_begin = 0;
    std::size_t value_end = 0;  ///< one past the value's last octet
};

struct Place {
    std::size_t line = 1;
    std::size_t column = 1;
};

class Document {
public:
    /// Fault::configuration, "PATH:LINE:COLUMN: what is wrong"; an empty text is an error, too.
    static Result<Document> parse(std::string text, std::string path);

    const std::string& text() const { return text_; }
    const std::string& path() const { return path_; }
    const std::vector<Member>& members() const { return members_; }
    const Member* find(std::string_view name) const;
    /// One past the outer opening brace.
    std::size_t body_begin() const { return body_begin_; }

    /// "PATH:LINE:COLUMN" of an octet of the text.
    std::string locate(std::size_t offset) const;

private:
    std::string text_;
    std::string path_;
    std::vector<Member> members_;
    std::size_t body_begin_ = 0;
};

/// A string as JSON, octets as they are (base/json_text escapes % for the spool and the log).
std::string json_string(std::string_view text);

Place place_of(std::string_view text, std::size_t offset);
/// The first octet from `offset` that is neither white space nor part of a comment.
std::size_t skip_blank(std::string_view text, std::size_t offset);

}  // namespace postern::config
