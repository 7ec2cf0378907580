// SPDX-License-Identifier: BSD-2-Clause
// One file of a lane, hold/, quarantine/, damaged/ or staged/, judged by its name, line 1 and log alone.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "spool/finding.hpp"
#include "spool/layout.hpp"
#include "sys/file_system.hpp"

namespace postern::spool {

/// Where a file was found.
struct Spot {
    enum class Kind { lane, hold, quarantine, damaged, staged } kind;
    std::string directory;
    std::string name;
    std::optional<Lane> lane = std::nullopt;      ///< of `lane`
    std::optional<Minute> minute = std::nullopt;  ///< of a minute directory; else now/
    std::string path() const { return directory + "/" + name; }
};

struct FileReport {
    std::vector<Finding> findings = {};
    std::optional<MessageId> id = std::nullopt;  ///< by line 1; nothing when that cannot be read
    std::optional<MessageId> parent = std::nullopt;
    std::set<MessageId> children = {};  ///< that its log names
};

/// Nothing when it has gone.
std::optional<FileReport> check_file(sys::FileSystem& files, const Spot& spot, Instant now);

}  // namespace postern::spool
