// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/last_logins.hpp"

namespace postern::accounts {

namespace {

constexpr unsigned kMode = 0660;  // sessions may have a user of their own
constexpr std::size_t kLargest = 256;

Result<std::unique_ptr<sys::File>> open_or_create(sys::FileSystem& files, const std::string& path) {
    auto opened = files.open(path, sys::Access::read_write);
    if (!opened.failed_with(Fault::not_found)) return opened;
    auto created = files.create(path, kMode);
    if (!created.failed_with(Fault::exists)) return created;
    return files.open(path, sys::Access::read_write);  // another session was quicker
}

}  // namespace

/// A colon stands in no name of a mailbox.
std::string LastLogins::path_of(const Mailbox& mailbox, std::string_view app) const {
    std::string path = directory_ + '/' + mailbox.to_string();
    if (!app.empty()) path.append(":").append(app);
    return path;
}

Status LastLogins::note(const Mailbox& mailbox, std::string_view app, Instant now) {
    POSTERN_ASSIGN(const auto file, open_or_create(files_, path_of(mailbox, app)));
    return file->write_at(0, format_rfc3339(now, Precision::seconds) + '\n');  // always as long
}

Result<std::optional<Instant>> LastLogins::find(const Mailbox& mailbox, std::string_view app) const {
    const auto text = sys::read_whole_file(files_, path_of(mailbox, app), kLargest);
    if (text.failed_with(Fault::not_found)) return std::optional<Instant>();
    if (!text) return text.error();
    return parse_rfc3339(std::string_view(*text).substr(0, text->find('\n')));
}

Status LastLogins::forget(const Mailbox& mailbox, std::string_view app) {
    const Status gone = files_.unlink(path_of(mailbox, app));
    return gone.failed_with(Fault::not_found) ? Status(done) : gone;
}

std::string last_logins_directory(const std::string& state_directory) { return state_directory + "/logins"; }

}  // namespace postern::accounts
