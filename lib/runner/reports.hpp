// SPDX-License-Identifier: BSD-2-Clause
// Who is told what of a message: its senders of what failed, of what is late, and of what was delivered where
// they asked for it (RFC 3461); the postmaster of what failed where there is no sender. Each report is a
// child (runner/children.hpp).
#pragma once

#include "runner/options.hpp"
#include "runner/templates.hpp"
#include "runner/tools.hpp"
#include "spool/message.hpp"

namespace postern::runner {

class Reporter {
public:
    Reporter(const Tools& tools, const Options& options)
        : tools_(tools), options_(options), templates_(tools.files, options.templates_directory, tools.log) {}

    /// On all that failed and are not reported yet: one report to each of their reverse-paths, or to the
    /// postmaster. Nobody is told that the postmaster's own mail failed.
    Status report_failures(spool::Message& message);
    /// To each reverse-path, on all that were delivered and of whom it wants to hear, once.
    Status report_successes(spool::Message& message);
    /// To each reverse-path, on those that are put off and late, unless they were told of before.
    Status warn_of_delay(spool::Message& message);

private:
    spool::RecipientSet late(const spool::Message& message) const;
    Status report(spool::Message& message, ReportKind kind, const mail::Address& to,
                  const spool::RecipientSet& recipients);

    const Tools& tools_;
    const Options& options_;
    Templates templates_;
};

}  // namespace postern::runner
