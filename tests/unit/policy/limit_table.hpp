// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "policy/limit_map.hpp"
#include "support/fake_clock.hpp"
#include "support/temporary_directory.hpp"

namespace postern::test {

/// A table as several processes have it open: each open() is another one of them.
struct LimitTable {
    TemporaryDirectory folder;
    FakeClock clock;

    sys::SharedTable open() const {
        auto table = sys::SharedTable::open(folder.path("limits"), policy::kLimitShape, 0600);
        if (!table) throw std::runtime_error(table.error().what());
        return *std::move(table);
    }
};

}  // namespace postern::test
