// SPDX-License-Identifier: BSD-2-Clause
// Writes JSON objects as text, without a library: the session writes spool lines and log lines with it,
// and starts in microseconds. Reading JSON is nlohmann's, in the codecs.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace postern {

/// Appends `text` as a JSON string with its quotes. Octets that are no UTF-8 become %XX (escape_octets).
void append_json_string(std::string& out, std::string_view text);

/// Appends one JSON object or array to a string, member by member. Nest by opening and closing in order.
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    JsonWriter& open_object() { return open('{'); }
    JsonWriter& close_object() { return close('}'); }
    JsonWriter& open_array() { return open('['); }
    JsonWriter& close_array() { return close(']'); }
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(bool flag) { return raw(flag ? "true" : "false"); }
    JsonWriter& value(std::integral auto number) { return raw(std::to_string(number)); }
    JsonWriter& raw(std::string_view json);

    template <class Value>
    JsonWriter& member(std::string_view name, const Value& content) {
        return key(name).value(content);
    }
    /// Leaves the member out when `text` is empty.
    JsonWriter& member_unless_empty(std::string_view name, std::string_view text) {
        return text.empty() ? *this : key(name).value(text);
    }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();

    std::string& out_;
    bool need_comma_ = false;
};

}  // namespace postern
