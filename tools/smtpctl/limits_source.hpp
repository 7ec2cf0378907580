// SPDX-License-Identifier: BSD-2-Clause
// How the commands about limits are told of a source.
#pragma once

#include <string>

#include "base/result.hpp"
#include "policy/subject.hpp"

namespace postern::smtpctl {

Result<policy::Subject> parse_source(const std::string& text);

}  // namespace postern::smtpctl
