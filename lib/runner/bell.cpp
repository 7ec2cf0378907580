// SPDX-License-Identifier: BSD-2-Clause
#include "runner/bell.hpp"

#include <array>

#include "sys/fd_stream.hpp"

namespace postern::runner {

void PipeBell::still() {
    pipe_.drain();
    signal_.forget();
}

bool PipeBell::has_rung() const { return pipe_.has_input() || signal_.has_come(); }

void PipeBell::wait(std::chrono::milliseconds patience) {
    const std::array<int, 2> descriptors{pipe_.descriptor(), signal_.descriptor()};
    (void)sys::wait_for_any_input(descriptors, std::chrono::steady_clock::now() + patience);
}

}  // namespace postern::runner
