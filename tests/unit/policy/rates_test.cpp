// SPDX-License-Identifier: BSD-2-Clause
#include "policy/rates.hpp"

#include <atomic>
#include <random>
#include <thread>

#include <boost/test/unit_test.hpp>

#include "limit_table.hpp"

using namespace postern;
using namespace std::chrono_literals;

namespace rates_tests {

using policy::Counted;
using policy::Subject;

Subject source(unsigned number) { return Subject::from_number((std::uint64_t{1} << 32) + number); }

struct Fixture : test::LimitTable {
    sys::SharedTable table = open();
    policy::LimitMap& map = policy::limit_map(table);
    policy::Rates rates{map};

    bool take(Subject subject, std::uint64_t most, Counted what = Counted::messages) {
        return rates.take(subject, what, most, clock.now());
    }
    std::uint64_t count(Subject subject, Counted what = Counted::messages) {
        return rates.count(subject, what, clock.now());
    }
};

}  // namespace rates_tests

BOOST_AUTO_TEST_SUITE(rates_tests)

BOOST_FIXTURE_TEST_CASE(so_many_and_no_more, Fixture) {
    for (int i = 0; i < 3; ++i) BOOST_TEST(take(source(1), 3));
    BOOST_TEST(!take(source(1), 3));
    BOOST_TEST(count(source(1)) == 3U);  // what was refused does not count
    BOOST_TEST(take(source(2), 3));
    BOOST_TEST(take(source(1), 3, Counted::recipients));
}

BOOST_FIXTURE_TEST_CASE(with_0_any_number_goes, Fixture) {
    for (int i = 0; i < 100; ++i) BOOST_TEST(take(source(1), 0));
    BOOST_TEST(count(source(1)) == 100U);
}

BOOST_FIXTURE_TEST_CASE(connections_are_of_a_minute_the_rest_of_an_hour, Fixture) {
    BOOST_TEST(take(source(1), 1, Counted::connections));
    BOOST_TEST(take(source(1), 1, Counted::messages));
    clock.advance(2min);
    BOOST_TEST(take(source(1), 1, Counted::connections));
    BOOST_TEST(!take(source(1), 1, Counted::messages));
    clock.advance(2h);
    BOOST_TEST(take(source(1), 1, Counted::messages));
}

BOOST_FIXTURE_TEST_CASE(all_processes_see_the_same, Fixture) {
    const auto other = open();
    BOOST_TEST(policy::Rates(policy::limit_map(other)).take(source(1), Counted::messages, 1, clock.now()));
    BOOST_TEST(!take(source(1), 1));
}

BOOST_FIXTURE_TEST_CASE(many_at_once_are_counted_exactly, Fixture) {
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 500; ++n) taken += take(source(1), 1000);
        });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(taken == 1000);
}

BOOST_FIXTURE_TEST_CASE(memory_is_bounded_and_the_oldest_goes, Fixture) {
    BOOST_TEST(take(source(0), 0));
    clock.advance(1ms);
    BOOST_TEST(take(source(1), 0));
    const unsigned room = policy::LimitMap::kBuckets * policy::LimitMap::kWays;
    unsigned others = 2;
    for (; count(source(0)) == 1 && others < 3 * room; ++others) {
        clock.advance(1ms);
        BOOST_TEST(take(source(1), 0));  // is used all the time
        BOOST_TEST(take(source(others), 0));
    }
    BOOST_TEST(count(source(0)) == 0U);
    BOOST_TEST(count(source(1)) == others - 1);
    BOOST_TEST(others > room / 10);
}

BOOST_FIXTURE_TEST_CASE(a_crowd_pushes_out_neither_the_busy_nor_offenders, Fixture) {
    for (int i = 0; i < 50; ++i) BOOST_REQUIRE(take(source(0), 0));
    for (int i = 0; i < 5; ++i) BOOST_REQUIRE(take(source(1), 0, Counted::auth_failures));
    for (int i = 0; i < 5; ++i) BOOST_REQUIRE(take(source(2), 0, Counted::unknown_recipients));
    for (unsigned i = 3; i < 100'003; ++i) {
        if (i % 100 == 0) clock.advance(10ms);
        for (const auto what : {Counted::connections, Counted::messages, Counted::auth_failures})
            BOOST_REQUIRE(take(source(i), 0, what));
    }
    BOOST_TEST(count(source(0)) == 50U);
    BOOST_TEST(count(source(1), Counted::auth_failures) == 5U);
    BOOST_TEST(count(source(2), Counted::unknown_recipients) == 5U);
}

BOOST_FIXTURE_TEST_CASE(who_did_much_two_hours_ago_makes_room, Fixture) {
    const unsigned room = policy::LimitMap::kBuckets * policy::LimitMap::kWays;
    for (unsigned i = 0; i < 3 * room; ++i)
        for (int n = 0; n < 3; ++n) BOOST_REQUIRE(take(source(i), 0));
    clock.advance(2h);
    for (unsigned i = 4 * room; i < 4 * room + 1000; ++i) {
        BOOST_REQUIRE(take(source(i), 0));
        BOOST_REQUIRE(take(source(i + 1000), 0));
        BOOST_TEST(count(source(i)) == 1U);
    }
}

BOOST_FIXTURE_TEST_CASE(who_comes_into_a_place_does_not_inherit_its_counts, Fixture) {
    const unsigned many = 3 * policy::LimitMap::kBuckets * policy::LimitMap::kWays;
    for (unsigned i = 0; i < many; ++i) BOOST_REQUIRE(take(source(i), 1));
}

BOOST_FIXTURE_TEST_CASE(everybody_together, Fixture) {
    BOOST_TEST(rates.take_of_all(Counted::messages, 2, clock.now()));
    BOOST_TEST(rates.take_of_all(Counted::messages, 2, clock.now()));
    BOOST_TEST(!rates.take_of_all(Counted::messages, 2, clock.now()));
    BOOST_TEST(rates.take_of_all(Counted::messages, 0, clock.now()));
    BOOST_TEST(rates.count_of_all(Counted::messages, clock.now()) == 3U);
    BOOST_TEST(rates.of_all(clock.now())[static_cast<std::size_t>(Counted::messages)] == 3U);
}

BOOST_FIXTURE_TEST_CASE(list_and_forget, Fixture) {
    BOOST_TEST(take(source(1), 0));
    BOOST_TEST(take(source(2), 0));
    BOOST_TEST(rates.list(clock.now()).size() == 2U);
    rates.forget(source(1));
    BOOST_REQUIRE(rates.list(clock.now()).size() == 1U);
    BOOST_TEST((rates.list(clock.now()).front().subject == source(2)));
    BOOST_TEST(rates.take_of_all(Counted::messages, 0, clock.now()));
    rates.forget_all();
    BOOST_TEST(rates.list(clock.now()).empty());
    BOOST_TEST(rates.count_of_all(Counted::messages, clock.now()) == 0U);
}

BOOST_FIXTURE_TEST_CASE(garbage_is_taken_for_counts_and_for_nothing_else, Fixture) {
    std::mt19937_64 random(7);
    for (int round = 0; round < 20; ++round) {
        for (std::byte& octet : table.octets()) octet = static_cast<std::byte>(random());
        for (unsigned i = 0; i < 500; ++i) {
            (void)take(source(static_cast<unsigned>(random())), random() % 3);
            (void)count(source(i));
        }
        for (const auto& rate : rates.list(clock.now())) (void)rate.subject.to_string();
        (void)rates.of_all(clock.now());
    }
    clock.advance(48h);
    for (unsigned i = 0; i < 100; ++i) BOOST_TEST(take(source(i), 1));  // lies age out
}

BOOST_FIXTURE_TEST_CASE(a_lie_about_a_time_to_come_ends_with_the_next_doing_or_when_all_is_forgotten,
                        Fixture) {
    const auto lie_about_later = [&] {
        clock.advance(10h);
        for (int i = 0; i < 3; ++i) BOOST_TEST(take(source(1), 0));
        BOOST_TEST(rates.take_of_all(Counted::messages, 0, clock.now()));
        clock.advance(-10h);
        BOOST_TEST(count(source(1)) == 0U);
    };
    const auto later = [&] {
        clock.advance(10h);
        const auto counts = count(source(1)) + rates.count_of_all(Counted::messages, clock.now());
        clock.advance(-10h);
        return counts;
    };
    lie_about_later();
    BOOST_TEST(later() == 4U);  // comes true: smtpd-inetd(8) says so
    rates.forget_all();
    BOOST_TEST(later() == 0U);
    lie_about_later();
    BOOST_TEST(take(source(1), 1));
    BOOST_TEST(rates.take_of_all(Counted::messages, 1, clock.now()));
    BOOST_TEST(later() == 0U);
}

BOOST_FIXTURE_TEST_CASE(who_was_counted_a_moment_later_is_not_thrown_out, Fixture) {
    const unsigned room = policy::LimitMap::kBuckets * policy::LimitMap::kWays;
    for (unsigned number = 0; number < 3 * room; ++number) BOOST_REQUIRE(take(source(number), 0));
    clock.advance(1ms);
    for (unsigned number = 4 * room; number < 4 * room + 300; ++number) {
        BOOST_TEST(rates.take(source(number), Counted::messages, 0, clock.now() + 5ms));
        BOOST_TEST(take(source(number + 1000), 0));
    }
    for (unsigned number = 4 * room; number < 4 * room + 300; ++number)
        BOOST_TEST(count(source(number)) == 1U, number);
}

BOOST_AUTO_TEST_SUITE_END()
