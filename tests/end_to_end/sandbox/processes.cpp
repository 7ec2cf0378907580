// SPDX-License-Identifier: BSD-2-Clause
#include <array>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "intruder.hpp"

namespace postern::intruder {

namespace {

using sys::UniqueFd;

bool forks() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    return child > 0 && ::waitpid(child, nullptr, 0) == child;
}

/// Only what returns instead of becoming another program has failed; who succeeds ends with `true`'s 0.
bool executes() {
    std::array<char*, 2> words{const_cast<char*>("true"), nullptr};
    return ::execve("/bin/true", words.data(), words.data() + 1) == 0;
}

bool executes_from_memory() {
    const UniqueFd program(static_cast<int>(::syscall(SYS_memfd_create, "x", 0)));
    return static_cast<bool>(program);
}

bool traces(int process) {
    if (::ptrace(PTRACE_ATTACH, process, nullptr, nullptr) != 0) return false;
    (void)::waitpid(process, nullptr, 0);
    return ::ptrace(PTRACE_DETACH, process, nullptr, nullptr) == 0;
}

bool reads_memory_of(int process) {
    std::array<char, 8> octets{};
    const iovec here{octets.data(), octets.size()};
    const iovec there{nullptr, octets.size()};
    // An address that is none: EFAULT says that the right was there.
    return ::process_vm_readv(process, &here, 1, &there, 1, 0) >= 0 || errno == EFAULT;
}

bool opens_of(int process, const char* file) {
    const std::string path = "/proc/" + std::to_string(process) + "/" + file;
    return static_cast<bool>(UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)));
}

bool makes_socket(int family, int kind) {
    return static_cast<bool>(UniqueFd(::socket(family, kind | SOCK_CLOEXEC, 0)));
}

bool connects(int socket) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(9);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return connected == 0 || errno == ECONNREFUSED || errno == EINPROGRESS;
}

bool listens() {
    const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::bind(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

/// The test listens there.
bool calls_abstract_socket(int process) {
    const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = "postern-prey-" + std::to_string(process);
    name.copy(address.sun_path + 1, name.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    return ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), size) == 0;
}

bool raises(int resource) {
    struct rlimit limit {};
    if (::getrlimit(static_cast<__rlimit_resource>(resource), &limit) != 0) return false;
    limit.rlim_cur = limit.rlim_max = RLIM_INFINITY;
    return ::setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0;
}

bool opens_many() {
    for (int i = 0; i < 500; ++i)
        if (::dup(1) == -1) return false;
    return true;
}

bool takes_much_memory() {
    constexpr std::size_t much = std::size_t{2} << 30;
    void* const memory = ::malloc(much);
    return memory != nullptr && std::memset(memory, 0, 4096) == memory;
}

bool is_in_environment() {
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
        if (std::strstr(*variable, "HIDDEN") != nullptr) return true;
    return false;
}

/// Where the process found it when it began.
const char* const hidden = std::getenv("HIDDEN");

}  // namespace

std::vector<Attempt> attempts_at_processes() {
    return {
        {"fork", [](auto&) { return forks(); }},
        {"vfork",
         [](auto&) { return ::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr) >= 0; }},
        {"execute", [](auto&) { return executes(); }},
        {"execute_from_memory", [](auto&) { return executes_from_memory(); }},
        {"trace_another", [](auto& prey) { return traces(prey.process); }},
        {"be_traced", [](auto&) { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0; }},
        {"read_memory_of_another", [](auto& prey) { return reads_memory_of(prey.process); }},
        {"signal_another", [](auto& prey) { return ::kill(prey.process, SIGCONT) == 0; }},
        {"signal_all", [](auto&) { return ::kill(-1, 0) == 0; }},
        {"hold_another",
         [](auto& prey) {
             return static_cast<bool>(UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, prey.process, 0))));
         }},
        {"slow_another_down",
         [](auto& prey) { return ::setpriority(PRIO_PROCESS, static_cast<id_t>(prey.process), 5) == 0; }},
        {"limit_another",
         [](auto& prey) {
             const struct rlimit none {};
             return ::prlimit(prey.process, RLIMIT_CORE, &none, nullptr) == 0;
         }},
        {"read_maps_of_another", [](auto& prey) { return opens_of(prey.process, "maps"); }},
        {"read_own_maps", [](auto&) { return opens_of(::getpid(), "maps"); }},
        {"socket_tcp", [](auto&) { return makes_socket(AF_INET, SOCK_STREAM); }},
        {"socket_udp", [](auto&) { return makes_socket(AF_INET6, SOCK_DGRAM); }},
        {"socket_unix", [](auto&) { return makes_socket(AF_UNIX, SOCK_STREAM); }},
        {"socket_netlink", [](auto&) { return makes_socket(AF_NETLINK, SOCK_RAW); }},
        {"connect", [](auto& prey) { return connects(prey.socket); }},
        {"listen", [](auto&) { return listens(); }},
        {"call_abstract_socket", [](auto& prey) { return calls_abstract_socket(prey.process); }},
        {"socket_options",
         [](auto&) {
             int kind = 0;
             socklen_t size = sizeof kind;
             return ::getsockopt(1, SOL_SOCKET, SO_TYPE, &kind, &size) == 0 || errno == ENOTSOCK;
         }},
        {"change_socket",
         [](auto& prey) {
             const int on = 1;
             return ::setsockopt(prey.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0;
         }},
        {"more_processes", [](auto&) { return raises(RLIMIT_NPROC); }, true},
        {"dump_core", [](auto&) { return raises(RLIMIT_CORE); }},
        {"be_dumpable", [](auto&) { return ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0; }},
        {"many_descriptors", [](auto&) { return opens_many(); }},
        {"much_memory", [](auto&) { return takes_much_memory(); }},
        {"environment", [](auto&) { return is_in_environment(); }},
        {"environment_in_memory", [](auto&) { return hidden != nullptr && *hidden != '\0'; }},
    };
}

}  // namespace postern::intruder
