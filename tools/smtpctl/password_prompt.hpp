// SPDX-License-Identifier: BSD-2-Clause
// Where a password comes from: it is made here, or the first line of standard input, or a terminal without
// echo, twice. Never the command line, which every user of the machine can read.
#pragma once

#include <string>

#include "base/result.hpp"

namespace postern::smtpctl {

enum class PasswordSource { terminal, standard_input, generated };

/// As it is compared and hashed (sasl/prepare.hpp). Not empty, at most 1024 octets. Fault::usage when a
/// terminal is wanted and there is none; Fault::permanent when it is empty or the two entries differ.
Result<std::string> read_password(PasswordSource source);

}  // namespace postern::smtpctl
