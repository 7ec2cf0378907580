// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/maildirsize.hpp"

#include <algorithm>
#include <charconv>

namespace postern::delivery {

namespace {

/// Takes a number from the front of `text`, and the blanks before it.
template <class Number>
std::optional<Number> take_number(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// Takes a line; nothing when there is none, or its end is missing: whoever wrote it was cut short.
std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

/// Of "1000000S" or "1000000S,500C".
std::optional<std::uint64_t> octets_of_quota(std::string_view line) {
    while (!line.empty()) {
        const auto number = take_number<std::uint64_t>(line);
        if (!number || line.empty()) return std::nullopt;
        if (line.front() == 'S') return number;
        line.remove_prefix(std::min(line.find(','), line.size() - 1) + 1);
    }
    return std::nullopt;
}

std::optional<Use> parse_use(std::string_view line) {
    const auto octets = take_number<std::int64_t>(line);
    const auto messages = take_number<std::int64_t>(line);
    if (!octets || !messages || line.find_first_not_of(' ') != std::string_view::npos) return std::nullopt;
    return Use{*octets, *messages};
}

}  // namespace

std::optional<Maildirsize> parse_maildirsize(std::string_view text) {
    const auto first = take_line(text);
    const auto quota = first ? octets_of_quota(*first) : std::nullopt;
    if (!quota) return std::nullopt;
    Maildirsize size{.quota = *quota, .use = {}};
    for (; !text.empty(); ++size.lines) {
        const auto line = take_line(text);
        const auto use = line ? parse_use(*line) : std::nullopt;
        if (!use || __builtin_add_overflow(size.use.octets, use->octets, &size.use.octets))
            return std::nullopt;
        size.use.messages += use->messages;
    }
    if (size.lines == 0 || size.use.octets < 0 || size.use.messages < 0) return std::nullopt;
    return size;
}

std::string format_use(const Use& use) {
    return std::to_string(use.octets) + " " + std::to_string(use.messages) + "\n";
}

std::string format_maildirsize(std::uint64_t quota, const Use& use) {
    return std::to_string(quota) + "S\n" + format_use(use);
}

}  // namespace postern::delivery
