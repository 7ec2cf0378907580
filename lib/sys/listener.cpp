// SPDX-License-Identifier: BSD-2-Clause
#include "sys/listener.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.hpp"
#include "sys/socket_address.hpp"

namespace postern::sys {

namespace {

/// Room for a burst while all sessions are taken; the kernel cuts it to net.core.somaxconn.
constexpr int kBacklog = 1024;

std::uint16_t bound_port(int socket) {
    SocketAddress bound;
    bound.size = sizeof bound.storage;
    if (::getsockname(socket, bound.generic(), &bound.size) != 0) return 0;
    in_port_t port = 0;  // at the same place in both families
    static_assert(offsetof(sockaddr_in, sin_port) == offsetof(sockaddr_in6, sin6_port));
    std::memcpy(&port, reinterpret_cast<char*>(&bound.storage) + offsetof(sockaddr_in, sin_port),
                sizeof port);
    return ntohs(port);
}

void set_option(int socket, int level, int option) {
    const int on = 1;
    (void)::setsockopt(socket, level, option, &on, sizeof on);
}

/// Who may connect is a matter of the directory; the umask would leave the socket to its owner alone.
constexpr mode_t kForEverybody = 0666;

/// A socket at which nobody listens any more refuses the connection, but so does a file that is none.
bool is_left_behind(const std::string& path, SocketAddress& address) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return false;
    const UniqueFd knock(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    return ::connect(knock.number(), address.generic(), address.size) != 0 && errno == ECONNREFUSED;
}

/// accept(2) also reports what is wrong with the connection, or that it has gone; the next may be sound.
bool is_want_of_resources(int error_number) {
    return error_number == EMFILE || error_number == ENFILE || error_number == ENOBUFS ||
           error_number == ENOMEM;
}

}  // namespace

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon);
    const bool in_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (in_brackets) host = host.substr(1, host.size() - 2);
    const auto address = IpAddress::parse(host);
    const auto port = ascii::parse_number<std::uint16_t>(text.substr(colon + 1));
    if (!address || !port || in_brackets == address->is_v4()) return std::nullopt;
    return Endpoint{*address, *port};
}

std::string Endpoint::to_string() const {
    const auto host = address.is_v4() ? address.to_string() : "[" + address.to_string() + "]";
    return host + ":" + std::to_string(port);
}

Result<Listener> Listener::bind(const Endpoint& endpoint) {
    const auto failed = [&](const char* call) {
        return Error::from_errno(std::string(call) + " " + endpoint.to_string(), errno);
    };
    const int family = endpoint.address.is_v4() ? AF_INET : AF_INET6;
    UniqueFd socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) return failed("socket");
    set_option(socket.number(), SOL_SOCKET, SO_REUSEADDR);
    if (family == AF_INET6) set_option(socket.number(), IPPROTO_IPV6, IPV6_V6ONLY);
    auto address = to_socket_address(endpoint);
    if (::bind(socket.number(), address.generic(), address.size) != 0) return failed("bind");
    if (::listen(socket.number(), kBacklog) != 0) return failed("listen");
    const Endpoint bound{endpoint.address, bound_port(socket.number())};
    return Listener(std::move(socket), bound, bound.to_string());
}

Result<Listener> Listener::bind(const std::string& path) {
    const auto failed = [&](const char* call) {
        return Error::from_errno(std::string(call) + " unix:" + path, errno);
    };
    auto address = to_socket_address(path);
    if (!address) return Error(Fault::usage, "the path of a unix socket is too long: " + path);
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) return failed("socket");
    if (is_left_behind(path, *address) && ::unlink(path.c_str()) != 0) return failed("unlink");
    if (::bind(socket.number(), address->generic(), address->size) != 0) return failed("bind");
    if (::chmod(path.c_str(), kForEverybody) != 0) return failed("chmod");
    if (::listen(socket.number(), kBacklog) != 0) return failed("listen");
    return Listener(std::move(socket), std::nullopt, "unix:" + path);
}

Result<UniqueFd> Listener::accept() const {
    // The connection itself blocks: a session waits with deadlines of its own.
    UniqueFd connection(::accept4(socket_.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!connection && is_want_of_resources(errno)) return Error::from_errno("accept", errno);
    return connection;
}

}  // namespace postern::sys
