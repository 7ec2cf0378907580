// SPDX-License-Identifier: BSD-2-Clause
#include <cstdint>

#include <grp.h>
#include <sched.h>
#include <sys/fsuid.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "intruder.hpp"

namespace postern::intruder {

namespace {

/// That the kernel understood the call is enough: its answer to senseless arguments is not "not permitted".
template <class... Arguments>
bool reaches(long number, Arguments... arguments) {
    return ::syscall(number, arguments...) != -1 || (errno != EPERM && errno != ENOSYS);
}

bool maps_code() {
    return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

bool makes_code_of_data() {
    void* const data = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return data != MAP_FAILED && ::mprotect(data, 4096, PROT_READ | PROT_EXEC) == 0;
}

#ifdef __x86_64__
bool calls_as_32_bit() {
    constexpr int getpid_there = 20;
    int result = 0;
    asm volatile("int $0x80" : "=a"(result) : "a"(getpid_there) : "memory");
    return result > 0;
}

constexpr long kX32 = 0x40000000;
#endif

}  // namespace

std::vector<Attempt> attempts_at_kernel() {
    return {
        {"map_code", [](auto&) { return maps_code(); }},
        {"make_code_of_data", [](auto&) { return makes_code_of_data(); }},
        {"share_memory", [](auto&) { return ::shmget(IPC_PRIVATE, 4096, 0600) >= 0; }},
        {"bpf", [](auto&) { return reaches(SYS_bpf, 99, nullptr, 0); }, true},
        {"perf_event_open", [](auto&) { return reaches(SYS_perf_event_open, nullptr, 0, -1, -1, 0); }},
        {"userfaultfd", [](auto&) { return reaches(SYS_userfaultfd, 0x80000001U); }},
        {"io_uring", [](auto&) { return reaches(SYS_io_uring_setup, 1, nullptr); }},
        {"io_setup", [](auto&) { return reaches(SYS_io_setup, 1, nullptr); }},
        {"keyctl", [](auto&) { return reaches(SYS_keyctl, 0, -3, 0); }},
        {"add_key", [](auto&) { return reaches(SYS_add_key, nullptr, nullptr, nullptr, 0, 0); }},
        {"personality", [](auto&) { return ::personality(0xffffffff) != -1; }},
        {"user_namespace", [](auto&) { return ::unshare(CLONE_NEWUSER) == 0; }},
        {"setns", [](auto&) { return reaches(SYS_setns, -1, 0); }},
        {"mount", [](auto&) { return ::mount("none", "/mnt", "tmpfs", 0, nullptr) == 0; }, true},
        {"umount", [](auto&) { return ::umount("/postern-no-such-place") == 0; }, true},
        {"chroot", [](auto&) { return ::chroot("/") == 0; }, true},
        {"pivot_root", [](auto&) { return reaches(SYS_pivot_root, "/", "/"); }, true},
        {"setuid", [](auto&) { return ::setuid(0) == 0; }, true},
        {"same_uid", [](auto&) { return ::setuid(::getuid()) == 0; }},
        {"setgroups", [](auto&) { return ::setgroups(0, nullptr) == 0; }, true},
        {"capabilities", [](auto&) { return reaches(SYS_capset, nullptr, nullptr); }},
        {"hostname", [](auto&) { return ::sethostname("x", 1) == 0; }, true},
        {"module", [](auto&) { return reaches(SYS_init_module, nullptr, 0, ""); }, true},
        {"kexec", [](auto&) { return reaches(SYS_kexec_load, 0, 0, nullptr, 0); }, true},
        {"handles", [](auto&) { return reaches(SYS_name_to_handle_at, -1, "", nullptr, nullptr, 0); }},
        {"fanotify", [](auto&) { return reaches(SYS_fanotify_init, 0xffffffffU, 0); }, true},
        {"kernel_log", [](auto&) { return reaches(SYS_syslog, 10, nullptr, 0); }, true},
        {"process_control", [](auto&) { return ::prctl(PR_SET_NAME, "harmless") == 0; }},
        {"another_filter", [](auto&) { return reaches(SYS_seccomp, 99, 0, nullptr); }},
        {"terminal",
         [](auto&) {
             char octet = 'x';
             return ::ioctl(0, TIOCSTI, &octet) == 0 || errno == ENOTTY;
         }},
#ifdef __x86_64__
        {"modify_ldt", [](auto&) { return reaches(SYS_modify_ldt, 0, nullptr, 0); }},
        {"ports", [](auto&) { return reaches(SYS_ioperm, 0x80, 1, 1); }, true},
        {"calls_of_32_bit", [](auto&) { return calls_as_32_bit(); }},
        {"calls_of_x32", [](auto&) { return reaches(kX32 | SYS_getpid); }, true},
#endif
    };
}

}  // namespace postern::intruder
