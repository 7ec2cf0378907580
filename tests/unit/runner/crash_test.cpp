// SPDX-License-Identifier: BSD-2-Clause
// Failure sweeps over a whole pass: operation n fails, the process dies, perhaps the power too; then the
// next passes run undisturbed. In the end every recipient has got one outcome, and no more than the promise
// allows.
#include <boost/test/unit_test.hpp>

#include "worker_fixture.hpp"

using namespace postern;
using namespace postern::test;
using runner::Turn;

namespace crash_tests {

enum class End { fails_and_lives_on, killed, power_cut };

/// A world in which local@ is delivered at the second try, remote@ is carried on by the relay lane, nobody@
/// fails for good, and list@ is a list with an owner and one member of the latter two kinds each. It counts
/// what it delivers.
struct World : WorkerFixture {
    World() {
        queue_for({"local@example.org", "remote@example.com", "nobody@example.org", "list@example.org"});
    }

    Status expand(spool::Message& message) {
        const auto& recipients = message.history().recipients();
        if (recipients.size() != 4 || recipients[3].state != spool::RecipientHistory::State::open)
            return done;
        const spool::Members members{3,
                                     {address("remote2@example.com"), address("nobody2@example.org")},
                                     address("owner@example.org")};
        const std::vector<spool::Record> records = {{clock.now(), members}, {clock.now(), spool::Expanded{}}};
        return message.append(records, spool::Durability::synced);
    }

    spool::Outcome attempt(const mail::Address& to, bool is_remote_lane) {
        const std::string local_part = to.local_part();
        if (local_part.starts_with("nobody")) return outcome(Kind::failed, {});
        if (local_part == "local" && ++local_tries == 1) return outcome(Kind::deferred, {});
        if (local_part.starts_with("remote") && !is_remote_lane)
            throw std::logic_error("not to be tried here");
        ++delivered[local_part];
        return outcome(Kind::delivered, {});
    }

    Status work_on(runner::Worker& runner, spool::Message message, Lane lane) {
        POSTERN_TRY(expand(message));
        std::vector<spool::Outcome> outcomes;
        spool::RecipientSet elsewhere;
        for (const std::size_t index : message.history().ready(clock.now())) {
            const mail::Address& to = message.history().recipients()[index].address;
            if (to.local_part().starts_with("remote") && lane == Lane::received) {
                elsewhere.push_back(index);
                continue;
            }
            outcomes.push_back(attempt(to, lane == Lane::relay));
            outcomes.back().recipients = {index};
        }
        if (!elsewhere.empty()) POSTERN_TRY(runner.split_off(message, elsewhere, Lane::relay));
        return runner.settle(std::move(message), outcomes, lane);
    }

    Status run_lane(Lane lane) {
        auto runner = worker();
        POSTERN_TRY(runner.sweep());
        POSTERN_ASSIGN(const auto files_due, spool::list_due(files, layout, lane, clock.now()));
        for (const auto& file : files_due) {
            POSTERN_ASSIGN(auto message, runner.take_up(file, Turn::last));
            if (message) POSTERN_TRY(work_on(runner, *std::move(message), lane));
        }
        return done;
    }

    Status run() {
        for (const Lane lane : {Lane::received, Lane::relay}) POSTERN_TRY(run_lane(lane));
        clock.advance(std::chrono::minutes(34));
        return done;
    }

    unsigned local_tries = 0;
    std::map<std::string, int> delivered;
};

void check_sweep(End end) {
    bool reached = true;
    std::size_t step = 1;
    for (; reached; ++step) {
        BOOST_TEST_CONTEXT("file operation " << step) {
            World world;
            end == End::fails_and_lives_on ? world.files.fail_operation(step) : world.files.fail_from(step);
            for (int i = 0; i < 3 && world.run(); ++i) continue;
            reached = world.files.fault_was_reached();
            end == End::power_cut ? world.files.crash() : world.files.restart();
            for (int i = 0; i < 4; ++i) must(world.run());

            BOOST_TEST(world.files.all_files().empty());  // nothing waits for ever, is held or damaged
            for (const char* name : {"local", "remote", "remote2", "alice", "owner"}) {
                BOOST_TEST(world.delivered[name] >= 1, name << " lost mail");
                BOOST_TEST(world.delivered[name] <= 2, name << " got it again and again");
            }
            if (!reached && end != End::power_cut)  // which undoes unlinking
                BOOST_TEST((world.delivered ==
                            std::map<std::string, int>{
                                {"alice", 1}, {"local", 1}, {"owner", 1}, {"remote", 1}, {"remote2", 1}}));
        }
    }
    BOOST_TEST(step > 50u);  // the sweep went through a whole life
}

}  // namespace crash_tests

BOOST_AUTO_TEST_SUITE(crash_tests)

BOOST_AUTO_TEST_CASE(an_operation_that_fails_loses_no_mail) { check_sweep(End::fails_and_lives_on); }

BOOST_AUTO_TEST_CASE(a_killed_runner_loses_no_mail) { check_sweep(End::killed); }

BOOST_AUTO_TEST_CASE(a_power_cut_loses_no_mail) { check_sweep(End::power_cut); }

BOOST_AUTO_TEST_SUITE_END()
