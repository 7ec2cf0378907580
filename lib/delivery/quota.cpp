// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/quota.hpp"

#include <chrono>

#include "delivery/maildir_use.hpp"

namespace postern::delivery {

namespace {

constexpr unsigned kMaildirsizeMode = 0600;
// Both numbers are those of Maildir++.
constexpr std::size_t kMostOctets = 5120;
constexpr auto kStaleAge = std::chrono::minutes(15);

}  // namespace

Result<std::uint64_t> Quota::room_for(std::uint64_t octets) {
    POSTERN_ASSIGN(const auto noted, read());
    if (noted && octets <= room(noted->use)) return room(noted->use);
    if (noted) {
        POSTERN_ASSIGN(const bool is_right, was_just_counted(*noted));
        if (is_right) return room(noted->use);
    }
    POSTERN_ASSIGN(const Use use, count_anew());
    return room(use);
}

Result<Use> Quota::use() {
    POSTERN_ASSIGN(const auto noted, read());
    if (noted) return noted->use;
    return count_anew();
}

void Quota::add(std::uint64_t octets) {
    const Status added = files_.append(path(), format_use({static_cast<std::int64_t>(octets), 1}));
    if (!added) distrust();
}

void Quota::distrust() { (void)files_.unlink(path()); }

/// Nothing when it is no help.
Result<std::optional<Quota::Noted>> Quota::read() {
    const auto file = files_.open(path(), sys::Access::read);
    if (file.failed_with(Fault::not_found)) return std::optional<Noted>();
    if (!file) return file.error();
    POSTERN_ASSIGN(const sys::FileInfo info, (*file)->info());
    if (info.size >= kMostOctets) return std::optional<Noted>();
    std::string text(info.size, '\0');
    POSTERN_ASSIGN(const std::size_t size, (*file)->read_at(0, text));
    const auto parsed = parse_maildirsize(std::string_view(text).substr(0, size));
    if (!parsed || parsed->quota != place_.octets) return std::optional<Noted>();
    return std::optional(Noted{parsed->use, parsed->lines, info.modified});
}

/// Readers that know nothing of maildirsize leave their traces on the directories alone.
Result<bool> Quota::was_just_counted(const Noted& noted) {
    if (noted.lines > 1 || clock_.now() - noted.written > kStaleAge) return false;
    POSTERN_ASSIGN(const Instant changed, last_change(files_, place_.maildir));
    return changed <= noted.written;
}

/// What came or went while it was counted may be in it or not: then the count serves once, and is not kept.
Result<Use> Quota::count_anew() {
    POSTERN_ASSIGN(const Instant before, last_change(files_, place_.maildir));
    POSTERN_ASSIGN(const Use use, count_messages(files_, place_.maildir));
    POSTERN_TRY(write(use));
    POSTERN_ASSIGN(const Instant after, last_change(files_, place_.maildir));
    if (after != before) distrust();
    return use;
}

Status Quota::write(const Use& use) {
    const auto file = files_.create(place_.temporary, kMaildirsizeMode);
    if (file.failed_with(Fault::not_found)) return done;  // no Maildir yet
    if (!file) return file.error();
    Status written = (*file)->write_at(0, format_maildirsize(place_.octets, use));
    if (written) written = files_.rename_over(place_.temporary, path());
    if (!written) (void)files_.unlink(place_.temporary);
    return written;
}

std::uint64_t Quota::room(const Use& use) const {
    const auto used = static_cast<std::uint64_t>(use.octets);
    return used < place_.octets ? place_.octets - used : 0;
}

}  // namespace postern::delivery
