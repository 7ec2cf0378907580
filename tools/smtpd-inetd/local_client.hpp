// SPDX-License-Identifier: BSD-2-Clause
// A user of this machine as a client: which account is his, and what he may do.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "config/config.hpp"
#include "policy/client.hpp"
#include "sys/file_system.hpp"

namespace postern::tools {

struct LocalClient {
    policy::Client rights;
    std::string login = {};  ///< his login name; his number when /etc/passwd does not have him
};

/// LOGIN@local.default_domain is his account, if there is one. Root and the owner of the userland administer.
Result<LocalClient> find_local_client(std::uint32_t user, sys::FileSystem& files,
                                      const config::Config& config);

}  // namespace postern::tools
