// SPDX-License-Identifier: BSD-2-Clause
// Application passwords: made here, so that nobody can guess them, and shown once.
#pragma once

#include <string>

#include "mail/address.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

/// Prints the new one.
Ending add_app_password(const mail::Address& user, const std::string& name, const config::Config& config,
                        Toolbox& tools);
Ending remove_app_password(const mail::Address& user, const std::string& name, const config::Config& config,
                           Toolbox& tools);
/// What a user can log in by, and when each was used last.
Ending list_credentials(const mail::Address& user, const config::Config& config, Toolbox& tools);

}  // namespace postern::smtpctl
