// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/last_logins.hpp"

namespace postern::accounts {

namespace {

constexpr unsigned kMode = 0660;  // sessions may have a user of their own
constexpr std::size_t kLargest = 256;
constexpr char kBeforeApp = ':';  // stands in no name of a mailbox

}  // namespace

std::string LastLogins::path_of(const Mailbox& mailbox, std::string_view app) const {
    std::string path = directory_ + '/' + mailbox.to_string();
    if (!app.empty()) (path += kBeforeApp) += app;
    return path;
}

Status LastLogins::note(const Mailbox& mailbox, std::string_view app, Instant now) {
    POSTERN_ASSIGN(const auto file, sys::open_or_create(files_, path_of(mailbox, app), kMode));
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

Status LastLogins::forget_all(const Mailbox& mailbox) {
    const auto names = files_.list(directory_);
    if (names.failed_with(Fault::not_found)) return done;
    POSTERN_TRY(names);
    const std::string own = mailbox.to_string();
    for (const std::string& name : *names)
        if (name.substr(0, name.find(kBeforeApp)) == own) POSTERN_TRY(files_.unlink(directory_ + '/' + name));
    return done;
}

std::string last_logins_directory(const std::string& state_directory) { return state_directory + "/logins"; }

}  // namespace postern::accounts
