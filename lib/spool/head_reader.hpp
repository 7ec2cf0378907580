// SPDX-License-Identifier: BSD-2-Clause
// Reads line 1 of a spool file. Keys that it does not know are ignored.
#pragma once

#include <string>
#include <variant>

#include "base/result.hpp"
#include "spool/head.hpp"
#include "spool/window.hpp"

namespace postern::spool {

/// In what a spool file is no live one.
struct Damage {
    enum class Kind {
        unfinished,  ///< its writer never came to the end
        broken,      ///< line 1 cannot be read, or does not fit its sum
    } kind;
    std::string what;  ///< for people
};

struct HeadOnDisk {
    FixedFields fixed;
    Head head;
    std::uint64_t length = 0;  ///< of line 1 with its newline: where the content begins
};

Result<std::variant<HeadOnDisk, Damage>> read_head(Window& window);

}  // namespace postern::spool
