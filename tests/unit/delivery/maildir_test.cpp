// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/maildir.hpp"

#include <boost/test/unit_test.hpp>

#include "delivery/maildir_folders.hpp"
#include "delivery/maildir_name.hpp"
#include "spooled.hpp"

using namespace postern;
using delivery::EarlierTry;

namespace maildir_tests {

const accounts::Account kAlice{{"example.org", "alice"}};
const std::string kFolder = "mail/example.org/alice";

struct Office : test::Spooled {
    delivery::Maildir maildir{{files, randomness, clock}, {"mail", "state"}, "4711"};

    Status deliver(const std::string& path, EarlierTry earlier = EarlierTry::none) {
        const auto message = claim(path);
        const auto fit = maildir.deliver(message, kAlice, 0, earlier);
        if (!fit) return fit.error();
        BOOST_TEST((*fit == delivery::Fit::yes));
        return done;
    }
    std::vector<std::string> in(const std::string& folder) { return files.names(kFolder + "/" + folder); }
    std::string only_copy() {
        const auto names = in("new");
        BOOST_REQUIRE_EQUAL(names.size(), 1u);
        return *files.content(kFolder + "/new/" + names.front());
    }
    void read_by_a_mail_program() {
        for (const auto& name : in("new"))
            BOOST_REQUIRE(files.rename_new(kFolder + "/new/" + name, kFolder + "/cur/" + name + ":2,S"));
    }
};

}  // namespace maildir_tests

BOOST_FIXTURE_TEST_SUITE(maildir_tests, maildir_tests::Office)

BOOST_AUTO_TEST_CASE(the_file_is_the_message_with_two_lines_on_top_and_lf_for_crlf) {
    const auto path = queue({"alice+work@example.org"},
                            "Received: from x\r\n\tby y\r\nSubject: hi\r\n\r\nGr\xFC\xDF"
                            "e\r\n.dot\r\n\r\nend\r\n");
    BOOST_REQUIRE(deliver(path));
    BOOST_TEST(only_copy() ==
               "Return-Path: <bob@example.net>\nDelivered-To: alice+work@example.org\n"
               "Received: from x\n\tby y\nSubject: hi\n\nGr\xFC\xDF"
               "e\n.dot\n\nend\n");
}

BOOST_AUTO_TEST_CASE(the_null_reverse_path_stays_null) {
    BOOST_REQUIRE(deliver(queue({"alice@example.org"}, "Subject: report\r\n\r\n", "")));
    BOOST_TEST(only_copy().starts_with("Return-Path: <>\n"));
}

BOOST_AUTO_TEST_CASE(the_name_tells_time_and_message_and_mailbox) {
    const auto path = queue({"alice@example.org"}, "x\r\n");
    const auto id = claim(path).id().text();
    BOOST_REQUIRE(deliver(path));
    const std::string name = in("new").front();
    BOOST_TEST(name.starts_with("1795293000." + id + "-"));
    BOOST_TEST(name.ends_with(".postern"));
    BOOST_TEST(name.size() == std::string("1795293000.").size() + 26 + 1 + 8 + 8);
}

BOOST_AUTO_TEST_CASE(nothing_stays_in_tmp) {
    BOOST_REQUIRE(deliver(queue({"alice@example.org"}, "x\r\n")));
    BOOST_TEST(in("tmp").empty());
}

BOOST_AUTO_TEST_CASE(a_delivery_costs_eight_calls_two_of_them_syncs) {
    BOOST_REQUIRE(deliver(queue({"alice@example.org"}, "x\r\n")));
    const auto path = queue({"alice@example.org"}, "y\r\n");
    const auto message = claim(path);
    files.forget_calls();
    BOOST_REQUIRE(maildir.deliver(message, kAlice, 0, EarlierTry::none));
    BOOST_TEST(files.syncs() == 2u);
    BOOST_TEST(files.calls().size() == 8u);  // read create write sync link unlink open_directory sync
}

BOOST_AUTO_TEST_CASE(the_same_message_again_is_no_second_copy) {
    const auto path = queue({"alice@example.org"}, "x\r\n");
    BOOST_REQUIRE(deliver(path));
    BOOST_REQUIRE(deliver(path));
    BOOST_REQUIRE(deliver(path, EarlierTry::possible));
    BOOST_TEST(in("new").size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_copy_that_was_read_meanwhile_is_found_after_an_unfinished_try) {
    const auto path = queue({"alice@example.org"}, "x\r\n");
    BOOST_REQUIRE(deliver(path));
    read_by_a_mail_program();
    BOOST_REQUIRE(deliver(path, EarlierTry::possible));
    BOOST_TEST(in("new").empty());
    BOOST_TEST(in("cur").size() == 1u);
}

BOOST_AUTO_TEST_CASE(another_message_in_cur_is_not_taken_for_this_one) {
    BOOST_REQUIRE(deliver(queue({"alice@example.org"}, "x\r\n")));
    read_by_a_mail_program();
    BOOST_REQUIRE(deliver(queue({"alice@example.org"}, "y\r\n"), EarlierTry::possible));
    BOOST_TEST(in("new").size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_copy_that_is_found_is_durable_before_it_counts) {
    const auto path = queue({"alice@example.org"}, "x\r\n");
    BOOST_REQUIRE(deliver(path));
    for (const std::string folder : {"new", "cur"}) {
        files.forget_calls();
        BOOST_REQUIRE(deliver(path, EarlierTry::possible));
        BOOST_TEST(files.count_of("sync_directory") == 1u, folder);
        if (folder == "new") read_by_a_mail_program();
    }
}

BOOST_AUTO_TEST_CASE(a_mailbox_that_cannot_be_searched_gets_nothing_yet) {
    const auto path = queue({"alice@example.org"}, "x\r\n");
    BOOST_REQUIRE(delivery::make_maildir(files, "mail", kAlice.mailbox));
    files.fail_on(kFolder + "/cur", EACCES);
    BOOST_TEST(!deliver(path, EarlierTry::possible));
    BOOST_TEST(in("new").empty());
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_told_from_other_trouble) {
    const auto path = queue({"alice@example.org"}, "x\r\n");
    BOOST_REQUIRE(delivery::make_maildir(files, "mail", kAlice.mailbox));
    const auto message = claim(path);
    files.fail_operation(3, ENOSPC);  // read, create, write
    const auto delivered = maildir.deliver(message, kAlice, 0, EarlierTry::none);
    BOOST_TEST(delivered.failed_with(Fault::no_space));
    BOOST_TEST(in("tmp").empty());
    BOOST_TEST(in("new").empty());
}

BOOST_AUTO_TEST_CASE(files_in_tmp_that_nobody_writes_any_more_are_removed) {
    BOOST_REQUIRE(delivery::make_maildir(files, "mail", kAlice.mailbox));
    files.set_time(clock.now() - std::chrono::hours(37));
    files.put(kFolder + "/tmp/old", "half a mess");
    files.set_time(clock.now() - std::chrono::hours(35));
    files.put(kFolder + "/tmp/young", "half a mess");
    for (int i = 0; i < 128; ++i) BOOST_REQUIRE(deliver(queue({"alice@example.org"}, "x\r\n")));
    BOOST_TEST(in("tmp") == std::vector<std::string>{"young"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(copies_are_known_by_their_name_with_and_without_flags) {
    BOOST_TEST(delivery::is_copy_named("1.a.postern", "1.a.postern"));
    BOOST_TEST(delivery::is_copy_named("1.a.postern:2,", "1.a.postern"));
    BOOST_TEST(delivery::is_copy_named("1.a.postern,S=12", "1.a.postern"));
    BOOST_TEST(delivery::is_copy_named("1.a.postern,S=12:2,S", "1.a.postern"));
    BOOST_TEST(!delivery::is_copy_named("1.a.postern2", "1.a.postern"));
    BOOST_TEST(!delivery::is_copy_named("1.a.poster", "1.a.postern"));
}

BOOST_AUTO_TEST_SUITE_END()
