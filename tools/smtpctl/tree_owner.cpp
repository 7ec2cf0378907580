// SPDX-License-Identifier: BSD-2-Clause
#include "tree_owner.hpp"

#include <cerrno>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "base/ascii.hpp"
#include "sys/process.hpp"

namespace postern::smtpctl {

namespace {

constexpr unsigned kRootMode = 0750;

Error unknown(const std::string& what, const std::string& name) {
    return {Fault::permanent, "--owner: there is no " + what + " '" + name + "' on this machine"};
}

Result<sys::Owner> find_user(const std::string& name) {
    const auto number = ascii::parse_number<std::uint32_t>(name);
    const passwd* const entry = number ? getpwuid(*number) : getpwnam(name.c_str());
    if (entry != nullptr) return sys::Owner{entry->pw_uid, entry->pw_gid};
    if (number) return sys::Owner{*number, *number};
    return unknown("user", name);
}

Result<std::uint32_t> find_group(const std::string& name) {
    if (const auto number = ascii::parse_number<std::uint32_t>(name)) return *number;
    if (const group* const entry = getgrnam(name.c_str())) return entry->gr_gid;
    return unknown("group", name);
}

Result<sys::Owner> parse_owner(const std::string& text) {
    const std::size_t colon = text.find(':');
    POSTERN_ASSIGN(sys::Owner owner, find_user(text.substr(0, colon)));
    if (colon != std::string::npos) {
        POSTERN_ASSIGN(owner.group, find_group(text.substr(colon + 1)));
    }
    if (owner.user == 0)
        return Error(Fault::permanent, "--owner: nothing of Postern works as root; name another user");
    return owner;
}

Status expect_empty(sys::FileSystem& files, const std::string& root) {
    POSTERN_ASSIGN(const auto names, files.list(root));
    if (names.empty()) return done;
    return Error(Fault::permanent,
                 root + " is not empty and belongs to root; give it to its user, or name another directory");
}

/// A directory of somebody else is theirs already; `--owner` may only say so again.
Status expect_same_owner(const std::string& root, const sys::Owner& there, const std::string& owner) {
    if (owner.empty()) return done;
    POSTERN_ASSIGN(const sys::Owner wanted, parse_owner(owner));
    if (wanted.user == there.user) return done;
    return Error(Fault::permanent,
                 root + " belongs to user " + std::to_string(there.user) + ", not to " + owner);
}

Status give_away(sys::FileSystem& files, const std::string& root, const std::string& owner) {
    if (owner.empty())
        return Error(Fault::usage, "started as root: name the user whose tree it shall be by --owner USER");
    POSTERN_ASSIGN(const sys::Owner wanted, parse_owner(owner));
    POSTERN_TRY(expect_empty(files, root));
    if (chown(root.c_str(), wanted.user, wanted.group) != 0) return Error::from_errno("chown " + root, errno);
    return done;
}

}  // namespace

Status settle_down(sys::FileSystem& files, const std::string& root, const std::string& owner) {
    if (sys::is_root() && owner.empty() && !files.info(root))
        return Error(Fault::usage, "started as root: name the user whose tree it shall be by --owner USER");
    if (sys::is_root() && !owner.empty()) POSTERN_TRY(parse_owner(owner));
    const Status made = files.make_directory(root, kRootMode);
    if (made.failed_with(Fault::not_found))
        return Error(Fault::permanent, root + ": its parent directory does not exist");
    if (!made && !made.failed_with(Fault::exists)) return made;
    POSTERN_ASSIGN(const sys::Owner there, sys::owner_of(root));
    POSTERN_TRY(sys::is_root() && there.user == 0 ? give_away(files, root, owner)
                                                  : expect_same_owner(root, there, owner));
    return sys::take_owner_of(root);
}

}  // namespace postern::smtpctl
