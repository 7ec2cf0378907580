// SPDX-License-Identifier: BSD-2-Clause
#include <array>

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "intruder.hpp"

namespace postern::intruder {

namespace {

using sys::UniqueFd;

bool opens(const std::string& path, int flags) {
    const UniqueFd file(::open(path.c_str(), flags | O_CLOEXEC, 0660));
    return static_cast<bool>(file);
}

bool reads_names(int directory) {
    std::array<char, 1024> names{};
    return ::syscall(SYS_getdents64, directory, names.data(), names.size()) >= 0;
}

bool lists(const std::string& path) {
    const UniqueFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return directory && reads_names(directory.number());
}

/// A file of the session's own, in incoming/.
std::string own_file(const Prey& prey) { return prey.root + "/spool/incoming/aaaaaaaaaaaaaaaaaaaaaaaaaa"; }

UniqueFd make_own_file(const Prey& prey) {
    (void)::unlink(own_file(prey).c_str());
    return UniqueFd(::open(own_file(prey).c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0660));
}

bool overwrites_log(const Prey& prey) {
    return ::fcntl(prey.log, F_SETFL, O_WRONLY) == 0 && ::pwrite(prey.log, "forged", 6, 0) == 6;
}

/// It is no program: that the kernel has looked into it says that the right was there.
bool executes_own_file(const Prey& prey) {
    const std::string path = own_file(prey) + "9";
    UniqueFd(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0770));
    std::array<char*, 1> words{nullptr};
    return ::execve(path.c_str(), words.data(), words.data()) == -1 && errno == ENOEXEC;
}

bool watches_names(const std::string& path) {
    const UniqueFd watch(::inotify_init1(IN_CLOEXEC));
    return watch && ::inotify_add_watch(watch.number(), path.c_str(), IN_CREATE | IN_MOVED_TO) >= 0;
}

}  // namespace

std::vector<Attempt> attempts_at_files() {
    return {
        {"read_mail",
         [](auto& prey) { return opens(prey.root + "/mail/example.org/alice/new/1", O_RDONLY); }},
        {"list_mail", [](auto& prey) { return lists(prey.root + "/mail/example.org/alice/new"); }},
        {"read_queued_message", [](auto& prey) { return opens(prey.message, O_RDONLY); }},
        {"write_queued_message", [](auto& prey) { return opens(prey.message, O_WRONLY); }},
        {"list_received", [](auto& prey) { return lists(prey.root + "/spool/received/now"); }},
        {"list_received_by_descriptor", [](auto& prey) { return reads_names(prey.received_now); }},
        {"list_incoming", [](auto& prey) { return lists(prey.root + "/spool/incoming"); }},
        {"watch_received", [](auto& prey) { return watches_names(prey.root + "/spool/received/now"); }},
        {"take_message_back",
         [](auto& prey) { return ::rename(prey.message.c_str(), (own_file(prey) + "2").c_str()) == 0; }},
        {"link_message",
         [](auto& prey) { return ::link(prey.message.c_str(), (own_file(prey) + "3").c_str()) == 0; }},
        {"read_passwords",
         [](auto& prey) { return opens(prey.root + "/secrets/passwords/example.org/alice", O_RDONLY); }},
        {"list_secrets", [](auto& prey) { return lists(prey.root + "/secrets"); }},
        {"read_config", [](auto& prey) { return opens(prey.root + "/config.json", O_RDONLY); }},
        {"read_relay_hosts", [](auto& prey) { return opens(prey.root + "/relay-hosts", O_RDONLY); }},
        {"write_relay_hosts", [](auto& prey) { return opens(prey.root + "/relay-hosts", O_WRONLY); }},
        {"write_account",
         [](auto& prey) { return opens(prey.root + "/domains/example.org/alice.account", O_WRONLY); }},
        {"make_account",
         [](auto& prey) {
             return opens(prey.root + "/domains/example.org/mallory.account", O_WRONLY | O_CREAT);
         }},
        {"list_accounts", [](auto& prey) { return lists(prey.root + "/domains/example.org"); }},
        {"read_passwd", [](auto&) { return opens("/etc/passwd", O_RDONLY); }},
        {"read_shadow", [](auto&) { return opens("/etc/shadow", O_RDONLY); }, true},
        {"list_root", [](auto&) { return lists("/"); }},
        {"write_to_tmp", [](auto&) { return opens("/tmp/postern-intruder", O_WRONLY | O_CREAT); }},
        {"nameless_file_in_tmp", [](auto&) { return opens("/tmp", O_WRONLY | O_TMPFILE); }},
        {"make_log_file",
         [](auto& prey) { return opens(prey.root + "/log/forged.log", O_WRONLY | O_CREAT); }},
        {"read_device", [](auto&) { return opens("/dev/zero", O_RDONLY); }},
        {"truncate_log", [](auto& prey) { return ::ftruncate(prey.log, 0) == 0; }},
        {"truncate_own_file",
         [](auto& prey) { return make_own_file(prey) && opens(own_file(prey), O_WRONLY | O_TRUNC); }},
        {"overwrite_log", overwrites_log},
        {"chmod_own_file",
         [](auto& prey) { return make_own_file(prey) && ::chmod(own_file(prey).c_str(), 0666) == 0; }},
        {"chown_own_file",
         [](auto& prey) {
             return make_own_file(prey) && ::chown(own_file(prey).c_str(), getuid(), getgid()) == 0;
         }},
        {"attribute_of_own_file",
         [](auto& prey) {
             return make_own_file(prey) && ::setxattr(own_file(prey).c_str(), "user.x", "x", 1, 0) == 0;
         }},
        {"symbolic_link",
         [](auto& prey) { return ::symlink("/etc/passwd", (own_file(prey) + "4").c_str()) == 0; }},
        {"move_out_of_tree",
         [](auto& prey) {
             return make_own_file(prey) &&
                    ::rename(own_file(prey).c_str(), (prey.root + "/moved").c_str()) == 0;
         }},
        {"make_directory", [](auto& prey) { return ::mkdir((own_file(prey) + "5").c_str(), 0770) == 0; }},
        {"remove_directory", [](auto& prey) { return ::rmdir((own_file(prey) + "8").c_str()) == 0; }},
        {"execute_own_file", executes_own_file},
        {"make_socket",
         [](auto& prey) { return ::mknod((own_file(prey) + "7").c_str(), S_IFSOCK | 0660, 0) == 0; }},
        {"make_pipe", [](auto& prey) { return ::mkfifo((own_file(prey) + "6").c_str(), 0660) == 0; }},
        {"change_directory", [](auto&) { return ::chdir("/") == 0; }},
    };
}

}  // namespace postern::intruder
