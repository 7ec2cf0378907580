// SPDX-License-Identifier: BSD-2-Clause
#include "runner/watch.hpp"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "support/fake_clock.hpp"

using namespace postern;
using namespace std::chrono_literals;
using runner::PassEnd;
using std::chrono::milliseconds;

namespace watch {

const Instant kNow = *parse_rfc3339("2026-11-21T20:30:00Z");
const Minute kSoon = std::chrono::floor<std::chrono::minutes>(kNow) + std::chrono::minutes(5);

/// Waiting is nothing but time that passes. `calls`: when somebody will ring.
class TimedBell final : public runner::Bell {
public:
    explicit TimedBell(test::FakeClock& clock) : clock_(clock) {}

    void still() override { has_rung_ = false; }
    bool has_rung() const override { return has_rung_; }
    void wait(milliseconds patience) override {
        waits.push_back(patience);
        const Instant end = clock_.now() + patience;
        if (!has_rung_ && !calls.empty() && calls.front() <= end) {
            clock_.set(std::max(clock_.now(), calls.front()));
            calls.erase(calls.begin());
            has_rung_ = true;
        }
        if (!has_rung_) clock_.set(end);
    }
    void ring() { has_rung_ = true; }

    std::vector<Instant> calls;
    std::vector<milliseconds> waits;

private:
    test::FakeClock& clock_;
    bool has_rung_ = false;
};

struct Watcher {
    test::FakeClock clock{kNow};
    TimedBell bell{clock};
    std::vector<Instant> passes;
    std::vector<PassEnd> ends;  ///< of the passes; the last one's again and again
    std::function<void()> in_the_pass = [] {};

    /// So many passes.
    void watch(std::size_t count, milliseconds scan) {
        runner::watch({bell, clock, scan, [&] { return passes.size() < count; },
                       [&] {
                           passes.push_back(clock.now());
                           in_the_pass();
                           if (ends.empty()) return PassEnd();
                           const PassEnd end = ends.front();
                           if (ends.size() > 1) ends.erase(ends.begin());
                           return end;
                       }});
    }
    std::vector<milliseconds> since_start() const {
        std::vector<milliseconds> times;
        for (const Instant at : passes) times.push_back(at - kNow);
        return times;
    }
};

using Times = std::vector<milliseconds>;

}  // namespace watch

BOOST_AUTO_TEST_SUITE(watch)

BOOST_AUTO_TEST_CASE(with_nothing_to_wait_for_it_sleeps_until_the_scan) {
    BOOST_TEST((runner::pause_after({}, 0, kNow, 1h) == 1h));
}

BOOST_AUTO_TEST_CASE(it_wakes_at_the_next_due_minute_if_that_is_earlier) {
    BOOST_TEST((runner::pause_after({.next_due = kSoon}, 0, kNow, 1h) == 5min));
    BOOST_TEST((runner::pause_after({.next_due = kSoon}, 0, kNow, 1min) == 1min));
    BOOST_TEST((runner::pause_after({.next_due = kSoon}, 0, kNow + 6min, 1h) == 0min));  // a long pass
}

BOOST_AUTO_TEST_CASE(a_locked_message_is_looked_at_soon_and_then_less_and_less_often) {
    const PassEnd end{.met_locked = true};
    const Times expected{50ms, 100ms, 200ms, 400ms, 800ms, 1s, 1s};
    for (unsigned before = 0; before < expected.size(); ++before)
        BOOST_TEST((runner::pause_after(end, before, kNow, 1h) == expected[before]));
    BOOST_TEST((runner::pause_after(end, 4'000'000'000U, kNow, 1h) == 1s));
}

BOOST_AUTO_TEST_CASE(trouble_is_given_a_minute) {
    BOOST_TEST((runner::pause_after({.is_in_trouble = true}, 0, kNow, 1h) == 1min));
    BOOST_TEST((runner::pause_after({.is_in_trouble = true}, 0, kNow, 1s) == 1s));
}

BOOST_FIXTURE_TEST_CASE(passes_are_a_scan_apart, Watcher) {
    watch(4, 1min);
    BOOST_TEST((since_start() == Times{0min, 1min, 2min, 3min}));
}

BOOST_FIXTURE_TEST_CASE(who_rings_is_heard_at_once, Watcher) {
    bell.calls = {kNow + 3s, kNow + 30min};
    watch(4, 1h);
    BOOST_TEST((since_start() == Times{0s, 3s, 30min, 90min}));
}

BOOST_FIXTURE_TEST_CASE(who_rings_during_a_pass_gets_another_one, Watcher) {
    in_the_pass = [&] {
        if (passes.size() == 1) bell.ring();
    };
    watch(3, 1h);
    BOOST_TEST((since_start() == Times{0h, 0h, 1h}));
}

BOOST_FIXTURE_TEST_CASE(a_message_that_was_locked_is_met_again_50_ms_later, Watcher) {
    ends = {{.met_locked = true}, {.met_locked = true}, {}, {.met_locked = true}, {}};
    watch(6, 1min);
    BOOST_TEST((bell.waits == Times{50ms, 100ms, 1min, 50ms, 1min, 1min}));
}

BOOST_FIXTURE_TEST_CASE(being_told_to_stop_it_passes_no_more, Watcher) {
    watch(0, 1h);
    BOOST_TEST(passes.empty());
    BOOST_TEST(bell.waits.empty());
}

BOOST_AUTO_TEST_SUITE_END()
