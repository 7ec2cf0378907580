// SPDX-License-Identifier: BSD-2-Clause
// One message with all its recipients, or its content: what queue show and quarantine show print.
#pragma once

#include "command_line.hpp"
#include "spool/queue.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

struct ShowOptions {
    std::string id;
    bool json = false;
    bool content = false;
};

/// ID, --json, --content.
void add_show_options(const Command& command, ShowOptions& options);

/// Where a message is looked for: spool::find_by_id or its like.
using FindMessage = Result<spool::QueuedFile> (*)(sys::FileSystem& files, const spool::Layout& layout,
                                                  const spool::MessageId& id);

Ending show_message(Toolbox& tools, const ShowOptions& options, FindMessage find);

}  // namespace postern::smtpctl
