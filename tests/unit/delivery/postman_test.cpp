// SPDX-License-Identifier: BSD-2-Clause
// One message: copies, the relay lane, what is split off, full disks.
#include "office.hpp"

using namespace postern;
using test::kContent;
using test::Names;
using test::Office;

BOOST_FIXTURE_TEST_SUITE(postman_tests, Office)

BOOST_AUTO_TEST_CASE(a_message_for_accounts_is_delivered_and_gone) {
    queue({"alice@example.org", "carol@example.org"}, kContent);
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(for_accounts_alone_no_record_is_synced) {
    queue({"alice@example.org"}, kContent);
    good_pass();
    BOOST_TEST(files.count_of("sync_data") == 0u);
}

BOOST_AUTO_TEST_CASE(only_remote_ones_left_take_the_file_itself_to_the_relay_lane) {
    const auto path = queue({"alice@example.org", "x@example.net", "y@example.net"}, kContent);
    const auto id = path.substr(path.rfind('/') + 1);
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    CHECK_NAMES(queued(""), {"spool/relay/now/5." + id + "@example.net"});
    CHECK_NAMES(open_in("relay"), {"x@example.net", "y@example.net"});
}

BOOST_AUTO_TEST_CASE(remote_ones_are_split_off_where_local_ones_stay_open) {
    accounts.add_trouble("carol@example.org");
    queue({"alice@example.org", "carol@example.org", "x@example.net", "y@example.com"}, kContent);
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    CHECK_NAMES(open_in("relay"), {"x@example.net", "y@example.com"});
    CHECK_NAMES(open_in("received"), {"carol@example.org"});
    accounts.end_trouble();
    clock.advance(std::chrono::minutes(34));
    good_pass();
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(copies("alice") == 1u);
    BOOST_TEST(queued("received").empty());
    BOOST_TEST(queued("relay").size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_split_that_fails_repeats_no_delivery) {
    accounts.add_trouble("carol@example.org");
    queue({"alice@example.org", "carol@example.org", "x@example.net"}, kContent);
    files.fail_on("spool/staged", ENOSPC);
    BOOST_TEST(!pass().trouble);
    const std::string inbox = "mail/example.org/alice/new/";
    BOOST_REQUIRE(files.unlink(inbox + files.names(inbox).front()));  // read and deleted
    files.restart();
    accounts.end_trouble();
    clock.advance(std::chrono::minutes(34));
    good_pass();
    BOOST_TEST(copies("alice") == 0u);
    BOOST_TEST(copies("carol") == 1u);
    CHECK_NAMES(open_in("relay"), {"x@example.net"});
}

BOOST_AUTO_TEST_CASE(mail_for_the_content_filter_goes_there_as_it_came) {
    filter.emplace().services = {"smtp"};
    accounts.add_alias("all@example.org", {"alice@example.org", "x@example.net"});
    queue({"alice@example.org", "all@example.org"}, kContent);
    CHECK_NAMES(open_in("received"), {"alice@example.org", "all@example.org"});
    good_pass();
    BOOST_TEST(copies("alice") == 1u);  // it came in on no such service

    service = "smtp";
    queue({"alice@example.org", "all@example.org"}, kContent);
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    const auto paths = queued("relay");
    BOOST_REQUIRE_EQUAL(paths.size(), 2u);
    BOOST_TEST(queued("received").empty());
}

BOOST_AUTO_TEST_CASE(a_full_disk_defers) {
    queue({"alice@example.org"}, kContent);
    files.make_directories("mail/example.org/alice/new");
    files.make_directories("mail/example.org/alice/tmp");
    files.fail_on("mail/example.org/alice/new", ENOSPC);
    good_pass();
    const auto message = claim(queued("received").front());
    BOOST_TEST(message.history().recipients().front().last->status == "4.3.1");
}

BOOST_AUTO_TEST_SUITE_END()
