// SPDX-License-Identifier: BSD-2-Clause
// Passes of mxrun with many conversations at once: how many, with whom, and who waits for whom.
#include "relay/pass.hpp"
#include "unit/relay/pass_fixture.hpp"

namespace postern::relay {

using State = spool::RecipientHistory::State;

namespace concurrency_tests {

/// Does what it is told only after everybody else had a few turns, as a look-up in the DNS does.
class SlowErrands final : public Errands {
public:
    Task<void> run(std::function<void()> work) override {
        for (int i = 0; i < 20; ++i) co_await breathe();
        ++done;
        work();
    }
    int done = 0;
};

struct ConcurrencyFixture : PassFixture {
    /// A domain of its own for each number below 50, and a host of its own for each domain.
    std::string domain(int number) const { return "d" + std::to_string(number) + ".example"; }
    std::string address(int number) const { return "198.51.100." + std::to_string(number); }
    FakeHost& add_host(int number) {
        resolver.zone_text += domain(number) + ". A " + address(number) + "\n";
        return network.host(address(number));
    }

    void queue_many(int count, const std::string& to) {
        for (int i = 0; i < count; ++i) queue({to});
    }

    /// Messages that a runner has in its hand now.
    std::size_t in_hand() {
        std::size_t count = 0;
        for (const auto& path : spool.queued()) {
            const auto claimed = test::must(spool::Message::claim(spool.files, path));
            const auto* why = std::get_if<spool::NotClaimed>(&claimed);
            if (why != nullptr && why->why == spool::NotClaimed::Why::locked) ++count;
        }
        return count;
    }
};

}  // namespace concurrency_tests

BOOST_FIXTURE_TEST_SUITE(concurrency_tests, concurrency_tests::ConcurrencyFixture)

BOOST_AUTO_TEST_CASE(many_messages_for_a_host_go_over_so_many_conversations_as_it_may_have) {
    auto& host = network.host("192.0.2.10");
    queue_many(100, "bob@a.example");
    pass();
    BOOST_TEST(host.contents.size() == 100u);
    BOOST_TEST(host.open.most() == options.per_host);
    BOOST_TEST(host.connections == options.per_host);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(few_messages_for_a_domain_go_over_one_conversation) {
    auto& host = network.host("192.0.2.10");
    queue_many(10, "bob@a.example");
    pass();
    BOOST_TEST(host.connections == 1u);
}

BOOST_AUTO_TEST_CASE(all_hosts_together_get_no_more_conversations_than_are_allowed) {
    options.concurrency = 5;
    for (int i = 0; i < 30; ++i) {
        add_host(i);
        queue_many(3, "bob@" + domain(i));
    }
    pass();
    BOOST_TEST(spool.queued().empty());
    BOOST_TEST(network.open.most() == 5u);
    BOOST_TEST(network.calls.size() == 30u);
}

BOOST_AUTO_TEST_CASE(no_more_messages_are_in_hand_than_conversations_are_allowed) {
    options.concurrency = 3;
    for (int i = 0; i < 10; ++i) {
        add_host(i);
        queue_many(2, "bob@" + domain(i));
        queue({"bob@" + domain(i), "eve@" + domain((i + 1) % 10)});
    }
    std::size_t most = 0;
    network.on_connect = [&] { most = std::max(most, in_hand()); };
    pass();
    BOOST_TEST(most == 3u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(many_domains_behind_one_host_share_its_conversations) {
    auto& host = network.host("192.0.2.10");
    for (int i = 0; i < 40; ++i) {
        resolver.zone_text += domain(i) + ". MX 10 mx.a.example.\n";
        queue({"bob@" + domain(i)});
    }
    pass();
    BOOST_TEST(host.contents.size() == 40u);
    BOOST_TEST(host.connections == options.per_host);
    BOOST_TEST(host.count("QUIT") == options.per_host);
}

BOOST_AUTO_TEST_CASE(a_conversation_that_nobody_needs_now_makes_room_for_another) {
    options.concurrency = 1;
    for (int i = 0; i < 5; ++i) {
        add_host(i);
        queue({"bob@" + domain(i)});
    }
    pass();
    BOOST_TEST(spool.queued().empty());
    BOOST_TEST(network.open.most() == 1u);
}

BOOST_AUTO_TEST_CASE(a_dead_host_is_called_once_whoever_wants_it) {
    for (int i = 0; i < 10; ++i) {  // many names of one address
        resolver.zone_text += domain(i) + ". MX 10 mx" + domain(i) + ".\nmx" + domain(i) + ". A 192.0.2.99\n";
        queue_many(30, "bob@" + domain(i));
    }
    pass();
    BOOST_TEST(network.calls.size() == 1u);
    BOOST_TEST(spool.queued().size() == 300u);
    std::set<std::string> hosts;
    for (const auto& path : spool.queued()) {
        BOOST_TEST(!path.starts_with("spool/relay/now/"));
        hosts.insert(test::must(spool::read_message(spool.files, path)).history.recipients()[0].last->host);
    }
    BOOST_TEST(hosts.size() == 10u);  // each told by its own name
}

BOOST_AUTO_TEST_CASE(mail_moves_on_to_the_next_host_once_the_first_is_known_to_be_dead) {
    auto& backup = network.host("192.0.2.10");
    queue_many(60, "bob@two.example");
    pass();
    BOOST_TEST(backup.contents.size() == 60u);
    BOOST_TEST(backup.connections == options.per_host);
    BOOST_TEST(network.calls.size() == 1u + options.per_host);
}

BOOST_AUTO_TEST_CASE(a_slow_host_holds_nobody_up) {
    options.concurrency = options.per_host + 1;
    auto& slow = network.host("192.0.2.10");
    auto& quick = network.host("192.0.2.20");
    slow.answers = [&] { return quick.contents.size() == 20; };
    queue_many(100, "bob@a.example");
    queue_many(20, "bob@b.example");
    pass();
    BOOST_TEST(slow.contents.size() == 100u);
    BOOST_TEST(quick.contents.size() == 20u);
}

BOOST_AUTO_TEST_CASE(after_its_turn_a_domain_leaves_the_seat_to_those_who_wait) {
    options.concurrency = 1;
    auto& a = network.host("192.0.2.10");
    auto& b = network.host("192.0.2.20");
    queue_many(10, "bob@a.example");
    queue({"bob@b.example"});
    std::size_t before_b = 0;
    b.answers = [&] {
        if (b.contents.empty()) before_b = a.contents.size();
        return true;
    };
    a.answers = [&] {
        spool.clock.advance(std::chrono::seconds(1));
        return true;
    };
    pass();
    BOOST_TEST(before_b > 0u);
    BOOST_TEST(before_b < 10u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(messages_for_several_domains_do_not_wait_for_each_other_for_ever) {
    for (const unsigned concurrency : {1U, 2U, 3U, 20U}) {
        ConcurrencyFixture fresh;
        fresh.options.concurrency = concurrency;
        fresh.options.per_host = 1;
        for (int i = 0; i < 4; ++i) fresh.add_host(i);
        for (int i = 0; i < 40; ++i) {
            fresh.queue({"bob@" + fresh.domain(i % 4), "eve@" + fresh.domain((i / 4) % 4)});
            fresh.queue({"joe@" + fresh.domain(i % 4)});
        }
        fresh.pass();
        BOOST_TEST(fresh.spool.queued().empty(), concurrency);
        BOOST_TEST(fresh.network.open.most() <= concurrency);
        for (int i = 0; i < 4; ++i) BOOST_TEST(fresh.add_host(i).open.most() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(what_is_looked_up_at_the_moment_is_not_looked_up_again) {
    SlowErrands slow;
    slow_errands = &slow;
    network.host("192.0.2.10");
    network.host("192.0.2.20");
    queue_many(30, "bob@a.example");
    for (int i = 0; i < 30; ++i) queue({"bob@a.example", "eve@b.example"});
    pass();
    BOOST_TEST(spool.queued().empty());
    BOOST_TEST(resolver.questions == 2);
    BOOST_TEST(slow.done == 2);
}

BOOST_AUTO_TEST_CASE(told_to_stop_it_finishes_all_that_is_in_hand_and_begins_nothing) {
    std::vector<FakeHost*> hosts;
    for (int i = 0; i < 5; ++i) {
        hosts.push_back(&add_host(i));
        queue_many(3, "bob@" + domain(i));
    }
    bool is_told = false;
    told_to_stop = [&] { return is_told; };
    for (auto* host : hosts) {
        host->answers = [&] {  // all have a message on its way before any goes on
            is_told = is_told || network.open.now() == 5;
            return is_told;
        };
    }
    pass();
    BOOST_TEST(spool.queued().size() == 10u);
    for (auto* host : hosts) {
        BOOST_TEST(host->contents.size() == 1u);
        BOOST_TEST(host->lines.back() == "QUIT");
    }
    for (const auto& path : spool.queued())
        BOOST_TEST(test::must(spool::read_message(spool.files, path)).history.begins() == 0u);
}

BOOST_AUTO_TEST_CASE(told_to_stop_it_waits_for_no_look_up_and_counts_no_try) {
    SlowErrands slow;
    slow_errands = &slow;
    resolver.troubled = {"b.example"};
    queue_many(2, "bob@a.example");
    queue({"bob@a.example", "eve@b.example"});
    auto& host = network.host("192.0.2.10");
    host.answers = [&] {
        told_to_stop = [] { return true; };
        return true;
    };
    pass();
    BOOST_TEST(!host.contents.empty());
    BOOST_TEST(!spool.queued().empty());
    for (const auto& path : spool.queued()) {
        const auto history = test::must(spool::read_message(spool.files, path)).history;
        BOOST_TEST(history.unfinished_begins() == 0u);
        BOOST_TEST(!history.due());
        for (const auto& recipient : history.recipients()) BOOST_TEST(recipient.tries == 0u);
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_lies_only_costs_time) {
    options.per_host = 1;
    auto& a = network.host("192.0.2.10");
    auto& b = network.host("192.0.2.20");
    for (int i = 0; i < 5; ++i) {
        queue({"bob@b.example"});
        auto name = *spool::RelayName::parse(queue({"bob@a.example"}));
        auto message = spool.claim(spool.layout.now(spool::Lane::relay) + "/" + name.to_string());
        name.domain = i % 2 == 0 ? "b.example" : "0123456789abcdef0123456789abcdef";
        test::must(message.move_to(spool.layout.now(spool::Lane::relay), name.to_string()));
    }
    pass();
    BOOST_TEST(a.contents.size() == 5u);
    BOOST_TEST(b.contents.size() == 5u);
    BOOST_TEST(network.open.most() <= 2u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
