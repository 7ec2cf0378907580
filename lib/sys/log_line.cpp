// SPDX-License-Identifier: BSD-2-Clause
#include "sys/log_line.hpp"

#include "base/ascii.hpp"
#include "base/json_text.hpp"

namespace postern::sys {

namespace {

/// Can stand without quotes.
bool is_plain(char c) {
    return ascii::is_alnum(c) ||
           std::string_view("._-+@:/[]<>,;!#$&'*?^`{}|~()").find(c) != std::string_view::npos;
}

/// Can stand between quotes as it is.
bool stays(char c) { return ascii::is_printable(c) && c != '"' && c != '%'; }

/// %XX for the rest, as everywhere in Postern; base/escape keeps UTF-8, but a terminal obeys some of it.
void append_quoted(std::string& out, std::string_view value) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    out += '"';
    for (const char c : value) {
        const auto octet = static_cast<unsigned char>(c);
        if (stays(c))
            out += c;
        else
            ((out += '%') += hex[octet >> 4]) += hex[octet & 15];
    }
    out += '"';
}

void append_value(std::string& out, std::string_view value) {
    for (const char c : value)
        if (!is_plain(c)) return append_quoted(out, value);
    out += value;
}

void append_event(std::string& line, const LogEvent& event) {
    line += event.event;
    for (const auto& [key, value] : event.fields) {
        if (value.empty()) continue;
        ((line += ' ') += key) += '=';
        append_value(line, value);
    }
}

std::string text_line(const LogEvent& event) {
    std::string line = format_rfc3339(event.at);
    (line += ' ') += to_string(event.severity);
    ((line += ' ') += event.program) += '[';
    (line += std::to_string(event.process)) += "] ";
    append_event(line, event);
    return line += '\n';
}

std::string json_line(const LogEvent& event) {
    std::string line;
    JsonWriter json(line);
    json.open_object()
        .member("time", format_rfc3339(event.at))
        .member("severity", to_string(event.severity))
        .member("program", event.program)
        .member("pid", event.process)
        .member("event", event.event);
    for (const auto& [key, value] : event.fields) json.member_unless_empty(key, value);
    json.close_object();
    return line += '\n';
}

}  // namespace

std::string format_log_line(const LogEvent& event, LogFormat format) {
    return format == LogFormat::json ? json_line(event) : text_line(event);
}

std::string format_log_text(const LogEvent& event) {
    std::string text;
    append_event(text, event);
    return text;
}

}  // namespace postern::sys
