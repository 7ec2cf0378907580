// SPDX-License-Identifier: BSD-2-Clause
// Children of a claimed message: reports on it, and the part that another lane carries on. Each
// is staged, recorded in the parent, filed; whoever claims the parent first completes what its log says
// (postern-spool(5), CHILDREN).
#pragma once

#include <string>
#include <string_view>

#include "runner/tools.hpp"
#include "spool/head.hpp"
#include "spool/message.hpp"

namespace postern::runner {

struct ReportedOn {
    std::string_view purpose;
    const spool::RecipientSet& recipients;
};
/// What a report says; where it returns the whole message, that stands between the two.
struct ReportContent {
    std::string before;
    bool returns_message = false;
    std::string after = {};
};
/// A report with this head, whose id is that of a child for the purpose, and this content.
Status file_report(const Tools& tools, spool::Message& parent, const spool::Head& head,
                   const ReportContent& content, const ReportedOn& on);

/// A child with the same content for these open recipients, in `lane`: one for each of their reverse-paths.
Status hand_over(const Tools& tools, spool::Message& parent, const spool::RecipientSet& recipients,
                 spool::Lane lane);

/// Files a child that lies in staged/ still, if nobody holds it; a broken one goes to damaged/.
Result<Found> file_staged(const Tools& tools, const spool::MessageId& id);

/// A staged child whose lock is held: to its lane, or to damaged/.
Status file_locked(const Tools& tools, const std::string& path, const spool::Head& head);
Status put_into_damaged(const Tools& tools, const std::string& path, const std::string& reason);

}  // namespace postern::runner
