// SPDX-License-Identifier: BSD-2-Clause
#include "policy/session_slots.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <memory>
#include <random>
#include <thread>

#include <boost/test/unit_test.hpp>

#include "limit_table.hpp"
#include "support/child_process.hpp"

using namespace postern;
using namespace std::chrono_literals;

namespace session_slots_tests {

using policy::SessionSlots;
using policy::Subject;

constexpr auto kLongest = 1h;
const Subject kOne = Subject::source(*IpAddress::parse("192.0.2.1"));
const Subject kAlice = Subject::account(*mail::Address::parse("alice@example.org"));
const Subject kBob = Subject::account(*mail::Address::parse("bob@example.org"));
const Subject kOther = Subject::source(*IpAddress::parse("192.0.2.2"));

/// A session with the table open, as a process has it.
struct Session {
    sys::SharedTable table;
    SessionSlots slots{table, kLongest};
    explicit Session(sys::SharedTable opened) : table(std::move(opened)) {}
};

struct Fixture : test::LimitTable {
    std::vector<std::unique_ptr<Session>> sessions;

    Session& begin() { return *sessions.emplace_back(std::make_unique<Session>(open())); }
    bool take(std::size_t most) { return *begin().slots.take(most, sessions.size(), clock.now()); }
    bool take_from(Subject source, std::size_t most) {
        Session& session = begin();
        return *session.slots.take(100, sessions.size(), clock.now()) &&
               *session.slots.enter_source(source, most, clock.now());
    }
    bool log_in(Session& session, Subject user, std::size_t most) {
        clock.advance(1ms);
        return *session.slots.enter_account(user, most, clock.now());
    }
    std::size_t live() { return begin().slots.list()->size(); }
    policy::LimitMap& map() { return policy::limit_map(begin().table); }

    /// One that is killed while it has a slot.
    void killed(std::size_t most, std::optional<Subject> whose = std::nullopt) {
        const int status = test::status_of_child([&] {
            Session session(open());
            if (!*session.slots.take(most, static_cast<std::uint64_t>(::getpid()), clock.now())) return 1;
            if (whose && !whose->is_account() && !*session.slots.enter_source(*whose, most, clock.now()))
                return 1;
            if (whose && whose->is_account() && !log_in(session, *whose, most)) return 1;
            ::raise(SIGKILL);
            return 2;
        });
        BOOST_TEST(status == 128 + SIGKILL);
    }
    /// As if it had been killed; but it was looked for such just now.
    void one_of_a_hundred_is_dead() {
        for (int i = 0; i < 100; ++i) BOOST_REQUIRE(take(100));
        BOOST_TEST(!take(100));
        sessions[30]->slots.give_back();
        map().slots[31].since.store(policy::to_word(clock.now()));
        clock.advance(1ms);
    }
    void lie() {
        std::mt19937_64 random(3);
        const auto table = open();
        for (std::byte& octet : table.octets()) octet = static_cast<std::byte>(random());
    }
};

}  // namespace session_slots_tests

BOOST_AUTO_TEST_SUITE(session_slots_tests)

BOOST_FIXTURE_TEST_CASE(so_many_and_no_more, Fixture) {
    for (int i = 0; i < 5; ++i) BOOST_TEST(take(5));
    BOOST_TEST(!take(5));
    BOOST_TEST(live() == 5U);
    sessions.front()->slots.give_back();
    BOOST_TEST(live() == 4U);
    BOOST_TEST(take(5));
}

BOOST_FIXTURE_TEST_CASE(a_slot_ends_with_its_session, Fixture) {
    BOOST_TEST(take(1));
    sessions.clear();
    BOOST_TEST(live() == 0U);
    BOOST_TEST(take(1));
}

BOOST_FIXTURE_TEST_CASE(killed_sessions_slots_come_back, Fixture) {
    for (int i = 0; i < 5; ++i) killed(5);
    BOOST_TEST(live() == 0U);
    for (int i = 0; i < 5; ++i) BOOST_TEST(take(5));
    BOOST_TEST(!take(5));
}

BOOST_FIXTURE_TEST_CASE(the_dead_are_not_all_looked_for_too_often, Fixture) {
    one_of_a_hundred_is_dead();
    BOOST_TEST(!take(100));  // it was looked just now
    clock.advance(100ms);
    BOOST_TEST(take(100));
}

BOOST_FIXTURE_TEST_CASE(who_says_that_all_slots_are_taken_keeps_nobody_out, Fixture) {
    for (int i = 0; i < 100; ++i) BOOST_REQUIRE(take(500));
    for (int i = 0; i < 20; ++i) {
        for (auto& slot : map().slots) slot.since.store(policy::to_word(clock.now()));
        map().swept.store(policy::to_word(clock.now()));
        BOOST_TEST(take(500));
        clock.advance(1ms);
    }
    BOOST_TEST(live() == 120U);
}

BOOST_FIXTURE_TEST_CASE(a_source_has_so_many, Fixture) {
    BOOST_TEST(take_from(kOne, 2));
    BOOST_TEST(take_from(kOther, 2));
    BOOST_TEST(take_from(kOne, 2));
    BOOST_TEST(!take_from(kOne, 2));
    sessions.pop_back();
    BOOST_TEST(take_from(kOther, 2));
    sessions.front()->slots.give_back();
    BOOST_TEST(take_from(kOne, 2));
    BOOST_TEST(take_from(kOne, 0));
}

BOOST_FIXTURE_TEST_CASE(of_those_that_come_at_once_the_first_have_the_right, Fixture) {
    std::vector<Session*> crowd;
    for (std::size_t i = 0; i < 6; ++i) {
        crowd.push_back(&begin());
        BOOST_TEST(*crowd.back()->slots.take(100, i, clock.now()));
    }
    for (auto* session : crowd) (void)session->slots.enter_source(kOne, 0, clock.now());
    std::size_t served = 0;
    for (auto* session : crowd) served += *session->slots.enter_source(kOne, 4, clock.now());
    BOOST_TEST(served == 4U);
}

BOOST_FIXTURE_TEST_CASE(dead_sessions_do_not_count_for_anybody, Fixture) {
    for (const Subject whose : {kOne, kAlice}) {
        killed(100, whose);
        killed(100, whose);
    }
    clock.advance(1s);  // so that they were earlier
    BOOST_TEST(take_from(kOne, 1));
    BOOST_TEST(log_in(*sessions.back(), kAlice, 1));
}

BOOST_FIXTURE_TEST_CASE(a_user_has_so_many_wherever_he_is, Fixture) {
    for (const Subject source : {kOne, kOther, kOne, kOther}) BOOST_TEST(take_from(source, 0));
    BOOST_TEST(log_in(*sessions[0], kAlice, 2));
    BOOST_TEST(log_in(*sessions[1], kAlice, 2));
    BOOST_TEST(!log_in(*sessions[2], kAlice, 2));
    BOOST_TEST(log_in(*sessions[2], kBob, 2));
    BOOST_TEST(log_in(*sessions[3], kAlice, 0));
    sessions[3]->slots.leave_account();
    sessions[0]->slots.give_back();
    BOOST_TEST(log_in(*sessions[3], kAlice, 2));
}

BOOST_FIXTURE_TEST_CASE(sessions_that_waited_are_no_earlier_ones_of_a_user, Fixture) {
    for (int i = 0; i < 4; ++i) {
        BOOST_TEST(take_from(kOne, 0));
        clock.advance(1s);
    }
    BOOST_TEST(log_in(*sessions[3], kAlice, 2));
    BOOST_TEST(log_in(*sessions[2], kAlice, 2));
    BOOST_TEST(!log_in(*sessions[1], kAlice, 2));
    BOOST_TEST(!log_in(*sessions[0], kAlice, 2));
}

/// Two that come for the last place would both be refused if each could seem to have been first.
BOOST_FIXTURE_TEST_CASE(whose_a_session_is_is_seen_no_sooner_than_since_when, Fixture) {
    constexpr int rounds = 100'000;
    BOOST_TEST(take(1));
    SessionSlots& slots = sessions.front()->slots;
    const auto& slot = map().slots[0];
    const Instant began = clock.now();
    for (const std::uint64_t first : {kOne.number(), kAlice.number()}) {
        const bool is_account = first == kAlice.number();
        const auto& word = is_account ? slot.account : slot.source;
        std::atomic<bool> is_over = false;
        std::uint64_t too_early = 0;
        std::thread other([&] {
            while (!is_over) {
                const auto round = word.load() - first;  // or another number that is too large
                const auto since = slot.since.load();
                if (round < rounds && since < policy::to_word(began) + round) ++too_early;
            }
        });
        for (int round = 0; round < rounds; ++round) {
            const auto whose = Subject::from_number(first + static_cast<std::uint64_t>(round));
            const Instant now = began + std::chrono::milliseconds(round);
            (void)(is_account ? slots.enter_account(whose, 0, now) : slots.enter_source(whose, 0, now));
        }
        is_over = true;
        other.join();
        slots.leave_account();
        BOOST_TEST(too_early == 0U);
    }
}

BOOST_FIXTURE_TEST_CASE(a_users_session_is_no_longer_one_of_its_source, Fixture) {
    BOOST_TEST(take_from(kOne, 1));
    BOOST_TEST(!take_from(kOne, 1));
    sessions.pop_back();
    BOOST_TEST(log_in(*sessions.front(), kAlice, 1));
    BOOST_TEST(take_from(kOne, 1));
    BOOST_TEST(!log_in(*sessions.back(), kAlice, 1));  // and is one of its source still
    BOOST_TEST(!take_from(kOne, 1));
    const auto live = *sessions.front()->slots.list();
    BOOST_TEST((live[0].source == kOne && live[0].account == kAlice));
    BOOST_TEST((live[1].source == kOne && !live[1].account));
}

BOOST_FIXTURE_TEST_CASE(who_comes_into_a_slot_is_not_its_last_user, Fixture) {
    killed(1, kAlice);
    BOOST_TEST(take(1));
    BOOST_TEST(!sessions.front()->slots.list()->front().account);
}

BOOST_FIXTURE_TEST_CASE(what_is_older_than_a_session_may_be_is_dead, Fixture) {
    BOOST_TEST(take_from(kOne, 1));
    clock.advance(kLongest + 2min);
    BOOST_TEST(take_from(kOne, 1));
}

BOOST_FIXTURE_TEST_CASE(a_session_that_is_not_done_yet_keeps_its_slot_however_old, Fixture) {
    BOOST_TEST(take(1));
    clock.advance(kLongest + 2min);
    BOOST_TEST(!take(1));
}

BOOST_FIXTURE_TEST_CASE(lies_let_nobody_in_and_keep_nobody_out, Fixture) {
    for (int i = 0; i < 3; ++i) BOOST_TEST(take(5));
    lie();
    BOOST_TEST(take(5));
    BOOST_TEST(take(5));
    clock.advance(1s);
    BOOST_TEST(!take(5));
    lie();
    clock.advance(1s);
    BOOST_TEST(!take(5));
    for (const auto& session : *sessions.front()->slots.list()) BOOST_TEST((session.since > Instant()));
}

BOOST_FIXTURE_TEST_CASE(a_time_in_the_future_stops_no_search_for_the_dead, Fixture) {
    one_of_a_hundred_is_dead();
    map().swept.store(~std::uint64_t{0});
    BOOST_TEST(take(100));
}

BOOST_FIXTURE_TEST_CASE(more_slots_than_there_are_cannot_be_asked_for, Fixture) {
    BOOST_TEST(*begin().slots.take(1'000'000, 5000, clock.now()));
    BOOST_TEST(live() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_list_says_whose_they_are, Fixture) {
    BOOST_TEST(take_from(kOne, 0));
    BOOST_TEST(take(100));
    const auto live = *begin().slots.list();
    BOOST_REQUIRE(live.size() == 2U);
    BOOST_TEST((live[0].source == kOne));
    BOOST_TEST(!live[1].source);
    BOOST_TEST((live[0].since == clock.now()));
    BOOST_TEST(live[0].process == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
