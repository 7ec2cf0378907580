// SPDX-License-Identifier: BSD-2-Clause
// Mail for the content filter, in whole passes of mxrun.
#include "relay/pass.hpp"
#include "unit/relay/pass_fixture.hpp"

namespace postern::relay {

namespace filter_tests {

struct FilterFixture : PassFixture {
    FilterFixture() {
        filter = runner::ContentFilter{.host = "192.0.2.77"};
        service = "smtp";
        accounts.served.insert("here.example");
    }
    FakeHost& filter_host() { return network.host("192.0.2.77"); }
};

}  // namespace filter_tests

BOOST_FIXTURE_TEST_SUITE(filter_tests, filter_tests::FilterFixture)

BOOST_AUTO_TEST_CASE(it_goes_there_whole_whoever_it_is_for) {
    filter_host();
    queue({"bob@a.example", "eve@here.example", "x@b.example"});
    pass();
    BOOST_TEST(filter_host().contents.size() == 1u);
    BOOST_TEST(filter_host().count("RCPT TO:<") == 3u);
    BOOST_TEST(network.calls == std::vector<std::string>{"192.0.2.77:10025"},
               boost::test_tools::per_element());
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(it_goes_there_even_when_all_goes_through_the_gateway) {
    options.gateway = Gateway{"192.0.2.88", 25};
    options.always = true;
    filter_host();
    queue({"bob@a.example"});
    pass();
    BOOST_TEST(filter_host().contents.size() == 1u);
}

/// What deliver has named for the filter waits in its line, with no message in hand.
BOOST_AUTO_TEST_CASE(a_slow_filter_takes_no_more_than_its_places) {
    options.concurrency = 6;
    options.per_host = 2;
    auto& host = network.host("192.0.2.10");
    for (int i = 0; i < 40; ++i) queue_as("=", {"bob@d" + std::to_string(i) + ".example"});
    service = "filtered";
    for (int i = 0; i < 40; ++i) queue({"bob@a.example"});
    filter_host().answers = [&] { return host.contents.size() == 40u; };  // slower than all the others
    pass();
    BOOST_TEST(host.contents.size() == 40u);
    BOOST_TEST(host.open.most() == 2u);
    BOOST_TEST(filter_host().contents.size() == 40u);
    BOOST_TEST(filter_host().open.most() == 2u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(what_it_did_not_take_waits_under_its_name) {
    queue({"bob@a.example"});
    pass();
    BOOST_REQUIRE(spool.queued().size() == 1u);
    BOOST_TEST(spool.queued().front().ends_with("@="));
    filter.reset();
    network.host("192.0.2.10");
    spool.clock.advance(std::chrono::hours(1));
    pass();
    BOOST_TEST(network.host("192.0.2.10").contents.size() == 1u);
}

BOOST_AUTO_TEST_CASE(while_the_filter_is_down_it_waits) {
    network.host("192.0.2.10");
    queue({"bob@a.example"});
    pass();
    BOOST_TEST((left().state == spool::RecipientHistory::State::open));
    BOOST_TEST(left().last->host == "[192.0.2.77]:10025");
    BOOST_TEST(network.host("192.0.2.10").contents.empty());
}

BOOST_AUTO_TEST_CASE(mail_of_other_services_goes_its_own_way) {
    network.host("192.0.2.10");
    service = "filtered";
    queue({"bob@a.example"});
    pass();
    BOOST_TEST(network.host("192.0.2.10").contents.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
