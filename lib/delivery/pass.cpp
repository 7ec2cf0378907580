// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/pass.hpp"

#include "spool/lane_listing.hpp"

namespace postern::delivery {

Pass::Pass(runner::Tools tools, runner::Worker& worker, Postman postman, std::function<bool()> told_to_stop)
    : tools_(tools), worker_(worker), postman_(postman), told_to_stop_(std::move(told_to_stop)) {}

PassReport Pass::run() {
    note(worker_.sweep());
    note(postman_.review_quotas());
    const auto due = spool::list_due(tools_.files, tools_.layout, spool::Lane::received, tools_.clock.now());
    if (!due) {
        note(due.error());
        return {trouble_, worker_.found_trouble()};
    }
    try_each(*due, runner::Turn::first);
    try_each(std::vector(worker_.shelved()), runner::Turn::last);
    if (worker_.left_unreadable() && trouble_)
        trouble_ = Error(Fault::temporary, "a spool file could not be read; the log says which");
    return {trouble_, worker_.found_trouble()};
}

void Pass::try_each(const std::vector<spool::DueFile>& files, runner::Turn turn) {
    for (const auto& file : files) {
        if (told_to_stop_()) return;
        note(try_one(file, turn));
    }
}

Status Pass::try_one(const spool::DueFile& file, runner::Turn turn) {
    POSTERN_ASSIGN(auto message, worker_.take_up(file, turn));
    return message ? postman_.deliver(std::move(*message)) : Status(done);
}

/// One file in trouble must not stop the others: the pass goes on and ends with the first trouble.
void Pass::note(const Status& status) {
    if (status) return;
    tools_.log.write(Severity::err, "trouble", {{"what", status.error().what()}});
    if (trouble_) trouble_ = status;
}

}  // namespace postern::delivery
