// SPDX-License-Identifier: BSD-2-Clause
#include "sys/packet_end.hpp"

#include <array>

#include <sys/socket.h>

#include "sys/fd_stream.hpp"
#include "sys/system_call.hpp"

namespace postern::sys {

Result<std::pair<PacketEnd, PacketEnd>> PacketEnd::make_pair() {
    std::array<int, 2> sockets{-1, -1};
    POSTERN_TRY(check_call("socketpair", "for packets", [&] {
        return ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets.data());
    }));
    return std::pair(PacketEnd(UniqueFd(sockets[0])), PacketEnd(UniqueFd(sockets[1])));
}

Status PacketEnd::send(std::string_view packet) {
    const auto sent = repeat_if_interrupted(
        [&] { return ::send(socket_.number(), packet.data(), packet.size(), MSG_DONTWAIT | MSG_NOSIGNAL); });
    if (sent == static_cast<long>(packet.size())) return done;
    return Error(Fault::temporary, errno_error("send", "a packet").what());
}

Result<std::optional<std::string>> PacketEnd::receive(std::optional<Deadline> deadline, std::size_t most) {
    if (deadline) {
        const Ready ready = wait_for_input(socket_.number(), *deadline);
        if (ready == Ready::timed_out) return Error(Fault::temporary, "no packet in time");
        if (ready == Ready::told_to_stop) return Error(Fault::temporary, "told to stop");
    }
    std::string packet(most, '\0');
    const auto count =
        repeat_if_interrupted([&] { return ::recv(socket_.number(), packet.data(), packet.size(), 0); });
    if (count == -1) return Error(Fault::temporary, errno_error("receive", "a packet").what());
    if (count == 0) return std::optional<std::string>();
    packet.resize(static_cast<std::size_t>(count));
    return std::optional(std::move(packet));
}

}  // namespace postern::sys
