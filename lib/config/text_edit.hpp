// SPDX-License-Identifier: BSD-2-Clause
// Puts a member into the text of a document or takes it out, and touches no other octet of it.
#pragma once

#include <string>
#include <string_view>

#include "config/document.hpp"

namespace postern::config {

/// `json` replaces the member's value, or becomes a new member, first in its section; sections that are
/// missing are made.
std::string with_member(const Document& document, std::string_view name, std::string_view json);
/// Without the member and one comma; unchanged when there is none.
std::string without_member(const Document& document, std::string_view name);

}  // namespace postern::config
