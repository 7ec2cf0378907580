// SPDX-License-Identifier: BSD-2-Clause
#include "sys/dial.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>

#include "sys/fd_stream.hpp"
#include "sys/socket_address.hpp"
#include "sys/system_call.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

namespace {

class OwnedStream final : public Stream {
public:
    explicit OwnedStream(UniqueFd socket)
        : socket_(std::move(socket)), stream_(socket_.number(), StopSignal::waits) {}

    ReadEnd read(std::span<char> into, Deadline deadline) override { return stream_.read(into, deadline); }
    Status write(std::string_view bytes, Deadline deadline) override {
        return stream_.write(bytes, deadline);
    }

private:
    UniqueFd socket_;
    FdStream stream_;
};

Error no_connection(const std::string& to, int error_number) {
    return {Fault::temporary, Error::from_errno("connect to " + to, error_number).what()};
}

Result<UniqueFd> open_socket(int family, const std::string& to) {
    UniqueFd socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) return no_connection(to, errno);
    return socket;
}

/// What became of a connection that was begun: 0 or an errno.
int outcome_of_connect(int socket, std::chrono::milliseconds patience) {
    pollfd waited{socket, POLLOUT, 0};
    const auto ready =
        repeat_if_interrupted([&] { return ::poll(&waited, 1, static_cast<int>(patience.count())); });
    if (ready == 0) return ETIMEDOUT;
    int error_number = 0;
    socklen_t size = sizeof error_number;
    const bool is_told = ready > 0 && ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error_number, &size) == 0;
    return is_told ? error_number : errno;
}

}  // namespace

Result<std::unique_ptr<Stream>> dial(const Endpoint& endpoint, std::chrono::milliseconds patience) {
    const std::string to = endpoint.to_string();
    POSTERN_ASSIGN(UniqueFd socket, open_socket(endpoint.address.is_v4() ? AF_INET : AF_INET6, to));
    auto address = to_socket_address(endpoint);
    int error_number = 0;
    if (::connect(socket.number(), address.generic(), address.size) != 0) error_number = errno;
    if (error_number == EINPROGRESS || error_number == EINTR)
        error_number = outcome_of_connect(socket.number(), patience);
    if (error_number != 0) return no_connection(to, error_number);
    const int on = 1;
    (void)::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return std::unique_ptr<Stream>(std::make_unique<OwnedStream>(std::move(socket)));
}

/// Connecting to a Unix socket never waits: it succeeds, or there is no room in the queue (EAGAIN).
Result<std::unique_ptr<Stream>> dial(const std::string& path) {
    auto address = to_socket_address(path);
    if (!address) return no_connection(path, ENAMETOOLONG);
    POSTERN_ASSIGN(UniqueFd socket, open_socket(AF_UNIX, path));
    const auto connected =
        repeat_if_interrupted([&] { return ::connect(socket.number(), address->generic(), address->size); });
    if (connected != 0) return no_connection(path, errno);
    return std::unique_ptr<Stream>(std::make_unique<OwnedStream>(std::move(socket)));
}

}  // namespace postern::sys
