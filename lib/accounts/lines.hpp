// SPDX-License-Identifier: BSD-2-Clause
// The small text files of the userland: one thing a line, # comments.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace postern::accounts {

/// What a line says without its comment and the blanks around; # begins a comment at the start of a line
/// or behind a blank, so that it may stand inside an address.
std::string_view content_of_line(std::string_view line);

/// Calls `visit` with the content and number of each line that has any; ends at the first error.
Status for_each_line(std::string_view text,
                     const std::function<Status(std::string_view, std::size_t)>& visit);

/// Is there anything but comments and blank lines?
bool has_content(std::string_view text);

/// `text` with `line` at its end, on a line of its own.
std::string with_line(std::string text, std::string_view line);
/// `text` without the lines whose content `matches`.
std::string without_lines(std::string_view text, const std::function<bool(std::string_view)>& matches);

}  // namespace postern::accounts
