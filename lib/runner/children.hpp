// SPDX-License-Identifier: BSD-2-Clause
// Children of a claimed message: the report on what failed, and the part that another lane carries on. Each
// is staged, recorded in the parent, filed; whoever claims the parent first completes what its log says
// (postern-spool(5), CHILDREN).
#pragma once

#include <string>

#include "runner/tools.hpp"
#include "spool/head.hpp"
#include "spool/message.hpp"

namespace postern::runner {

/// One report on these recipients, who failed and are not reported yet, to the reverse-path that they share
/// (which must not be null).
Status report_failures(const Tools& tools, const std::string& hostname, spool::Message& parent,
                       const spool::RecipientSet& failed);

/// A child with the same content for these open recipients, in `lane`: one for each of their reverse-paths.
Status hand_over(const Tools& tools, spool::Message& parent, const spool::RecipientSet& recipients,
                 spool::Lane lane);

/// Files a child that lies in staged/ still, if nobody holds it; a broken one goes to damaged/.
Result<Found> file_staged(const Tools& tools, const spool::MessageId& id);

/// A staged child whose lock is held: to its lane, or to damaged/.
Status file_locked(const Tools& tools, const std::string& path, const spool::Head& head);
Status put_into_damaged(const Tools& tools, const std::string& path, const std::string& reason);

}  // namespace postern::runner
