// SPDX-License-Identifier: BSD-2-Clause
// The directories of the spool against what they should be: there, of their owner and group, with their mode.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/config.hpp"

namespace postern::smtpctl {

struct WrongDirectory {
    std::string path;
    enum class What { missing, owner, mode } what;
    std::string words;
};

/// Owner and group are those of the tree; incoming/ may belong to the sessions' own user.
std::vector<WrongDirectory> check_spool_tree(const config::Config& config);

/// Makes a missing directory, sets a wrong mode; the owner is not ours to change.
Status mend(const config::Config& config, const WrongDirectory& wrong);

}  // namespace postern::smtpctl
