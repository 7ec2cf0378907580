// SPDX-License-Identifier: BSD-2-Clause
// Under which name a message waits, and where (postern-spool(5), FILES).
#pragma once

#include <string>

#include "base/time.hpp"
#include "spool/message.hpp"
#include "spool/naming.hpp"

namespace postern::runner {

using spool::name_in;
/// The name of a message by its open recipients; keeps the priority that its name has.
std::string name_in(spool::Lane lane, const spool::Message& message);

/// Files it by its history, under this name: in the minute of its next try, or in now/.
Status file_by_history(const spool::Layout& layout, spool::Message& message, spool::Lane lane,
                       const std::string& name, Instant now, spool::Minutes& minutes);

}  // namespace postern::runner
