// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/full_mailboxes.hpp"

#include <charconv>

#include "accounts/places.hpp"
#include "sys/replace_file.hpp"

namespace postern::accounts {

namespace {

constexpr unsigned kFlagMode = 0640, kFlagDirectoryMode = 0750;

std::string format(const Shortage& shortage) {
    return std::to_string(shortage.room) + " " + std::to_string(shortage.wanted) + "\n";
}

std::optional<Shortage> parse_shortage(std::string_view text) {
    Shortage shortage;
    const char* const end = text.data() + text.size();
    const auto room = std::from_chars(text.data(), end, shortage.room);
    if (room.ec != std::errc() || room.ptr == end || *room.ptr != ' ') return std::nullopt;
    const auto wanted = std::from_chars(room.ptr + 1, end, shortage.wanted);
    if (wanted.ec != std::errc()) return std::nullopt;
    return shortage;
}

/// The mailbox whose flag would have this name.
std::optional<Mailbox> mailbox_of(const std::string& name) {
    const std::size_t at = name.rfind('@');
    if (at == std::string::npos) return std::nullopt;
    Mailbox mailbox{name.substr(at + 1), name.substr(0, at)};
    const std::string suffix(kAccountSuffix);
    const bool is_legal = domain_of(mailbox.domain) && local_part_of(mailbox.user + suffix, suffix);
    return is_legal ? std::optional(std::move(mailbox)) : std::nullopt;
}

}  // namespace

Result<std::optional<Shortage>> FullMailboxes::find(const Mailbox& mailbox) const {
    const auto text = sys::read_whole_file(files_, path(mailbox));
    if (text.failed_with(Fault::not_found)) return std::optional<Shortage>();
    if (!text) return text.error();
    return std::optional(parse_shortage(*text).value_or(Shortage{}));
}

Result<bool> FullMailboxes::have_room(const Mailbox& mailbox, std::uint64_t size) const {
    POSTERN_ASSIGN(const auto shortage, find(mailbox));
    return !shortage || (size != 0 && size <= shortage->room);
}

Result<std::vector<Mailbox>> FullMailboxes::list() const {
    const auto names = files_.list(directory_);
    if (names.failed_with(Fault::not_found)) return std::vector<Mailbox>();
    if (!names) return names.error();
    std::vector<Mailbox> all;
    for (const std::string& name : *names)
        if (auto mailbox = mailbox_of(name)) all.push_back(*std::move(mailbox));
    return all;
}

Status FullMailboxes::note(const Mailbox& mailbox, const Shortage& shortage) {
    const auto before = sys::read_whole_file(files_, path(mailbox));
    if (before && *before == format(shortage)) return done;
    const Status made = files_.make_directory(directory_, kFlagDirectoryMode);
    if (!made && !made.failed_with(Fault::exists)) return made;
    return sys::replace_file(files_, path(mailbox), format(shortage), kFlagMode);
}

Status FullMailboxes::forget(const Mailbox& mailbox) {
    const Status gone = files_.unlink(path(mailbox));
    return gone.failed_with(Fault::not_found) ? Status(done) : gone;
}

}  // namespace postern::accounts
