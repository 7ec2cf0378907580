// SPDX-License-Identifier: BSD-2-Clause
#include "runner/slot.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <boost/test/unit_test.hpp>

#include "runner/watch.hpp"
#include "support/forwarding_files.hpp"
#include "support/memory_spool.hpp"

using namespace postern;
using spool::Lane;

namespace slot {

struct NoWaker final : runner::Waker {
    void wake(Lane) override { ++calls; }
    int calls = 0;
};

struct Run {
    Run() { files.make_directories("run"); }
    std::optional<runner::Slot> take(unsigned delivers, Lane lane = Lane::received) {
        return test::must(runner::take_slot(files, "run", lane, delivers, waker));
    }
    test::MemoryFiles files;
    NoWaker waker;
};

/// Two threads of which one runs at a time: the first until it calls begin(), from then on at each step() the
/// one that the schedule names.
class Stage {
public:
    explicit Stage(unsigned schedule) : schedule_(schedule) {}

    void begin() { has_begun_ = true; }
    void step(int actor) {
        std::unique_lock lock(mutex_);
        if (!has_begun_) return;
        choose();
        turned_.wait(lock, [&] { return turn_ == actor; });
    }
    void enter(int actor) {
        std::unique_lock lock(mutex_);
        turned_.wait(lock, [&] { return turn_ == actor; });
    }
    void leave(int actor) {
        const std::lock_guard lock(mutex_);
        has_left_[actor] = true;
        choose();
    }

private:
    void choose() {
        const int wanted = static_cast<int>(schedule_ & 1U);
        schedule_ >>= 1;
        turn_ = has_left_[wanted] ? 1 - wanted : wanted;
        turned_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable turned_;
    unsigned schedule_;
    int turn_ = 0;
    bool has_begun_ = false;
    bool has_left_[2] = {false, false};
};

/// A named pipe as the kernel has it: what was written is gone when nobody has it open any more.
struct Pipe {
    int open = 0;
    bool has_input = false;
    void close() {
        if (--open == 0) has_input = false;
    }
};

class StagedFiles final : public test::ForwardingFiles {
public:
    StagedFiles(sys::FileSystem& files, Stage& stage, int actor)
        : ForwardingFiles(files), stage_(stage), actor_(actor) {}
    Result<std::unique_ptr<sys::File>> open(const std::string& path, sys::Access access) override {
        stage_.step(actor_);
        return files_.open(path, access);
    }

private:
    Stage& stage_;
    int actor_;
};

class StagedBell final : public runner::Bell {
public:
    StagedBell(Pipe& pipe, Stage& stage, int actor) : pipe_(pipe), stage_(stage), actor_(actor) {
        stage_.step(actor_);
        ++pipe_.open;
    }
    StagedBell(const StagedBell&) = delete;
    StagedBell& operator=(const StagedBell&) = delete;
    ~StagedBell() override {
        stage_.step(actor_);
        pipe_.close();
    }
    void still() override {
        stage_.step(actor_);
        pipe_.has_input = false;
    }
    bool has_rung() const override {
        stage_.step(actor_);
        const bool rung = pipe_.has_input;
        stage_.step(actor_);
        return rung;
    }
    void wait(std::chrono::milliseconds) override {}

private:
    Pipe& pipe_;
    Stage& stage_;
    int actor_;
};

class StagedWaker final : public runner::Waker {
public:
    StagedWaker(Pipe& pipe, Stage& stage, int actor) : pipe_(pipe), stage_(stage), actor_(actor) {}
    void wake(Lane) override {
        stage_.step(actor_);
        if (pipe_.open > 0) pipe_.has_input = true;
    }

private:
    Pipe& pipe_;
    Stage& stage_;
    int actor_;
};

/// A runner at the end of its pass, and one that was started because a message has come.
class Meeting {
public:
    explicit Meeting(unsigned schedule) : stage_(schedule) {
        files_.make_directories("run");
        { auto made = test::must(runner::Slot::take(files_, "run", "mxrun")); }
    }

    /// Was the message seen?
    bool run() {
        std::thread first([this] { be(0); });
        std::thread second([this] { be(1); });
        first.join();
        second.join();
        return is_seen_;
    }

private:
    void be(int actor) {
        stage_.enter(actor);
        if (actor == 1) is_there_ = true;
        work(actor);
        stage_.leave(actor);
    }
    void work(int actor) {
        StagedFiles files(files_, stage_, actor);
        StagedWaker waker(pipe_, stage_, actor);
        auto slot = test::must(runner::take_slot(files, "run", Lane::relay, 1, waker));
        if (!slot) return;
        StagedBell bell(pipe_, stage_, actor);
        test::must(runner::run_once(
            bell, *slot, [] { return true; },
            [&] {
                stage_.step(actor);
                is_seen_ = is_there_;
                stage_.begin();
                return runner::PassEnd();
            }));
    }

    Stage stage_;
    test::MemoryFiles files_;
    Pipe pipe_;
    bool is_there_ = false;
    bool is_seen_ = false;
};

}  // namespace slot

BOOST_AUTO_TEST_SUITE(slot)

BOOST_FIXTURE_TEST_CASE(there_are_as_many_places_as_runners_and_then_the_others_are_woken, Run) {
    const auto first = take(2), second = take(2);
    BOOST_REQUIRE((first && second));
    BOOST_TEST(first->name() == "deliver.0");
    BOOST_TEST(second->name() == "deliver.1");
    BOOST_TEST(waker.calls == 0);
    BOOST_TEST(!take(2).has_value());
    BOOST_TEST(waker.calls == 1);
}

BOOST_FIXTURE_TEST_CASE(there_is_one_mxrun_whatever_the_number_of_delivers, Run) {
    const auto first = take(5, Lane::relay);
    BOOST_REQUIRE(first.has_value());
    BOOST_TEST(first->name() == "mxrun");
    BOOST_TEST(!take(5, Lane::relay).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_place_is_free_when_its_holder_leaves_or_dies, Run) {
    auto first = take(1);
    first->leave();
    {
        const auto second = take(1);
        BOOST_TEST(second.has_value());
        BOOST_TEST(!test::must(first->take_again()));
    }
    BOOST_TEST(test::must(first->take_again()));
}

BOOST_FIXTURE_TEST_CASE(a_run_directory_that_is_gone_is_made, Run) {
    test::must(runner::make_run_directory(files, "run"));
    test::must(runner::make_run_directory(files, "volatile"));
    BOOST_TEST(test::must(runner::Slot::take(files, "volatile", "mxrun")).has_value());
}

// Every order of their steps, as far as the schedule reaches; beyond it the first one goes on.
BOOST_AUTO_TEST_CASE(a_runner_that_is_about_to_end_hears_of_the_one_that_leaves_it_to_him) {
    constexpr unsigned kSchedules = 1U << 10;
    for (unsigned schedule = 0; schedule < kSchedules; ++schedule)
        if (!Meeting(schedule).run()) BOOST_FAIL("lost with schedule " << schedule);
}

BOOST_AUTO_TEST_SUITE_END()
