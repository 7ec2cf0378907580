// SPDX-License-Identifier: BSD-2-Clause
#include "base/json_text.hpp"

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace postern {

namespace {

void append_control(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    const auto octet = static_cast<unsigned char>(c);
    out += "\\u00";
    out += hex[octet >> 4];
    out += hex[octet & 15];
}

/// U+0080 to U+009F, which a terminal obeys: two octets of UTF-8, the second is the code point.
bool begins_c1_control(std::string_view text) {
    return text.size() >= 2 && text[0] == '\xc2' && static_cast<unsigned char>(text[1]) < 0xa0;
}

/// No octet that JSON, a terminal or escape_octets() minds: nearly every text is so.
bool stays_as_it_is(std::string_view text) {
    for (const char c : text)
        if (!ascii::is_printable(c) || c == '"' || c == '\\' || c == '%') return false;
    return true;
}

void append_escaped(std::string& out, std::string_view text) {
    const std::string utf8 = escape_octets(text);
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const char c = utf8[i];
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            append_control(out, c);
        else if (begins_c1_control(std::string_view(utf8).substr(i)))
            append_control(out, utf8[++i]);
        else
            out += c;
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    if (stays_as_it_is(text))
        out += text;
    else
        append_escaped(out, text);
    out += '"';
}

void JsonWriter::separate() {
    if (need_comma_) out_ += ',';
    need_comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    out_ += bracket;
    need_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    out_ += bracket;
    need_comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    append_json_string(out_, name);
    out_ += ':';
    need_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    append_json_string(out_, text);
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

}  // namespace postern
