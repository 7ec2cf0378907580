// SPDX-License-Identifier: BSD-2-Clause
// The directories of a userland and who may do what in them (postern-userland(5)).
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/config.hpp"
#include "sys/file_system.hpp"

namespace postern::smtpctl {

struct Place {
    std::string path;
    unsigned mode;
};
/// Every directory, parents first.
std::vector<Place> places(const config::Config& config);

/// Makes each directory that is missing, with its mode, and makes that durable; leaves the others alone.
Status make_tree(sys::FileSystem& files, const config::Config& config);

}  // namespace postern::smtpctl
