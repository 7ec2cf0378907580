// SPDX-License-Identifier: BSD-2-Clause
#include "runner/roster.hpp"

#include <algorithm>

namespace postern::runner {

Roster::Place Roster::place(unsigned number) const {
    const auto found = places_.find(number);
    return found == places_.end() ? Place() : found->second;
}

std::vector<unsigned> Roster::to_start(unsigned count, Time now) const {
    std::vector<unsigned> empty;
    for (unsigned i = 0; i < count; ++i)
        if (place(i).pid == 0 && place(i).not_before <= now) empty.push_back(i);
    return empty;
}

std::optional<std::chrono::milliseconds> Roster::pause(unsigned count, Time now) const {
    using std::chrono::milliseconds;
    std::optional<milliseconds> pause;
    for (unsigned i = 0; i < count; ++i) {
        if (place(i).pid != 0) continue;
        const auto left =
            std::max(std::chrono::ceil<milliseconds>(place(i).not_before - now), milliseconds(0));
        pause = std::min(pause.value_or(left), left);
    }
    return pause;
}

void Roster::started(unsigned place, int pid, Time now) { places_[place] = {pid, now + kBetweenStarts}; }

void Roster::ended(int pid, int status, Time now) {
    for (auto& [number, place] : places_) {
        if (place.pid != pid) continue;
        place.pid = 0;
        if (status != 0) place.not_before = now + kAfterFailure;
    }
}

}  // namespace postern::runner
