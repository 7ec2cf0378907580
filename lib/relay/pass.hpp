// SPDX-License-Identifier: BSD-2-Clause
// One pass of mxrun: all that is due in the relay lane, over many conversations at once in one thread; then,
// alone, what a runner died of.
#pragma once

#include <functional>

#include "relay/options.hpp"
#include "relay/parts.hpp"
#include "relay/selection.hpp"

namespace postern::relay {

/// Works until nothing is due, or `told_to_stop` says so between two messages. Names that it removed are
/// durable when it returns. An Error is this machine's trouble; what each message met is in its log.
/// Fault::not_found when a selected id is not there; then nothing was done.
Status run_pass(const Parts& parts, const Options& options, const std::function<bool()>& told_to_stop,
                const Selection& selection = {});

}  // namespace postern::relay
