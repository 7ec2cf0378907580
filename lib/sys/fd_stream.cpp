// SPDX-License-Identifier: BSD-2-Clause
#include "sys/fd_stream.hpp"

#include <algorithm>
#include <array>
#include <climits>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sys/process.hpp"
#include "sys/stop_signal.hpp"
#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

using std::chrono::steady_clock;

timespec time_until(Deadline deadline) {
    using namespace std::chrono;
    const auto left = std::max(deadline - steady_clock::now(), steady_clock::duration::zero());
    const auto whole = floor<seconds>(left);
    return {static_cast<time_t>(whole.count()), static_cast<long>(nanoseconds(left - whole).count())};
}

bool is_no_descriptor(const pollfd& waited) { return (waited.revents & POLLNVAL) != 0; }

/// ppoll(2); `mask` null leaves the signal mask as it is.
Ready wait_for(std::span<pollfd> waited, Deadline deadline, const sigset_t* mask) {
    for (;;) {
        const timespec left = time_until(deadline);
        const int ready = ::ppoll(waited.data(), waited.size(), &left, mask);
        if (ready > 0) return std::ranges::any_of(waited, is_no_descriptor) ? Ready::broken : Ready::yes;
        if (ready == 0) return Ready::timed_out;
        if (errno != EINTR) return Ready::broken;
        if (mask != nullptr && told_to_stop()) return Ready::told_to_stop;
    }
}

Ready wait_for(int descriptor, short event, Deadline deadline, const sigset_t* mask) {
    pollfd waited{descriptor, event, 0};
    return wait_for(std::span(&waited, 1), deadline, mask);
}

bool would_block(long count) { return count == -1 && (errno == EAGAIN || errno == EWOULDBLOCK); }

ReadEnd end_of(Ready ready) {
    switch (ready) {
        case Ready::timed_out: return {ReadEnd::Why::timed_out};
        case Ready::told_to_stop: return {ReadEnd::Why::told_to_stop};
        default: return {ReadEnd::Why::broken};
    }
}

}  // namespace

Ready wait_for_input(int descriptor, Deadline deadline) {
    return wait_for(descriptor, POLLIN, deadline, mask_while_waiting());
}

Ready wait_for_any_input(std::span<const int> descriptors, Deadline deadline) {
    std::vector<pollfd> waited;
    for (const int descriptor : descriptors) waited.push_back({descriptor, POLLIN, 0});
    return wait_for(waited, deadline, mask_while_waiting());
}

/// recv(2) that does not wait, or read(2) after a wait for input.
long FdStream::receive(std::span<char> into) {
    if (input_is_socket_) {
        const auto count =
            repeat_if_interrupted([&] { return ::recv(input_, into.data(), into.size(), MSG_DONTWAIT); });
        if (count != -1 || errno != ENOTSOCK) return count;
        input_is_socket_ = false;
    }
    return repeat_if_interrupted([&] { return ::read(input_, into.data(), into.size()); });
}

ReadEnd FdStream::read(std::span<char> into, Deadline deadline) {
    const sigset_t* const mask = stop_ == StopSignal::ends_reading ? mask_while_waiting() : nullptr;
    // A peer that never lets the socket run dry must not keep its process from stopping.
    if (mask != nullptr && told_to_stop()) return end_of(Ready::told_to_stop);
    for (bool wait = !(more_is_likely_ && input_is_socket_);; wait = true) {
        if (wait) {
            const Ready ready = wait_for(input_, POLLIN, deadline, mask);
            if (ready != Ready::yes) return end_of(ready);
        }
        const long count = receive(into);
        if (would_block(count)) continue;  // someone else was quicker, or it was not likely after all
        if (count == -1) return {ReadEnd::Why::broken};
        if (count == 0) return {ReadEnd::Why::closed};
        more_is_likely_ = static_cast<std::size_t>(count) == into.size();
        return {ReadEnd::Why::bytes, static_cast<std::size_t>(count)};
    }
}

/// What goes without waiting. To a pipe that poll(2) calls writable PIPE_BUF octets go without waiting.
long FdStream::send_some(std::string_view bytes) {
    if (output_is_socket_) {
        const auto count = repeat_if_interrupted(
            [&] { return ::send(output_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL); });
        if (count != -1 || errno != ENOTSOCK) return count;
        output_is_socket_ = false;
        errno = EAGAIN;
        return -1;
    }
    const auto part = bytes.substr(0, PIPE_BUF);
    return repeat_if_interrupted([&] { return ::write(output_, part.data(), part.size()); });
}

Status FdStream::write(std::string_view bytes, Deadline deadline) {
    bool wait = !output_is_socket_;
    while (!bytes.empty()) {
        if (wait) {
            const Ready ready = wait_for(output_, POLLOUT, deadline, nullptr);
            if (ready == Ready::timed_out) return Error(Fault::temporary, "write: the peer takes nothing");
            if (ready != Ready::yes) return Error(Fault::temporary, "write: waiting failed");
        }
        const long count = send_some(bytes);
        if (count == -1 && !would_block(count))
            return Error(Fault::temporary, errno_error("write to", "the peer").what());
        if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
        wait = count == -1 || !output_is_socket_;
    }
    return done;
}

void FdStream::acknowledge() {
    const int on = 1;
    (void)::setsockopt(input_, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

void FdStream::close_gracefully(std::chrono::milliseconds patience) {
    if (::shutdown(output_, SHUT_WR) == -1) return;  // no socket, or the peer has gone
    const Deadline end = steady_clock::now() + patience;
    std::array<char, 4096> discarded;
    for (;;) {
        if (wait_for(input_, POLLIN, end, nullptr) != Ready::yes) return;
        const long count = receive(discarded);
        if (count == 0 || (count == -1 && !would_block(count))) return;
    }
}

}  // namespace postern::sys
