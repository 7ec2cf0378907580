// SPDX-License-Identifier: BSD-2-Clause
// Reads line 1 of a spool file. Keys that it does not know are ignored.
#pragma once

#include <string>
#include <variant>

#include "base/result.hpp"
#include "spool/head.hpp"
#include "spool/window.hpp"

namespace postern::spool {

/// In what a spool file does not fit; for people.
struct Damage {
    std::string what;
};

struct HeadOnDisk {
    FixedFields fixed;
    Head head;
    std::uint64_t length = 0;  ///< of line 1 with its newline: where the content begins
};

Result<std::variant<HeadOnDisk, Damage>> read_head(Window& window);

}  // namespace postern::spool
