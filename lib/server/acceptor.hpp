// SPDX-License-Identifier: BSD-2-Clause
// The tiny master of --listen: accepts connections, has a child process serve each, reaps the children.
// Whatever becomes of a session, the master lives. It reads nothing that a peer sends.
#pragma once

#include <functional>
#include <vector>

#include "base/log.hpp"
#include "sys/children.hpp"
#include "sys/listener.hpp"

namespace postern::server {

class Acceptor {
public:
    /// `serve` runs in the child; what it returns is the child's exit status.
    using Serve = std::function<int(const sys::UniqueFd& connection)>;

    /// `most`: children at once. Further connections wait in the kernel's queue until one ends. Each has
    /// about half a MiB of memory of its own.
    Acceptor(std::vector<sys::Listener> listeners, sys::Children children, std::size_t most, Log& log,
             Serve serve);

    /// Until SIGTERM or SIGINT: passes it on to the sessions and waits for their ends. A second signal
    /// does not wait.
    void run();

private:
    void turn();
    void accept_all(const sys::Listener& listener);
    void start_session(sys::UniqueFd connection);
    void reap();
    void drain();
    bool is_full() const { return children_.count() >= most_; }

    std::vector<sys::Listener> listeners_;
    sys::Children children_;
    std::size_t most_;
    Log& log_;
    Serve serve_;
    bool told_to_stop_ = false;
    bool short_of_resources_ = false;
};

}  // namespace postern::server
