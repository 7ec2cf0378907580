// SPDX-License-Identifier: BSD-2-Clause
// One log line a recipient: what became of it. Written by the worker alone, so that deliver and mxrun say
// it alike.
#pragma once

#include "base/log.hpp"
#include "spool/message.hpp"

namespace postern::runner {

void log_outcome(Log& log, const spool::Message& message, const spool::Outcome& outcome);

}  // namespace postern::runner
