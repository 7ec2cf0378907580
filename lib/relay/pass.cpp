// SPDX-License-Identifier: BSD-2-Clause
#include "relay/pass.hpp"

#include <string>
#include <utility>

#include "relay/courier.hpp"
#include "relay/destinations.hpp"
#include "relay/run_task.hpp"

namespace postern::relay {

namespace {

class Pass {
public:
    Pass(const Parts& parts, const Options& options, const std::function<bool()>& told_to_stop)
        : parts_(parts),
          told_to_stop_(told_to_stop),
          router_(parts.resolver, parts.randomness, options),
          courier_(parts, options, router_, hosts_) {}

    Task<Status> run();

private:
    Task<Status> serve_all();
    /// Trouble with one message stops no other; the first is what the pass ends with.
    void note(const Status& status, const std::string& step);
    Task<void> serve(const spool::DueFile& file, runner::Turn turn);
    Task<Status> carry(const spool::DueFile& file, runner::Turn turn);

    Parts parts_;
    const std::function<bool()>& told_to_stop_;
    Router router_;
    HostStatus hosts_;
    Courier courier_;
    Status trouble_ = done;
};

Task<Status> Pass::run() {
    auto served = co_await serve_all();
    co_await courier_.hang_up();
    co_return served;
}

Task<Status> Pass::serve_all() {
    note(parts_.worker.sweep(), "sweep");
    auto due = spool::list_due(parts_.tools.files, parts_.tools.layout, spool::Lane::relay,
                               parts_.tools.clock.now());
    if (!due) co_return due.error();
    for (const auto& destination : by_destination(*std::move(due))) {
        for (const auto& file : destination.files) co_await serve(file, runner::Turn::first);
    }
    const auto shelved = parts_.worker.shelved();
    for (const auto& file : shelved) {
        co_await courier_.hang_up();  // alone: what goes wrong with it takes nothing else along
        co_await serve(file, runner::Turn::last);
    }
    co_return trouble_;
}

Task<void> Pass::serve(const spool::DueFile& file, runner::Turn turn) {
    if (told_to_stop_()) co_return;
    const auto status = co_await carry(file, turn);
    note(status, file.path());
}

void Pass::note(const Status& status, const std::string& step) {
    if (status) return;
    parts_.tools.log.write(Severity::err, "trouble", {{"step", step}, {"reason", status.error().what()}});
    if (trouble_) trouble_ = status;
}

Task<Status> Pass::carry(const spool::DueFile& file, runner::Turn turn) {
    auto message = parts_.worker.take_up(file, turn);
    if (!message) co_return message.error();
    if (!*message) co_return done;
    co_return co_await courier_.carry(*std::move(*message));
}

}  // namespace

Status run_pass(const Parts& parts, const Options& options, const std::function<bool()>& told_to_stop) {
    Pass pass(parts, options, told_to_stop);
    auto served = run_task(pass.run());
    auto synced = parts.worker.sync_removals();
    return served ? std::move(synced) : std::move(served);
}

}  // namespace postern::relay
