// SPDX-License-Identifier: BSD-2-Clause
// The table of settings by topic, a file each; all_fields() puts them together.
#pragma once

#include <span>

#include "config/fields.hpp"

namespace postern::config {

std::span<const Field> session_fields();
std::span<const Field> limits_fields();
std::span<const Field> services_fields();
std::span<const Field> tls_fields();
std::span<const Field> validation_fields();
std::span<const Field> queue_fields();
std::span<const Field> relay_fields();
std::span<const Field> kick_fields();
std::span<const Field> local_fields();
std::span<const Field> filter_fields();
std::span<const Field> log_fields();
std::span<const Field> directories_fields();

}  // namespace postern::config
