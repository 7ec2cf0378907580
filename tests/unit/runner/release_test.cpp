// SPDX-License-Identifier: BSD-2-Clause
// Messages whose senders want them released later (FUTURERELEASE, RFC 4865).
#include <boost/test/unit_test.hpp>

#include "spool/check.hpp"
#include "worker_fixture.hpp"

using namespace postern;
using namespace postern::test;
using namespace std::chrono_literals;
using runner::Turn;

namespace release_tests {

struct Releases : WorkerFixture {
    spool::MessageId queue_for_later() {
        auto later = envelope({"bob@example.org", "eve@example.com"});
        later.release_at = release;
        for (auto& recipient : later.recipients) recipient.notify = "FAILURE";
        return must(queue(later, kContent));
    }
    bool is_taken_up() {
        auto runner = worker();
        for (const auto& file : due())
            if (must(runner.take_up(file, Turn::first))) return true;
        return false;
    }
    /// One pass for the message in its minute, once that has come.
    void pass_after_release(const std::vector<spool::Outcome>& outcomes) {
        BOOST_REQUIRE(!is_taken_up());
        clock.set(release + 40s);
        pass(outcomes);
    }

    const Instant release = clock.now() + 50h + 20s;
    const spool::MessageId id = queue_for_later();
};

}  // namespace release_tests

BOOST_FIXTURE_TEST_SUITE(release_tests, release_tests::Releases)

BOOST_AUTO_TEST_CASE(a_message_is_put_off_to_the_minute_of_its_release_before_the_first_try) {
    BOOST_TEST(!is_taken_up());
    const auto minute = layout.minute(Lane::received, minute_not_before(release));
    BOOST_TEST(queued() == std::vector{minute + "/" + id.text()}, boost::test_tools::per_element());
    clock.set(release - 1s);
    BOOST_TEST(!is_taken_up());
    clock.set(release + 40s);
    BOOST_TEST(is_taken_up());
}

BOOST_AUTO_TEST_CASE(its_age_counts_from_the_release) {
    pass_after_release({outcome(Kind::deferred, {0, 1})});
    clock.set(release + 119h);
    pass({outcome(Kind::deferred, {0, 1})});
    BOOST_TEST((story(queued().at(0)).history.open().size() == 2u));
    clock.set(release + 120h);
    pass({outcome(Kind::deferred, {0, 1})});
    BOOST_REQUIRE(queued().size() == 1u);  // the report
    BOOST_TEST(story(queued().at(0)).parent.has_value());
}

BOOST_AUTO_TEST_CASE(nobody_is_warned_of_a_delay_that_was_wished) {
    auto later = envelope({"bob@example.org"});
    later.release_at = release;
    must(queue(later, kContent));
    must(order(id, spool::Order::remove));
    pass_after_release({outcome(Kind::deferred, {0})});
    BOOST_TEST(log.count_of("deferred") == 1u);
    BOOST_TEST(log.count_of("warned") == 0u);
}

BOOST_AUTO_TEST_CASE(a_part_that_is_split_off_inherits_the_release) {
    BOOST_REQUIRE(!is_taken_up());
    clock.set(release + 1h);
    auto runner = worker();
    auto message = take_up(runner);
    must(runner.split_off(message, {1}, Lane::relay));
    must(runner.settle(std::move(message), {outcome(Kind::delivered, {0})}, Lane::received));
    BOOST_TEST((story(queued().at(0)).envelope.release_at == release));
}

BOOST_AUTO_TEST_CASE(an_administrator_may_release_it_at_once) {
    BOOST_REQUIRE(!is_taken_up());
    must(order(id, spool::Order::retry));
    BOOST_TEST(is_taken_up());
}

BOOST_AUTO_TEST_CASE(a_new_message_in_now_is_no_finding_whenever_it_is_to_be_released) {
    BOOST_TEST(must(spool::check(files, layout, {"run", clock.now(), [] {}})).empty());
}

BOOST_AUTO_TEST_SUITE_END()
