// SPDX-License-Identifier: BSD-2-Clause
// Which name a message bears by what it says (postern-spool(5), FILES). Pure.
#pragma once

#include <string>

#include "spool/head.hpp"
#include "spool/history.hpp"

namespace postern::spool {

/// Of a file without history, whose recipients are all open.
std::string name_in(Lane lane, const Head& head);
/// By the recipients that are open.
std::string name_in(Lane lane, const MessageId& id, const History& history, int priority);

/// The priority in a name of relay/, the usual one in any other name.
int priority_in_name(std::string_view name);

}  // namespace postern::spool
