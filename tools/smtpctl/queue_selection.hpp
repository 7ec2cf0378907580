// SPDX-License-Identifier: BSD-2-Clause
// Which messages a command about the queue means: those whose ids were given, or those that fit.
#pragma once

#include <string>
#include <vector>

#include "command_line.hpp"
#include "spool/queue.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

/// Where messages are looked for: in both lanes and in hold/, or in quarantine/.
enum class Shelf { queue, quarantine };

struct Selection {
    Shelf shelf = Shelf::queue;
    std::vector<std::string> ids;
    std::string to, domain, from;  ///< all that are given must fit
    bool all = false;

    bool is_by_id() const { return !ids.empty(); }
};

/// ID…, --to, --domain, --from, --all.
void add_selection(const Command& command, Selection& selection);

/// An ending that is not 0 when the command line names no messages, or in both ways.
Ending check_usage(const Selection& selection);

/// The messages that fit. A recipient counts while it is open or has
/// failed unreported. Messages are read, not claimed.
Result<std::vector<spool::QueuedFile>> select(Toolbox& tools, const spool::Layout& layout,
                                              const Selection& selection);

}  // namespace postern::smtpctl
