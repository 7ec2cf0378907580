// SPDX-License-Identifier: BSD-2-Clause
#include "policy/bans.hpp"

#include <algorithm>

#include "base/escape.hpp"
#include "sys/replace_file.hpp"

namespace postern::policy {

namespace {

constexpr unsigned kBanMode = 0660;  // sessions and the tree's owner share the directory's group
constexpr std::size_t kLongest = 1000;

std::string text_of(const Ban& ban) {
    return format_rfc3339(ban.until, Precision::seconds) + ' ' + ban.reason + '\n';
}

std::optional<Ban> parse(Subject source, std::string_view text) {
    const auto space = text.find(' ');
    const auto until = parse_rfc3339(text.substr(0, space));
    if (!until) return std::nullopt;
    std::string_view reason = space == std::string_view::npos ? "" : text.substr(space + 1);
    return Ban{source, *until, std::string(reason.substr(0, reason.find('\n')))};
}

Status unless_gone(Status status) { return status.failed_with(Fault::not_found) ? Status(done) : status; }

}  // namespace

std::string Bans::path_of(Subject source) const {
    return directory_ + '/' + escape_file_name(source.to_string());
}

Result<std::optional<Ban>> Bans::find(Subject source, Instant now) {
    const auto text = sys::read_whole_file(files_, path_of(source), kLongest);
    if (text.failed_with(Fault::not_found)) return std::optional<Ban>();
    if (!text && !text.failed_with(Fault::configuration)) return text.error();
    auto ban = text ? parse(source, *text) : std::nullopt;
    if (ban && ban->until > now) return ban;
    POSTERN_TRY(unless_gone(files_.unlink(path_of(source))));
    return std::optional<Ban>();
}

Result<bool> Bans::add(const Ban& ban) {
    const auto created = files_.create(path_of(ban.source), kBanMode);
    if (created.failed_with(Fault::exists)) return false;
    if (!created) return created.error();
    POSTERN_TRY((*created)->write_at(0, text_of(ban)));
    return true;
}

Status Bans::set(const Ban& ban) {
    return sys::replace_file(files_, path_of(ban.source), text_of(ban), kBanMode);
}

Result<bool> Bans::lift(Subject source) {
    const Status removed = sys::remove_file(files_, path_of(source));
    if (removed.failed_with(Fault::not_found)) return false;
    if (!removed) return removed.error();
    return true;
}

Result<std::vector<Ban>> Bans::list(Instant now) {
    std::vector<Ban> bans;
    const auto names = files_.list(directory_);
    if (names.failed_with(Fault::not_found)) return bans;  // a tree that is older than bans
    if (!names) return names.error();
    for (const std::string& name : *names) {
        const auto source = Subject::parse_source(unescape(name).value_or(""));
        if (!source) continue;
        POSTERN_ASSIGN(auto ban, find(*source, now));
        if (ban) bans.push_back(*std::move(ban));
    }
    std::ranges::sort(bans, {}, &Ban::until);
    return bans;
}

}  // namespace postern::policy
