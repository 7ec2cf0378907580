// SPDX-License-Identifier: BSD-2-Clause
// What is due: the names in now/ and in the minute directories up to now, opened by nobody. The cost of a
// pass follows the mail that is due, not the mail that waits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spool/layout.hpp"
#include "sys/file_system.hpp"

namespace postern::spool {

struct DueFile {
    std::string directory;  ///< …/now or …/20261121T2030Z
    std::string name;
    std::string path() const { return directory + "/" + name; }
};

/// Files with a legal name for the lane, sorted by name (so by priority in relay/). Empty minute
/// directories that have passed are removed on the way.
Result<std::vector<DueFile>> list_due(sys::FileSystem& files, const Layout& layout, Lane lane, Instant now);

/// The first minute after `now` for which something may wait; its directory can be empty.
Result<std::optional<Minute>> next_minute(sys::FileSystem& files, const Layout& layout, Lane lane,
                                          Instant now);

}  // namespace postern::spool
