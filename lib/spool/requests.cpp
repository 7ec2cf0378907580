// SPDX-License-Identifier: BSD-2-Clause
#include "spool/requests.hpp"

#include "base/escape.hpp"
#include "mail/release_domain.hpp"

namespace postern::spool {

namespace {

constexpr unsigned kRequestMode = 0660;    // the runners' user owns the directory, sessions share its group
constexpr std::string_view kTaken = ".%";  // an escaped name has no such end

/// How long ago the request was left that was taken last; nothing when none is on record.
Result<std::optional<std::chrono::milliseconds>> age_of_taken(sys::FileSystem& files, const std::string& path,
                                                              Instant now) {
    const auto info = files.info(path + std::string(kTaken));
    if (info.failed_with(Fault::not_found)) return std::optional<std::chrono::milliseconds>();
    if (!info) return info.error();
    return std::optional(std::chrono::duration_cast<std::chrono::milliseconds>(now - info->modified));
}

/// False when it has to wait.
Result<bool> take(sys::FileSystem& files, const std::string& path, Instant now,
                  std::chrono::milliseconds pause) {
    POSTERN_ASSIGN(const auto age, age_of_taken(files, path, now));
    if (age && *age >= std::chrono::milliseconds(0) && *age < pause) return false;
    POSTERN_TRY(files.rename_over(path, path + std::string(kTaken)));
    return true;
}

Status forget_if_old(sys::FileSystem& files, const std::string& path, Instant now,
                     std::chrono::milliseconds pause) {
    const auto info = files.info(path);
    if (info && now - info->modified < pause) return done;
    const Status removed = files.unlink(path);
    return removed.failed_with(Fault::not_found) ? Status(done) : removed;
}

}  // namespace

Status leave_request(sys::FileSystem& files, const Layout& layout, const std::string& release) {
    const auto created = files.create(layout.requests() + "/" + escape_file_name(release), kRequestMode);
    if (created || created.failed_with(Fault::exists)) return done;
    return created.error();
}

Result<std::vector<std::string>> take_requests(sys::FileSystem& files, const Layout& layout, Instant now,
                                               std::chrono::milliseconds pause) {
    std::vector<std::string> taken;
    const auto names = files.list(layout.requests());
    if (names.failed_with(Fault::not_found)) return taken;  // a tree that is older than requests
    if (!names) return names.error();
    for (const std::string& name : *names) {
        const std::string path = layout.requests() + "/" + name;
        if (name.ends_with(kTaken)) {
            POSTERN_TRY(forget_if_old(files, path, now, pause));
            continue;
        }
        const auto release = mail::parse_release_domain(unescape(name).value_or(""));
        if (!release) continue;
        POSTERN_ASSIGN(const bool may_go, take(files, path, now, pause));
        if (may_go) taken.push_back(*release);
    }
    return taken;
}

}  // namespace postern::spool
