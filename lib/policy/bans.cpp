// SPDX-License-Identifier: BSD-2-Clause
#include "policy/bans.hpp"

#include <algorithm>

#include "base/ascii.hpp"
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
    auto line = ascii::take_up_to(text, '\n');
    const auto until = parse_rfc3339(ascii::take_up_to(line, ' '));
    if (!until) return std::nullopt;
    return Ban{source, *until, std::string(line)};
}

Status unless_gone(Status status) { return status.failed_with(Fault::not_found) ? Status(done) : status; }

}  // namespace

std::string Bans::path_of(Subject source) const {
    return directory_ + '/' + escape_file_name(source.to_string());
}

Result<std::optional<Ban>> Bans::read(Subject source) const {
    const auto text = sys::read_whole_file(files_, path_of(source), kLongest);
    if (text) return parse(source, *text);
    if (text.failed_with(Fault::not_found) || text.failed_with(Fault::configuration))
        return std::optional<Ban>();
    return text.error();
}

Result<std::optional<Ban>> Bans::find(Subject source, Instant now) const {
    POSTERN_ASSIGN(auto ban, read(source));
    if (ban && ban->until <= now) ban.reset();
    return ban;
}

/// The file of a ban that is over is written over: what is left of a longer line stands behind the new one.
Result<bool> Bans::add(const Ban& ban, Instant now) {
    POSTERN_ASSIGN(const auto file, sys::open_or_create(files_, path_of(ban.source), kBanMode));
    POSTERN_ASSIGN(const bool is_ours, file->try_lock());
    if (!is_ours) return false;  // another session bans it at this moment
    POSTERN_ASSIGN(const auto there, find(ban.source, now));
    if (there) return false;
    POSTERN_TRY(file->write_at(0, text_of(ban)));
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
        POSTERN_ASSIGN(auto ban, read(*source));
        if (ban && ban->until <= now)
            POSTERN_TRY(unless_gone(files_.unlink(path_of(*source))));
        else if (ban)
            bans.push_back(*std::move(ban));
    }
    std::ranges::sort(bans, {}, &Ban::until);
    return bans;
}

}  // namespace postern::policy
