// SPDX-License-Identifier: BSD-2-Clause
// The minute directories of which this process knows that a power cut leaves them: it has synced their lane
// since they were made. So thousands of messages that are put off cost a sync for each minute, not for each
// message. Others remove a minute that is due and empty; then a rename into it fails, and it is forgotten.
#pragma once

#include <set>
#include <string>

#include "sys/file_system.hpp"

namespace postern::spool {

class Minutes {
public:
    /// Makes a minute directory, and makes it durable, whoever made it. Any other directory is there.
    Status make(sys::FileSystem& files, const std::string& directory);
    void forget(const std::string& directory) { durable_.erase(directory); }

private:
    std::set<std::string> durable_;
};

}  // namespace postern::spool
