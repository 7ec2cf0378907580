// SPDX-License-Identifier: BSD-2-Clause
#include "sys/process.hpp"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

/// Without descriptors 0 to 2 the first file that we open would become standard output or error.
void fill_standard_descriptors() {
    std::array<pollfd, 3> standard{{{0, 0, 0}, {1, 0, 0}, {2, 0, 0}}};
    if (::poll(standard.data(), standard.size(), 0) < 1) return;
    for (const pollfd& one : standard)
        if ((one.revents & POLLNVAL) != 0) (void)::open("/dev/null", O_RDWR);  // takes the lowest free number
}

bool are_same_socket(int a, int b) {
    struct stat first {
    }, second{};
    return ::fstat(a, &first) == 0 && S_ISSOCK(first.st_mode) && ::fstat(b, &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

Status become(Owner owner) {
    POSTERN_TRY(check_call("setgroups", "to none", [] { return ::setgroups(0, nullptr); }));
    POSTERN_TRY(check_call("setresgid", std::to_string(owner.group),
                           [&] { return ::setresgid(owner.group, owner.group, owner.group); }));
    return check_call("setresuid", std::to_string(owner.user),
                      [&] { return ::setresuid(owner.user, owner.user, owner.user); });
}

bool is_for_good(Owner owner) {
    uid_t real_user = 0, effective_user = 0, saved_user = 0;
    gid_t real_group = 0, effective_group = 0, saved_group = 0;
    ::getresuid(&real_user, &effective_user, &saved_user);
    ::getresgid(&real_group, &effective_group, &saved_group);
    return real_user == owner.user && effective_user == owner.user && saved_user == owner.user &&
           real_group == owner.group && effective_group == owner.group && saved_group == owner.group &&
           ::setuid(0) == -1;
}

}  // namespace

void begin_process() {
    ::close_range(3, ~0U, 0);
    fill_standard_descriptors();
    ::signal(SIGPIPE, SIG_IGN);
    ::umask(0007);
}

void keep_dialogue_clean() {
    if (!are_same_socket(0, 2)) return;
    ::close(2);
    (void)::open("/dev/null", O_RDWR);  // becomes 2, the lowest free number
}

void keep_only_connection(int descriptor) {
    ::dup2(descriptor, 0);
    ::dup2(descriptor, 1);
    ::close_range(3, ~0U, 0);
}

Result<Owner> owner_of(const std::string& path) {
    struct stat status {};
    POSTERN_TRY(check_call("stat", path, [&] { return ::lstat(path.c_str(), &status); }));
    return Owner{status.st_uid, status.st_gid};
}

bool is_root() { return ::geteuid() == 0 || ::getuid() == 0; }

Status take_owner_of(const std::string& path) {
    if (!is_root()) return done;
    POSTERN_ASSIGN(const Owner owner, owner_of(path));
    if (owner.user == 0 || owner.group == 0)
        return Error(
            Fault::configuration,
            path + ": belongs to root, and Postern does not work as root: give it another owner and group");
    POSTERN_TRY(become(owner).in("taking the owner of " + path));
    if (!is_for_good(owner)) return Error(Fault::internal, "could not give up being root");
    return done;
}

}  // namespace postern::sys
