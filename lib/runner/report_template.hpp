// SPDX-License-Identifier: BSD-2-Clause
// The words of a report, as the administrator may write them (postern(7), Reports): a line "Subject: …", then
// text in UTF-8, in both of which {placeholders} stand for what is told of a message. Pure.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace postern::runner {

enum class ReportKind {
    failure,        ///< to the reverse-path: these recipients will not get the message
    delay,          ///< to the reverse-path: they have not got it yet
    success,        ///< to the reverse-path, which asked for it: they have got it
    double_bounce,  ///< to the postmaster: a report could not be delivered
};

/// The name of its file in the directory of the templates.
std::string_view file_name(ReportKind kind);
/// The placeholders that it may use, without their braces.
std::span<const std::string_view> placeholders(ReportKind kind);

struct ReportTemplate {
    std::string subject;
    std::string text;  ///< lines with LF
};

const ReportTemplate& built_in_template(ReportKind kind);

/// Fault::configuration says what is wrong: no subject, no text, an unknown placeholder, no UTF-8, a control
/// character.
Result<ReportTemplate> parse_template(std::string_view file, ReportKind kind);

using PlaceholderValues = std::map<std::string_view, std::string>;
/// With a value in the place of each placeholder, and "{" in that of "{{". Values are not looked into.
std::string filled(std::string_view text, const PlaceholderValues& values);

}  // namespace postern::runner
