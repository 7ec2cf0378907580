// SPDX-License-Identifier: BSD-2-Clause
#include "policy/bans.hpp"

#include <algorithm>
#include <thread>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "sys/replace_file.hpp"

namespace postern::policy {

namespace {

constexpr unsigned kBanMode = 0660;  // sessions and the tree's owner share the directory's group
constexpr std::size_t kLongest = 1000;
constexpr std::size_t kTidiedAtOnce = 200;  // some milliseconds
/// From making a file to writing the ban into it, microseconds pass.
constexpr std::chrono::minutes kLongestToWrite{1};

std::string text_of(const Ban& ban) {
    return format_rfc3339(ban.until, Precision::seconds) + ' ' + ban.reason + '\n';
}

std::optional<Ban> parse(Subject source, std::string_view text) {
    auto line = ascii::take_up_to(text, '\n');
    const auto until = parse_rfc3339(ascii::take_up_to(line, ' '));
    if (!until) return std::nullopt;
    return Ban{source, *until, std::string(line)};
}

/// The file, locked, so that nobody else writes it or takes it away; null when somebody is about to.
Result<std::unique_ptr<sys::File>> lock(Result<std::unique_ptr<sys::File>> opened) {
    POSTERN_ASSIGN(auto file, std::move(opened));
    POSTERN_ASSIGN(const bool is_ours, file->try_lock());
    POSTERN_ASSIGN(const sys::FileInfo info, file->info());
    if (!is_ours || info.links == 0) file.reset();
    return file;
}

/// The same, once who has the lock is done with it: `tidy` may be about to take away what the path names.
/// Null where the file cannot be opened: then there is none, or none that `tidy` could lock and take away.
Result<std::unique_ptr<sys::File>> wait_for_lock(sys::FileSystem& files, const std::string& path,
                                                 std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        auto opened = files.open(path, sys::Access::read_write);
        if (!opened) return std::unique_ptr<sys::File>();
        POSTERN_ASSIGN(auto file, lock(std::move(opened)));
        if (file) return file;
        if (std::chrono::steady_clock::now() >= end)
            return Error(Fault::temporary, path + ": locked by another process");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

/// Does the path still name this file? Another one may have been renamed into its place.
Result<bool> is_at(sys::FileSystem& files, const std::string& path, const sys::File& file) {
    POSTERN_ASSIGN(const sys::FileInfo there, files.info(path));
    POSTERN_ASSIGN(const sys::FileInfo held, file.info());
    return there.device == held.device && there.inode == held.inode;
}

Status unless_gone(Status status) { return status.failed_with(Fault::not_found) ? Status(done) : status; }

/// Each minute it is the turn of others. However many minutes lie between two calls, multiples of the golden
/// ratio modulo 1 come back to no place, and leave no gap for long.
std::size_t first_of_turn(std::size_t count, Instant now) {
    constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15;  // of 2^64
    const auto minute = std::chrono::floor<std::chrono::minutes>(now.time_since_epoch()).count();
    const std::uint64_t part = static_cast<std::uint64_t>(minute) * golden_ratio >> 32;  // of 2^32
    return part * count >> 32;
}

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
    POSTERN_ASSIGN(const auto file, lock(sys::open_or_create(files_, path_of(ban.source), kBanMode)));
    if (!file) return false;
    POSTERN_ASSIGN(const auto there, find(ban.source, now));
    if (there) return false;
    POSTERN_TRY(file->write_at(0, text_of(ban)));
    return true;
}

Status Bans::set(const Ban& ban, std::chrono::milliseconds patience) {
    POSTERN_ASSIGN(const auto held, wait_for_lock(files_, path_of(ban.source), patience));
    return sys::replace_file(files_, path_of(ban.source), text_of(ban), kBanMode);
}

Result<bool> Bans::lift(Subject source) {
    const Status removed = sys::remove_file(files_, path_of(source));
    if (removed.failed_with(Fault::not_found)) return false;
    if (!removed) return removed.error();
    return true;
}

Result<std::vector<Subject>> Bans::sources() const {
    std::vector<Subject> sources;
    const auto names = files_.list(directory_);
    if (names.failed_with(Fault::not_found)) return sources;  // a tree that is older than bans
    if (!names) return names.error();
    for (const std::string& name : *names)
        if (const auto source = Subject::parse_source(unescape(name).value_or("")))
            sources.push_back(*source);
    return sources;
}

Result<std::vector<Ban>> Bans::list(Instant now) const {
    std::vector<Ban> bans;
    POSTERN_ASSIGN(const auto all, sources());
    for (const Subject source : all) {
        POSTERN_ASSIGN(auto ban, find(source, now));
        if (ban) bans.push_back(*std::move(ban));
    }
    std::ranges::sort(bans, {}, &Ban::until);
    return bans;
}

/// Trouble with one is no reason to leave the others.
Status Bans::tidy(Instant now) {
    POSTERN_ASSIGN(const auto all, sources());
    const std::size_t first = first_of_turn(all.size(), now);
    Status outcome = done;
    for (std::size_t i = 0; i < std::min(all.size(), kTidiedAtOnce); ++i) {
        const Status status = remove_if_over(all[(first + i) % all.size()], now);
        if (outcome) outcome = status;
    }
    return outcome;
}

/// Looked at again under its lock: a session may have written the next ban into it. Who renames another file
/// into its place waits for the lock as well, or had found no file: that one is told from the locked one.
Status Bans::remove_if_over(Subject source, Instant now) {
    POSTERN_ASSIGN(const auto seen, read(source));
    if (seen && seen->until > now) return done;
    const std::string path = path_of(source);
    const auto file = lock(files_.open(path, sys::Access::read_write));
    if (!file) return unless_gone(file.error());
    if (!*file) return done;
    POSTERN_ASSIGN(const bool is_over, is_over_or_none(source, **file, now));
    if (!is_over) return done;
    const auto is_the_same = is_at(files_, path, **file);
    if (!is_the_same) return unless_gone(is_the_same.error());
    return *is_the_same ? unless_gone(files_.unlink(path)) : Status(done);
}

/// Who died after making the file, or found the disk full, leaves one that is no ban; so does somebody who is
/// about to lock and write it.
Result<bool> Bans::is_over_or_none(Subject source, const sys::File& file, Instant now) const {
    POSTERN_ASSIGN(const auto ban, read(source));
    if (ban) return ban->until <= now;
    POSTERN_ASSIGN(const sys::FileInfo info, file.info());
    return now - info.modified > kLongestToWrite;
}

}  // namespace postern::policy
