// SPDX-License-Identifier: BSD-2-Clause
// One setting of a config.json changed in its text: comments, order and everything else stay as they are.
// The result is read back before it is handed out, so no edit makes a file that cannot be loaded.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "config/document.hpp"

namespace postern::config {

/// The text with `name` set to `value`: JSON, or a bare word for a string (where a list is wanted, for a
/// list of one). `null` takes the setting out, so that its default counts. A section takes an object.
/// Fault::permanent when the name is unknown or the value not allowed; Fault::configuration when something
/// else in the file is wrong.
Result<std::string> changed(const Document& document, std::string_view name, std::string_view value);

}  // namespace postern::config
