// SPDX-License-Identifier: BSD-2-Clause
// Which workers of a watcher are to be started when: each place is always filled, but a worker that dies at
// once again and again must not take the machine with it. Knows no clock and no process.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace postern::runner {

class Roster {
public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds kBetweenStarts{1};  ///< of the same place
    static constexpr std::chrono::seconds kAfterFailure{10};  ///< it said that it cannot work

    /// The places below `count` that are to be filled now.
    std::vector<unsigned> to_start(unsigned count, Time now) const;
    /// How long until one of them is to be filled again; nothing when all are.
    std::optional<std::chrono::milliseconds> pause(unsigned count, Time now) const;

    void started(unsigned place, int pid, Time now);
    void not_started(unsigned place, Time now) { places_[place].not_before = now + kAfterFailure; }
    /// `status`: its exit status, 0 also when a signal ended it.
    void ended(int pid, int status, Time now);

private:
    struct Place {
        int pid = 0;  ///< 0 = empty
        Time not_before{};
    };
    Place place(unsigned number) const;

    std::map<unsigned, Place> places_;
};

}  // namespace postern::runner
