// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/lines.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postern::accounts {

namespace {

/// The next line with its end, taken off `text`.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end == std::string_view::npos ? end : end + 1);
    text.remove_prefix(line.size());
    return line;
}

}  // namespace

std::string_view content_of_line(std::string_view line) {
    for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1))
        if (at == 0 || ascii::is_blank(line[at - 1])) return ascii::trim(line.substr(0, at));
    return ascii::trim(line);
}

Status for_each_line(std::string_view text,
                     const std::function<Status(std::string_view, std::size_t)>& visit) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view content = content_of_line(take_line(text));
        if (!content.empty()) POSTERN_TRY(visit(content, number));
    }
    return done;
}

bool has_content(std::string_view text) {
    while (!text.empty())
        if (!content_of_line(take_line(text)).empty()) return true;
    return false;
}

std::string with_line(std::string text, std::string_view line) {
    if (!text.empty() && text.back() != '\n') text += '\n';
    return text.append(line) + '\n';
}

std::string without_lines(std::string_view text, const std::function<bool(std::string_view)>& matches) {
    std::string kept;
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        const std::string_view content = content_of_line(line);
        if (content.empty() || !matches(content)) kept += line;
    }
    return kept;
}

}  // namespace postern::accounts
