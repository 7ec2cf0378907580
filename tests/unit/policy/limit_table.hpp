// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "policy/limit_table.hpp"
#include "support/fake_clock.hpp"
#include "support/temporary_directory.hpp"

namespace postern::test {

/// A table as several processes have it open: each open() is another one of them.
struct LimitTable {
    TemporaryDirectory folder;
    FakeClock clock;

    sys::SharedTable open() const {
        auto table = policy::open_limit_table(folder.path());
        if (!table) throw std::runtime_error(table.error().what());
        return *std::move(table);
    }
};

}  // namespace postern::test
