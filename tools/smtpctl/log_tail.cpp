// SPDX-License-Identifier: BSD-2-Clause
#include "log_tail.hpp"

#include <algorithm>
#include <array>

#include "base/log.hpp"

namespace postern::smtpctl {

namespace {

constexpr std::uint64_t kTail = 65536;

std::optional<std::string> newest_file(sys::FileSystem& files, const std::string& directory) {
    const auto names = files.list(directory);
    std::optional<std::string> newest;
    Instant when{};
    for (const std::string& name : names ? *names : std::vector<std::string>()) {
        const auto info = files.info(directory + "/" + name);
        if (!info || info->kind != sys::FileKind::regular || (newest && info->modified < when)) continue;
        newest = directory + "/" + name;
        when = info->modified;
    }
    return newest;
}

std::string read_tail(sys::FileSystem& files, const std::string& path) {
    const auto file = files.open(path, sys::Access::read);
    if (!file) return "";
    const auto info = (*file)->info();
    if (!info) return "";
    std::string tail(static_cast<std::size_t>(std::min(info->size, kTail)), '\0');
    const auto count = (*file)->read_at(info->size - tail.size(), tail);
    tail.resize(count ? *count : 0);
    return tail;
}

/// "2026-11-21T20:30:05.123Z err smtpd-inetd[12] …", or JSON with "severity":"err".
std::optional<Severity> severity_of(std::string_view line) {
    constexpr std::string_view key = "\"severity\":\"";
    if (line.starts_with('{')) {
        const std::size_t at = line.find(key);
        if (at == std::string_view::npos) return std::nullopt;
        line.remove_prefix(at + key.size());
        return parse_severity(line.substr(0, line.find('"')));
    }
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    line.remove_prefix(blank + 1);
    return parse_severity(line.substr(0, line.find(' ')));
}

}  // namespace

std::optional<std::string> last_problem(sys::FileSystem& files, const std::string& log_directory) {
    const auto path = newest_file(files, log_directory);
    if (!path) return std::nullopt;
    const std::string tail = read_tail(files, *path);
    for (std::string_view rest = tail; !rest.empty();) {
        if (rest.ends_with('\n')) rest.remove_suffix(1);
        const std::size_t begin = rest.rfind('\n') + 1;
        const std::string_view line = rest.substr(begin);
        if (severity_of(line).value_or(Severity::debug) <= Severity::warning) return std::string(line);
        rest = rest.substr(0, begin);
    }
    return std::nullopt;
}

}  // namespace postern::smtpctl
