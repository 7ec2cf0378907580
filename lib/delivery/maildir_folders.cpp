// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/maildir_folders.hpp"

#include <chrono>

namespace postern::delivery {

namespace {

constexpr unsigned kDirectoryMode = 0700;
constexpr auto kTemporaryAge = std::chrono::hours(36);

/// Success also when it is there already.
Status ensure_directory(sys::FileSystem& files, const std::string& path) {
    const Status made = files.make_directory(path, kDirectoryMode);
    return made.failed_with(Fault::exists) ? Status(done) : made;
}

}  // namespace

std::string maildir_path(const std::string& mail_directory, const accounts::Mailbox& mailbox) {
    return mail_directory + "/" + mailbox.domain + "/" + mailbox.user;
}

Status make_maildir(sys::FileSystem& files, const std::string& mail_directory,
                    const accounts::Mailbox& mailbox) {
    const std::string domain = mail_directory + "/" + mailbox.domain;
    const std::string user = maildir_path(mail_directory, mailbox);
    for (const auto& path : {domain, user, user + "/cur", user + "/new"})
        POSTERN_TRY(ensure_directory(files, path));
    for (const auto& parent : {mail_directory, domain, user}) POSTERN_TRY(sys::sync_directory(files, parent));
    return ensure_directory(files, user + "/tmp");
}

void remove_old_temporaries(sys::FileSystem& files, const std::string& tmp_directory, Instant now) {
    const auto names = files.list(tmp_directory);
    if (!names) return;
    for (const auto& name : *names) {
        const std::string path = tmp_directory + "/" + name;
        const auto found = files.info(path);
        if (found && found->kind == sys::FileKind::regular && now - found->modified > kTemporaryAge)
            (void)files.unlink(path);
    }
}

}  // namespace postern::delivery
