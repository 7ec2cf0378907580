// SPDX-License-Identifier: BSD-2-Clause
// Children of a claimed message: the report on what failed, and the part that another lane carries on. Each
// is staged, recorded in the parent, filed; whoever claims the parent first completes what its log says
// (postern-spool(5), CHILDREN).
#pragma once

#include <string>

#include "runner/worker.hpp"

namespace postern::runner {

/// One report to the reverse-path (which must not be null) on all that failed and are not reported yet.
Status report_failures(const Tools& tools, const std::string& hostname, spool::Message& parent);

/// A child with the same content for these open recipients, in `lane`.
Status hand_over(const Tools& tools, spool::Message& parent, const spool::RecipientSet& recipients,
                 spool::Lane lane);

/// Files a child that lies in staged/ still.
Status file_staged(const Tools& tools, const spool::MessageId& id, spool::Lane lane);

}  // namespace postern::runner
