// SPDX-License-Identifier: BSD-2-Clause
// Local delivery of one message: its recipients are sorted, each account gets its copy, and what is left is
// for the relay lane: the file itself when only remote recipients are open, else a child with them. A message
// for the content filter goes there as it is.
#pragma once

#include "delivery/maildir.hpp"
#include "delivery/other_ways.hpp"
#include "delivery/sorting.hpp"
#include "runner/worker.hpp"

namespace postern::delivery {

class Postman {
public:
    Postman(runner::Worker& worker, Sorter sorter, Maildir& maildir, OtherWays& other_ways, Log& log)
        : worker_(worker), sorter_(sorter), maildir_(maildir), other_ways_(other_ways), log_(log) {}

    /// First in every pass: which mailboxes are full no more.
    Status review_quotas();

    /// `message`: taken up. Fails only when what was done cannot be recorded.
    Status deliver(spool::Message message);

private:
    const Ending& put(const spool::Message& message, const Addressed& addressed);
    Status finish(spool::Message message, const Sorted& sorted);
    Status finish_in_two(spool::Message message, const Sorted& sorted);

    runner::Worker& worker_;
    Sorter sorter_;
    Maildir& maildir_;
    OtherWays& other_ways_;
    Log& log_;
};

}  // namespace postern::delivery
