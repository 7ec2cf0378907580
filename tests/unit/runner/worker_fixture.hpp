// SPDX-License-Identifier: BSD-2-Clause
// A worker on a spool in memory.
#pragma once

#include "runner/worker.hpp"
#include "spool/lane_listing.hpp"
#include "support/memory_spool.hpp"
#include "support/recording_log.hpp"

namespace postern::test {

using Kind = spool::Outcome::Kind;
using spool::Lane;

inline constexpr std::string_view kContent = "Subject: hello\r\nFrom: alice@example.net\r\n\r\nbody\r\n";

struct WorkerFixture : MemorySpool {
    runner::Tools tools() { return {files, layout, clock, log}; }
    static runner::Options options() {
        runner::Options options;
        options.hostname = "mx.example.org";
        options.max_crashes = 3;
        return options;
    }
    runner::Worker worker() { return runner::Worker(tools(), options(), "deliver"); }

    spool::MessageId queue_for(const std::vector<std::string>& to,
                               std::string_view from = "alice@example.net") {
        return must(queue(envelope(to, from), kContent));
    }
    std::vector<spool::DueFile> due(Lane lane = Lane::received) {
        return must(spool::list_due(files, layout, lane, clock.now()));
    }
    /// The one due message of the lane, taken up.
    spool::Message take_up(runner::Worker& worker, Lane lane = Lane::received) {
        auto message = must(worker.take_up(due(lane).at(0), runner::Turn::first));
        if (!message) throw std::runtime_error("not taken up");
        return *std::move(message);
    }
    /// A pass with these outcomes for the one due message.
    void pass(const std::vector<spool::Outcome>& outcomes, Lane from = Lane::received,
              Lane to = Lane::received) {
        auto runner = worker();
        must(runner.settle(take_up(runner, from), outcomes, to));
    }
    static spool::Outcome outcome(Kind kind, spool::RecipientSet recipients) {
        const char* status = kind == Kind::delivered ? "2.0.0" : kind == Kind::deferred ? "4.4.1" : "5.1.1";
        return {kind, std::move(recipients), status, "words"};
    }
    spool::MessageStory story(const std::string& path) { return must(spool::read_message(files, path)); }

    RecordingLog log;
};

}  // namespace postern::test
