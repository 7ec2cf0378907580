// SPDX-License-Identifier: BSD-2-Clause
// A Stream over descriptors that may be a socket, pipes or a terminal. They are borrowed, stay in blocking
// mode (others may share them) and are never waited for without a deadline.
#pragma once

#include "sys/stream.hpp"

namespace postern::sys {

enum class Ready { yes, timed_out, told_to_stop, broken };

/// Waits until `descriptor` can be read, or accepted from, or has reached its end. The only place where
/// SIGTERM is let in: told_to_stop when it came before there was anything to read.
Ready wait_for_input(int descriptor, Deadline deadline);
/// The same for any of several, or for none of them: then it only sleeps.
Ready wait_for_any_input(std::span<const int> descriptors, Deadline deadline);

/// What SIGTERM does to a conversation: ends it where it waits for the peer, or nothing, so that a step which
/// must not be repeated comes to its end.
enum class StopSignal { ends_reading, waits };

class FdStream final : public Stream {
public:
    explicit FdStream(int socket, StopSignal stop = StopSignal::ends_reading)
        : input_(socket), output_(socket), stop_(stop) {}
    FdStream(int input, int output) : input_(input), output_(output) {}

    ReadEnd read(std::span<char> into, Deadline deadline) override;
    Status write(std::string_view bytes, Deadline deadline) override;
    void acknowledge() override;

    /// Ends the conversation so that what was written last is not lost: tells the peer that no more comes,
    /// then discards what it still sends until it closes, at most for `patience`. A socket that is closed
    /// with unread input resets the connection, and the reset can overtake the last reply.
    void close_gracefully(std::chrono::milliseconds patience = std::chrono::seconds(2));

private:
    long receive(std::span<char> into);
    long send_some(std::string_view bytes);

    int input_;
    int output_;
    StopSignal stop_ = StopSignal::ends_reading;
    bool input_is_socket_ = true;  ///< until recv(2) says otherwise; saves asking at start
    bool output_is_socket_ = true;
    bool more_is_likely_ = false;  ///< the last read filled its buffer: try before waiting
};

}  // namespace postern::sys
