// SPDX-License-Identifier: BSD-2-Clause
#include "server/acceptor.hpp"

#include <string>
#include <utility>

#include "smtp/replies.hpp"
#include "sys/fd_stream.hpp"

namespace postern::server {

namespace {

/// How long to leave connections alone when descriptors, memory or processes have run out: a session that
/// ends gives some back, and until then asking would only spin.
constexpr std::chrono::milliseconds kPause{200};

}  // namespace

Acceptor::Acceptor(std::vector<sys::Listener> listeners, sys::Children children, std::size_t most, Log& log,
                   Serve serve)
    : listeners_(std::move(listeners)),
      children_(std::move(children)),
      most_(most),
      log_(log),
      serve_(std::move(serve)) {}

void Acceptor::run() {
    for (const auto& listener : listeners_)
        log_.write(Severity::notice, "listening", {{"address", listener.name()}});
    while (!told_to_stop_) turn();
    listeners_.clear();
    drain();
    log_.write(Severity::notice, "stopped", {});
}

void Acceptor::turn() {
    const bool rests = short_of_resources_ || is_full();
    std::vector<int> descriptors;
    if (!rests)
        for (const auto& listener : listeners_) descriptors.push_back(listener.descriptor());
    const auto patience = short_of_resources_ ? std::optional(kPause) : std::nullopt;
    const auto wakeup = children_.wait(descriptors, patience);
    short_of_resources_ = false;
    told_to_stop_ = wakeup.told_to_stop;
    reap();
    for (const std::size_t place : wakeup.readable) accept_all(listeners_[place]);
}

void Acceptor::accept_all(const sys::Listener& listener) {
    while (!is_full() && !short_of_resources_) {
        auto connection = listener.accept();
        if (!connection) {
            short_of_resources_ = true;
            log_.write(Severity::err, "trouble", {{"reason", connection.error().what()}});
        } else if (*connection) {
            start_session(*std::move(connection));
        } else {
            return;
        }
    }
}

void Acceptor::start_session(sys::UniqueFd connection) {
    const auto started = children_.start([&] {
        listeners_.clear();
        return serve_(connection);
    });
    if (started) return;
    (void)sys::FdStream(connection.number()).write(smtp::to_wire(smtp::replies::busy), {});
    short_of_resources_ = true;
    log_.write(Severity::err, "trouble", {{"reason", started.error().what()}});
}

void Acceptor::reap() {
    for (const auto& child : children_.reap()) {
        if (child.signal == 0) continue;
        log_.write(Severity::err, "session_died",
                   {{"pid", std::to_string(child.pid)}, {"signal", std::to_string(child.signal)}});
    }
}

void Acceptor::drain() {
    children_.stop_all();
    for (bool again = false; children_.count() > 0 && !again; reap()) {
        again = children_.wait({}, std::nullopt).told_to_stop;
    }
}

}  // namespace postern::server
