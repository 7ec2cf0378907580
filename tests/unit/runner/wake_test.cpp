// SPDX-License-Identifier: BSD-2-Clause
#include "runner/wake.hpp"

#include <csignal>

#include <boost/test/unit_test.hpp>

#include "runner/bell.hpp"
#include "runner/waking_files.hpp"
#include "support/temporary_directory.hpp"
#include "worker_fixture.hpp"

using namespace postern;
using spool::Lane;

namespace wake {

struct Run {
    sys::Fifo open(const std::string& name) {
        auto pipe = sys::Fifo::open(runner::pipes_directory(folder.path()) + "/" + name);
        if (!pipe) throw std::runtime_error(pipe.error().what());
        return *std::move(pipe);
    }
    runner::PipeWaker waker(unsigned delivers, std::string itself = {}) {
        return {folder.path(), delivers, std::move(itself)};
    }
    test::TemporaryDirectory folder;
    runner::PipeWaker first = waker(1);  // makes the directory
};

struct RecordingWaker final : runner::Waker {
    void wake(Lane lane) override { woken.push_back(lane); }
    std::vector<Lane> woken;
};

struct WakingSpool : test::WorkerFixture {
    RecordingWaker waker;
    runner::WakingFiles waking{files, layout, waker};

    runner::Worker worker() { return {{waking, layout, clock, log}, options(), "deliver"}; }
    std::vector<Lane> woken() {
        waking.wake_runners();
        return std::exchange(waker.woken, {});
    }
    spool::Message take(runner::Worker& worker, Lane lane = Lane::received) { return take_up(worker, lane); }
};

using Lanes = std::vector<Lane>;

}  // namespace wake

BOOST_AUTO_TEST_SUITE(wake)

BOOST_FIXTURE_TEST_CASE(mail_for_mailboxes_wakes_every_deliver_and_nobody_else, Run) {
    const auto mxrun = open("mxrun"), zero = open("deliver.0"), one = open("deliver.1"),
               two = open("deliver.2");
    waker(2).wake(Lane::received);
    BOOST_TEST(zero.has_input());
    BOOST_TEST(one.has_input());
    BOOST_TEST(!two.has_input());
    BOOST_TEST(!mxrun.has_input());
}

BOOST_FIXTURE_TEST_CASE(mail_for_other_hosts_wakes_mxrun, Run) {
    const auto mxrun = open("mxrun"), zero = open("deliver.0");
    waker(2).wake(Lane::relay);
    BOOST_TEST(mxrun.has_input());
    BOOST_TEST(!zero.has_input());
}

BOOST_FIXTURE_TEST_CASE(a_runner_need_not_wake_itself, Run) {
    const auto zero = open("deliver.0"), one = open("deliver.1");
    waker(2, "deliver.1").wake(Lane::received);
    BOOST_TEST(zero.has_input());
    BOOST_TEST(!one.has_input());
}

BOOST_FIXTURE_TEST_CASE(a_signal_rings_like_an_octet, Run) {
    const auto signal = sys::WakeSignal::begin();
    runner::PipeBell bell(open("mxrun"), *signal);
    BOOST_TEST(!bell.has_rung());
    ::raise(SIGUSR1);
    BOOST_TEST(bell.has_rung());
    bell.wait(std::chrono::hours(1));  // returns
    bell.still();
    BOOST_TEST(!bell.has_rung());
    first.wake(Lane::relay);
    BOOST_TEST(bell.has_rung());
    bell.wait(std::chrono::hours(1));
    bell.still();
    BOOST_TEST(!bell.has_rung());
}

BOOST_FIXTURE_TEST_CASE(a_message_that_goes_to_the_other_lane_wakes_its_runners, WakingSpool) {
    queue_for({"bob@example.com"});
    auto runner = worker();
    test::must(runner.settle(take(runner), {}, Lane::relay));
    BOOST_TEST((woken() == Lanes{Lane::relay}));
    BOOST_TEST(woken().empty());
}

BOOST_FIXTURE_TEST_CASE(a_report_wakes_deliver_once_it_is_unlocked, WakingSpool) {
    queue_for({"bob@example.org"});
    auto runner = worker();
    test::must(runner.settle(take(runner), {outcome(test::Kind::failed, {0})}, Lane::received));
    BOOST_TEST(waker.woken.empty());
    BOOST_TEST((woken() == Lanes{Lane::received}));
    BOOST_TEST(test::must(runner.take_up(due().at(0), runner::Turn::first)).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_message_that_is_put_off_wakes_nobody, WakingSpool) {
    queue_for({"bob@example.org"});
    auto runner = worker();
    test::must(runner.settle(take(runner), {outcome(test::Kind::deferred, {0})}, Lane::received));
    BOOST_TEST(woken().empty());
}

BOOST_FIXTURE_TEST_CASE(a_message_that_is_put_off_in_the_other_lane_wakes_its_runners, WakingSpool) {
    queue_for({"bob@example.org"});
    auto runner = worker();
    test::must(runner.settle(take(runner), {outcome(test::Kind::deferred, {0})}, Lane::relay));
    BOOST_TEST((woken() == Lanes{Lane::relay}));
}

BOOST_FIXTURE_TEST_CASE(what_somebody_has_is_told_so_that_it_is_looked_at_again, WakingSpool) {
    queue_for({"bob@example.org"});
    auto first = worker(), second = worker();
    const auto message = take(first);
    BOOST_TEST(!first.met_locked());
    BOOST_TEST(!test::must(second.take_up(due().at(0), runner::Turn::first)).has_value());
    BOOST_TEST(second.met_locked());
}

BOOST_AUTO_TEST_SUITE_END()
