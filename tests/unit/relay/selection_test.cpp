// SPDX-License-Identifier: BSD-2-Clause
// mxrun --domain, --id and --dry-run.
#include "relay/selection.hpp"

#include "relay/rehearsal.hpp"
#include "unit/relay/pass_fixture.hpp"

namespace postern::relay {

using State = spool::RecipientHistory::State;

namespace selection_tests {

struct SelectionFixture : PassFixture {
    /// Queued, tried in vain, and so not due.
    std::string queue_for_later(const std::vector<std::string>& to) {
        const auto name = queue(to);
        pass();
        return name.substr(2, 26);
    }

    Status run_selected() {
        const runner::Tools tools{spool.files, spool.layout, spool.clock, log};
        runner::Worker worker(tools, {}, "mxrun");
        return run_pass({tools, worker, accounts, resolver, randomness, network, errands()}, options,
                        told_to_stop, selection);
    }

    std::vector<Prospect> rehearsed() {
        std::vector<Prospect> prospects;
        const Router router(resolver, randomness, options);
        const runner::Tools tools{spool.files, spool.layout, spool.clock, log};
        test::must(rehearse({tools, accounts, router, options, filter}, selection,
                            [&](const Prospect& prospect) { prospects.push_back(prospect); }));
        return prospects;
    }

    Selection selection;
    std::optional<runner::ContentFilter> filter;
};

}  // namespace selection_tests

BOOST_FIXTURE_TEST_SUITE(selection_tests, selection_tests::SelectionFixture)

BOOST_AUTO_TEST_CASE(what_is_neither_domain_nor_id_is_refused) {
    BOOST_TEST(!selection.add_domain("no domain"));
    BOOST_TEST(!selection.add_domain(""));
    BOOST_TEST(!selection.add_id("12345"));
    BOOST_TEST(selection.is_all_that_is_due());
    BOOST_TEST(selection.add_domain("A.Example"));
    BOOST_TEST(selection.add_domain("[192.0.2.1]"));
}

BOOST_AUTO_TEST_CASE(only_the_mail_of_the_domain_is_tried_due_or_not) {
    queue_for_later({"bob@a.example"});
    queue_for_later({"bob@b.example"});
    auto& a = network.host("192.0.2.10");
    auto& b = network.host("192.0.2.20");
    BOOST_REQUIRE(selection.add_domain("A.example"));
    BOOST_TEST(bool(run_selected()));
    BOOST_TEST(a.contents.size() == 1u);
    BOOST_TEST(b.connections == 0u);
    BOOST_TEST(left().tries == 1u);
}

BOOST_AUTO_TEST_CASE(of_several_domains_only_the_recipients_there_are_tried) {
    queue_for_later({"bob@a.example", "eve@b.example"});
    queue_for_later({"joe@b.example", "joe@two.example"});
    auto& a = network.host("192.0.2.10");
    auto& b = network.host("192.0.2.20");
    BOOST_REQUIRE(selection.add_domain("a.example"));
    const auto before = spool.files.all_files();
    BOOST_TEST(bool(run_selected()));
    BOOST_TEST(a.count("RCPT TO:<bob@a.example>") == 1u);
    BOOST_TEST(a.count("RCPT") == 1u);
    BOOST_TEST(b.connections == 0u);
    std::size_t untouched = 0;
    for (const auto& [path, content] : spool.files.all_files())
        if (before.contains(path) && before.at(path) == content) ++untouched;
    BOOST_TEST(untouched == 1u);  // nobody meant, nothing written
}

BOOST_AUTO_TEST_CASE(only_the_message_with_the_id_is_tried_due_or_not) {
    const auto id = queue_for_later({"bob@a.example", "eve@b.example"});
    queue_for_later({"joe@a.example"});
    auto& a = network.host("192.0.2.10");
    auto& b = network.host("192.0.2.20");
    BOOST_REQUIRE(selection.add_id(id));
    BOOST_TEST(bool(run_selected()));
    BOOST_TEST(a.contents.size() == 1u);
    BOOST_TEST(b.contents.size() == 1u);
    BOOST_TEST((left().state == State::open));
}

BOOST_AUTO_TEST_CASE(an_id_that_is_not_there_is_told_and_nothing_done) {
    auto& host = network.host("192.0.2.10");
    const auto id = queue({"bob@a.example"}).substr(2, 26);
    BOOST_REQUIRE(selection.add_id(id));
    BOOST_REQUIRE(selection.add_id(std::string(26, 'a')));
    BOOST_TEST(run_selected().failed_with(Fault::not_found));
    BOOST_TEST(host.connections == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_deferred_again_waits_from_now_on) {
    queue_for_later({"bob@a.example"});
    BOOST_REQUIRE(selection.add_domain("a.example"));
    BOOST_TEST(bool(run_selected()));
    BOOST_TEST(left().tries == 2u);
    BOOST_TEST((*left().next > spool.clock.now()));
}

BOOST_AUTO_TEST_CASE(a_rehearsal_tells_where_each_message_would_go) {
    accounts.served = {"here.example"};
    queue({"bob@two.example"});
    queue({"x@null.example", "y@here.example"});
    const auto prospects = rehearsed();
    BOOST_REQUIRE(prospects.size() == 2u);
    const auto& hops = std::get<std::vector<NextHop>>(prospects[0].parts.at(0).way);
    BOOST_REQUIRE(hops.size() == 2u);
    BOOST_TEST(hops[0].to_string() == "dead.example [192.0.2.99]");
    BOOST_TEST(hops[1].to_string() == "mx.a.example [192.0.2.10]");
    BOOST_TEST(!prospects[0].due.has_value());
    BOOST_REQUIRE(prospects[1].parts.size() == 2u);
    BOOST_TEST(std::get<Outcome>(prospects[1].parts[0].way).status == "5.1.10");
    BOOST_TEST(std::holds_alternative<Prospect::BackToDeliver>(prospects[1].parts[1].way));
    BOOST_TEST(prospects[1].parts[1].recipients.at(0).to_string() == "y@here.example");
}

BOOST_AUTO_TEST_CASE(a_rehearsal_changes_nothing) {
    queue({"bob@a.example"});
    queue({"bob@a.example", "eve@b.example"});
    const auto held = spool.claim(spool.queued().front());  // another runner is at work
    const auto before = spool.files.all_files();
    spool.files.forget_calls();
    BOOST_TEST(rehearsed().size() == 2u);
    BOOST_TEST((spool.files.all_files() == before));
    BOOST_TEST(network.calls.empty());
    BOOST_TEST(spool.files.count_of("write_at") == 0u);
}

BOOST_AUTO_TEST_CASE(a_rehearsal_tells_what_is_due_or_what_was_chosen_and_when) {
    queue_for_later({"bob@a.example"});
    BOOST_TEST(rehearsed().empty());
    BOOST_REQUIRE(selection.add_domain("a.example"));
    const auto prospects = rehearsed();
    BOOST_REQUIRE(prospects.size() == 1u);
    BOOST_TEST((prospects[0].due == left().next));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
