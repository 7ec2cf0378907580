// SPDX-License-Identifier: BSD-2-Clause
// What a program does to itself before it works: descriptors, umask, signals, and whose rights it has.
// Call in this order: begin_process, keep_dialogue_clean (sessions only), take_owner_of, hold_back_stop
// (programs that must not be stopped in the middle of a step).
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

/// First act of every program. Closes inherited descriptors above 2, puts /dev/null where 0, 1 or 2 is
/// closed, ignores SIGPIPE, and sets the umask to 0007: nothing of a userland is for others, and up to
/// that the mode which a call gives is the mode that the file gets.
void begin_process();

/// inetd and xinetd start a session with standard error = the connection: then it becomes /dev/null, so
/// that no message of ours or of a library ever lands in the dialogue.
void keep_dialogue_clean();

/// In a process forked for a connection: this becomes descriptors 0 and 1, standard error stays, and all
/// others are closed, so that it begins as one that a superserver has started.
void keep_only_connection(int descriptor);

/// A user and a group by number: no look-up of names, which would load NSS.
struct Owner {
    std::uint32_t user = 0;
    std::uint32_t group = 0;
    bool operator==(const Owner&) const = default;
};

/// Who owns `path`, not following a symbolic link.
Result<Owner> owner_of(const std::string& path);
bool is_root();

/// No program works as root: started as root it takes owner and group of `path`, without any other group
/// and without a way back. Fault::configuration when root owns it. Not started as root: does nothing.
Status take_owner_of(const std::string& path);

/// Blocks SIGTERM from here on. It is seen where Postern waits: in Stream::read and wait_for_input
/// (sys/fd_stream.hpp), or by asking told_to_stop() between two steps. Programs started by exec from here
/// must have it unblocked first.
void hold_back_stop();
/// Has SIGTERM come? Only after hold_back_stop.
bool told_to_stop();
/// Can be read once SIGTERM has come (signalfd(2)), for loops that wait elsewhere, as Asio's. Wait for it
/// but do not read it: then told_to_stop() knows, too. Only after hold_back_stop.
Result<UniqueFd> open_stop_signal();

}  // namespace postern::sys
