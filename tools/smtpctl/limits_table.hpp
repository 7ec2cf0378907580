// SPDX-License-Identifier: BSD-2-Clause
// What the commands about limits have in common: the table that sessions share, and how a source is written.
#pragma once

#include <string>

#include "base/result.hpp"
#include "config/config.hpp"
#include "policy/limit_map.hpp"
#include "policy/subject.hpp"

namespace postern::smtpctl {

/// Made when there is none.
Result<sys::SharedTable> open_limits(const config::Config& config);

Result<policy::Subject> parse_source(const std::string& text);

}  // namespace postern::smtpctl
