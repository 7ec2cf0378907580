// SPDX-License-Identifier: BSD-2-Clause
// --kick: a connection from a host that stands in kick.hosts has the mail sent that waits for its domains.
// The peer need say nothing; one line in the form of an SMTP reply tells it what was done.
#pragma once

#include "options.hpp"

namespace postern::tools {

/// As serve_connection().
int serve_kick(const Options& options, int input, int output);

}  // namespace postern::tools
