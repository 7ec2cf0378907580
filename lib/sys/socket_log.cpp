// SPDX-License-Identifier: BSD-2-Clause
#include "sys/socket_log.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "sys/syslog_form.hpp"
#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 500ms;        // for a connection, and for room in a full queue
constexpr auto kPauseToReconnect = 10s;  // each attempt may cost kPatience
constexpr std::size_t kLongestMessage = 8192;
constexpr std::size_t kLongestDatagram = 2048;  // RFC 5424 §6.1: what a receiver should take

void limit_waiting(int socket) {
    const timeval limit{0, std::chrono::microseconds(kPatience).count()};
    (void)::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);  // of connect(2), too
}

template <class Address>
Result<UniqueFd> connect_to(int kind, const Address& address, const std::string& whom) {
    sockaddr_storage storage{};
    std::memcpy(&storage, &address, sizeof address);
    UniqueFd socket(::socket(storage.ss_family, kind | SOCK_CLOEXEC, 0));
    if (!socket) return errno_error("log to", whom);
    limit_waiting(socket.number());
    const auto* const generic = reinterpret_cast<const sockaddr*>(&storage);
    POSTERN_TRY(
        check_call("log to", whom, [&] { return ::connect(socket.number(), generic, sizeof address); }));
    return socket;
}

Result<UniqueFd> connect_to_syslogd(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return Error(Fault::configuration, path + " is too long for the name of a socket");
    std::memcpy(address.sun_path, path.data(), path.size());
    return connect_to(SOCK_DGRAM, address, path);
}

Result<UniqueFd> connect_to_server(const LogServer& server) {
    if (!server.address)
        return Error(Fault::configuration,
                     "log.target is server without log.server.host: set it to the server's IP address");
    const int kind = server.protocol == LogProtocol::tcp ? SOCK_STREAM : SOCK_DGRAM;
    const std::string whom = server.address->to_string() + " port " + std::to_string(server.port);
    if (server.address->is_v4()) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(server.port);
        std::memcpy(&address.sin_addr, server.address->octets().data(), sizeof address.sin_addr);
        return connect_to(kind, address, whom);
    }
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(server.port);
    std::memcpy(&address.sin6_addr, server.address->octets().data(), sizeof address.sin6_addr);
    return connect_to(kind, address, whom);
}

Result<UniqueFd> connect_as_told(const LogOptions& options) {
    return options.target == LogTarget::syslog ? connect_to_syslogd(options.syslog_socket)
                                               : connect_to_server(options.server);
}

bool is_stream(const LogOptions& options) {
    return options.target == LogTarget::server && options.server.protocol == LogProtocol::tcp;
}

std::string to_message(const LogEvent& event, const LogOptions& options) {
    std::string text = options.target == LogTarget::syslog
                           ? format_rfc3164(event, options.format)
                           : format_rfc5424(event, options.format, options.hostname);
    const bool is_over_udp = options.target == LogTarget::server && !is_stream(options);
    text.resize(std::min(text.size(), is_over_udp ? kLongestDatagram : kLongestMessage));
    return is_stream(options) ? std::to_string(text.size()) + " " + text : text;
}

/// What is written after that is lost without an error. A log server never says anything.
bool is_closed_by_peer(int socket) {
    char octet = 0;
    return ::recv(socket, &octet, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

}  // namespace

SocketLog::SocketLog(LogOptions options, std::string program, const Clock& clock)
    : options_(std::move(options)), program_(std::move(program)), clock_(clock), owner_(::getpid()) {
    connect(clock_.now());
}

void SocketLog::connect(Instant now) {
    auto socket = connect_as_told(options_);
    socket_ = socket ? *std::move(socket) : UniqueFd();
    next_attempt_ = now + kPauseToReconnect;
}

bool SocketLog::is_connected(Instant now) {
    if (std::exchange(owner_, ::getpid()) != ::getpid())
        connect(now);
    else if (socket_ && is_stream(options_) && is_closed_by_peer(socket_.number()))
        connect(now);
    else if (!socket_ && now >= next_attempt_)
        connect(now);
    return static_cast<bool>(socket_);
}

/// False when the socket is of no use any more.
bool SocketLog::send(std::string_view message) {
    const int flags = MSG_NOSIGNAL | (is_patient_ ? 0 : MSG_DONTWAIT);
    const auto sent = repeat_if_interrupted(
        [&] { return ::send(socket_.number(), message.data(), message.size(), flags); });
    is_patient_ = sent >= 0;
    const bool is_cut = sent >= 0 && static_cast<std::size_t>(sent) < message.size();
    if (is_cut) socket_ = UniqueFd();  // the next frame would be taken for the rest of this one
    return sent >= 0 || errno == EAGAIN || errno == EMSGSIZE;
}

void SocketLog::record(Severity severity, std::string_view event, std::span<const LogField> fields) {
    if (!wants(severity)) return;
    const Instant now = clock_.now();
    if (!is_connected(now)) return;
    const std::string message = to_message({now, severity, program_, owner_, event, fields}, options_);
    if (send(message)) return;
    connect(now);  // the syslogd was started anew, say
    if (socket_ && !send(message)) socket_ = UniqueFd();
}

Status check_log_socket(const LogOptions& options) {
    POSTERN_TRY(connect_as_told(options));
    return done;
}

}  // namespace postern::sys
