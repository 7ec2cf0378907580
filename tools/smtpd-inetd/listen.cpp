// SPDX-License-Identifier: BSD-2-Clause
#include "listen.hpp"

#include <utility>

#include <unistd.h>

#include "kick.hpp"
#include "server/acceptor.hpp"
#include "session.hpp"
#include "startup.hpp"
#include "sys/process.hpp"

namespace postern::tools {

namespace {

constexpr int kUnavailable = 69;  // EX_UNAVAILABLE

/// Beside those that are served: processes that say to somebody that there are too many.
constexpr std::size_t kRefusedAtOnce = 100;

/// Why the service cannot begin: 64 and 78 are the administrator's to mend, the rest is this machine's.
int cannot_start(const Error& error) {
    const int status = report(kProgram, error);
    const bool tells_enough = error.fault() == Fault::usage || error.fault() == Fault::configuration;
    return tells_enough ? status : kUnavailable;
}

Result<std::vector<sys::Listener>> bind_all(const std::vector<ListenAt>& places) {
    std::vector<sys::Listener> listeners;
    for (const auto& place : places) {
        POSTERN_ASSIGN(auto listener,
                       std::visit([](const auto& at) { return sys::Listener::bind(at); }, place));
        listeners.push_back(std::move(listener));
    }
    return listeners;
}

void announce(const std::vector<sys::Listener>& listeners) {
    std::string text;
    for (const auto& listener : listeners)
        text += std::string(kProgram) + ": listening on " + listener.name() + "\n";
    [[maybe_unused]] const auto written = write(STDOUT_FILENO, text.data(), text.size());
}

/// Each session reads the settings anew, as one that a superserver starts: a change counts from the next.
Status run(const Options& options) {
    // Before start_up, which gives up being root: only root may bind port 25.
    POSTERN_ASSIGN(auto listeners, bind_all(options.places));
    POSTERN_ASSIGN(const auto startup, start_up(kProgram, options.root, OwnerOf::incoming));
    POSTERN_ASSIGN(auto children, sys::Children::begin());
    announce(listeners);
    server::Acceptor acceptor(std::move(listeners), std::move(children),
                              startup.config.limits.sessions + kRefusedAtOnce, *startup.log,
                              [&](const sys::UniqueFd& connection) {
                                  const auto serve = options.is_kick ? serve_kick : serve_connection;
                                  sys::keep_only_connection(connection.number());
                                  return serve(options, STDIN_FILENO, STDOUT_FILENO);
                              });
    acceptor.run();
    return done;
}

}  // namespace

int listen(const Options& options) {
    const auto ran = run(options);
    return ran ? 0 : cannot_start(ran.error());
}

}  // namespace postern::tools
