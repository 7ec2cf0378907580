// SPDX-License-Identifier: BSD-2-Clause
#include "runner/crew.hpp"

#include <array>

namespace postern::runner {

namespace {

Roster::Time steady_now() { return std::chrono::steady_clock::now(); }

}  // namespace

void Crew::run() {
    const std::array<int, 1> descriptors{signal_.descriptor()};
    for (bool is_told_to_stop = false; !is_told_to_stop; reap()) {
        const unsigned count = orders_.count();
        fill_places(count);
        const auto wakeup = children_.wait(descriptors, roster_.pause(count, steady_now()));
        is_told_to_stop = wakeup.told_to_stop;
        if (wakeup.readable.empty()) continue;
        signal_.forget();
        orders_.pass_on_wake_signal();
    }
}

void Crew::drain() {
    children_.stop_all();
    for (bool again = false; children_.count() > 0 && !again; reap())
        again = children_.wait({}, std::nullopt).told_to_stop;
}

void Crew::fill_places(unsigned count) {
    for (const unsigned place : roster_.to_start(count, steady_now())) {
        const auto pid = children_.start([&] { return orders_.work(place); });
        if (pid) {
            roster_.started(place, *pid, steady_now());
        } else {
            roster_.not_started(place, steady_now());
            log_.write(Severity::err, "trouble", {{"reason", pid.error().what()}});
        }
    }
}

void Crew::reap() {
    for (const auto& child : children_.reap()) {
        roster_.ended(child.pid, child.status, steady_now());
        if (child.signal == 0) continue;
        log_.write(Severity::err, "runner_died",
                   {{"pid", std::to_string(child.pid)}, {"signal", std::to_string(child.signal)}});
    }
}

}  // namespace postern::runner
