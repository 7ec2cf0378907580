// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "base/result.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

/// SIGUSR1 as something to wait for. Begin before any thread does: it is blocked from then on, and belongs to
/// whoever reads `descriptor`.
class WakeSignal {
public:
    static Result<WakeSignal> begin();

    int descriptor() const { return descriptor_.number(); }
    bool has_come() const;
    void forget() const;

private:
    explicit WakeSignal(UniqueFd descriptor) : descriptor_(std::move(descriptor)) {}
    UniqueFd descriptor_;
};

}  // namespace postern::sys
