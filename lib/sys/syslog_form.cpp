// SPDX-License-Identifier: BSD-2-Clause
#include "sys/syslog_form.hpp"

#include <array>

namespace postern::sys {

namespace {

constexpr int kFacilityMail = 2;
constexpr std::size_t kLongestHostname = 255, kLongestMessageId = 32;  // RFC 5424 §6

std::string priority(Severity severity) {
    return "<" + std::to_string(kFacilityMail * 8 + static_cast<int>(severity)) + ">";
}

/// "Nov  1 20:30:05": a day below 10 has a blank before it.
std::string timestamp_of_rfc3164(Instant at) {
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto midnight = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{midnight};
    const std::string iso = format_rfc3339(at, Precision::seconds);  // 2026-11-21T20:30:05Z
    const std::string day = std::to_string(static_cast<unsigned>(date.day()));
    return std::string(months[static_cast<unsigned>(date.month()) - 1]) + (day.size() < 2 ? "  " : " ") +
           day + " " + iso.substr(11, 8);
}

std::string content(const LogEvent& event, LogFormat format) {
    std::string text = format == LogFormat::json ? format_log_line(event, format) : format_log_text(event);
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

/// A header field of RFC 5424: printable and not empty.
std::string_view or_nil(std::string_view field, std::size_t longest) {
    return field.empty() ? "-" : field.substr(0, longest);
}

}  // namespace

std::string format_rfc3164(const LogEvent& event, LogFormat format) {
    return priority(event.severity) + timestamp_of_rfc3164(event.at) + " " + std::string(event.program) +
           "[" + std::to_string(event.process) + "]: " + content(event, format);
}

std::string format_rfc5424(const LogEvent& event, LogFormat format, std::string_view hostname) {
    std::string line = priority(event.severity) + "1 " + format_rfc3339(event.at) + " ";
    (line += or_nil(hostname, kLongestHostname)) += ' ';
    (line += event.program) += ' ';
    (line += std::to_string(event.process)) += ' ';
    (line += or_nil(event.event, kLongestMessageId)) += " - ";
    return line += content(event, format);
}

}  // namespace postern::sys
