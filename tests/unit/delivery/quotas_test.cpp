// SPDX-License-Identifier: BSD-2-Clause
// Full mailboxes through whole passes: what waits, what fails, and the flags that sessions see.
#include "office.hpp"

using namespace postern;
using test::Names;

namespace quotas_tests {

/// 79 octets in the mailbox.
constexpr const char* kMail = "Subject: hi\r\n\r\nhi\r\n";
const std::string kFlag = "state/over-quota/alice@example.org";

struct FullOffice : test::Office {
    FullOffice() {
        files.set_time(clock.now());
        alice().quota = 100;
    }
    accounts::Account& alice() { return accounts.account("alice@example.org"); }
    void fill() {
        queue({"alice@example.org"}, kMail);
        queue({"alice@example.org"}, kMail);
        good_pass();
        BOOST_REQUIRE(copies("alice") == 1u);
        BOOST_REQUIRE(files.exists(kFlag));
    }
    void pass_time(std::chrono::minutes time) {
        clock.advance(time);
        files.set_time(clock.now());
    }
    void empty_mailbox() {
        const std::string inbox = "mail/example.org/alice/new/";
        for (const auto& name : files.names(inbox)) BOOST_REQUIRE(files.unlink(inbox + name));
    }
    std::vector<std::string> statuses() {
        std::vector<std::string> all;
        for (const auto& entry : log.entries)
            if (entry.event == "deferred" || entry.event == "failed")
                all.push_back(entry.event + " " + entry.field("status"));
        return all;
    }
};

}  // namespace quotas_tests

BOOST_FIXTURE_TEST_SUITE(quotas_tests, quotas_tests::FullOffice)

BOOST_AUTO_TEST_CASE(what_does_not_fit_waits_until_it_does) {
    fill();
    CHECK_NAMES(statuses(), {"deferred 4.2.2"});
    pass_time(std::chrono::minutes(1));
    empty_mailbox();
    pass_time(std::chrono::minutes(40));
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    BOOST_TEST(!files.exists(kFlag));
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(what_never_fits_is_reported_at_once) {
    queue({"alice@example.org", "carol@example.org"}, kMail + std::string(100, 'x') + "\r\n",
          "carol@example.org");
    good_pass();
    CHECK_NAMES(statuses(), {"failed 5.2.3"});
    good_pass();
    BOOST_TEST(copies("carol") == 2u);  // her copy, and the report
    BOOST_TEST(!files.exists(kFlag));
}

BOOST_AUTO_TEST_CASE(other_mailboxes_are_not_concerned) {
    fill();
    queue({"alice@example.org", "carol@example.org"}, kMail);
    good_pass();
    BOOST_TEST(copies("carol") == 1u);
    CHECK_NAMES(statuses(), {"deferred 4.2.2", "deferred 4.2.2"});
}

BOOST_AUTO_TEST_CASE(a_pass_removes_the_flag_once_there_is_room_for_what_was_wanted) {
    fill();
    good_pass();
    BOOST_TEST(files.content(kFlag).value() == "21 79\n");
    alice().quota = 157;
    good_pass();
    BOOST_TEST(files.content(kFlag).value() == "78 79\n");
    alice().quota = 158;
    good_pass();
    BOOST_TEST(!files.exists(kFlag));
}

BOOST_AUTO_TEST_CASE(a_pass_removes_the_flag_of_what_will_never_come) {
    fill();
    alice().quota = 50;
    good_pass();
    BOOST_TEST(!files.exists(kFlag));
}

BOOST_AUTO_TEST_CASE(a_pass_removes_flags_of_those_who_have_no_quota_any_more) {
    fill();
    for (const char* name : {"nobody@example.org", "alice@example.com", "list@example.org"})
        files.put(std::string("state/over-quota/") + name, "0 1\n");
    accounts.add_alias("list@example.org", {"alice@example.org"});
    alice().quota = 0;
    good_pass();
    BOOST_TEST(files.names("state/over-quota").empty());
}

BOOST_AUTO_TEST_CASE(a_pass_removes_the_flag_when_mail_goes_elsewhere) {
    fill();
    alice().method = accounts::DeliveryCommand{{"/bin/true"}};
    good_pass();
    BOOST_TEST(!files.exists(kFlag));
}

BOOST_AUTO_TEST_CASE(a_flag_made_by_hand_stays_while_the_mailbox_is_full_to_the_brim) {
    alice().quota = 79;
    queue({"alice@example.org"}, kMail);
    good_pass();
    files.put(kFlag, "");
    good_pass();
    BOOST_TEST(files.content(kFlag).value() == "0 1\n");
    alice().quota = 80;
    good_pass();
    BOOST_TEST(!files.exists(kFlag));
}

BOOST_AUTO_TEST_CASE(a_flag_about_which_nothing_can_be_found_out_stays_and_stops_no_pass) {
    fill();
    accounts.add_trouble("alice@example.org");
    queue({"carol@example.org"}, kMail);
    good_pass();
    BOOST_TEST(files.exists(kFlag));
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(log.count_of("trouble") == 1u);
}

BOOST_AUTO_TEST_CASE(other_files_among_the_flags_are_left_alone) {
    for (const char* name : {".alice@example.org.4711.new", "Alice@example.org", "readme"})
        files.put(std::string("state/over-quota/") + name, "0 1\n");
    good_pass();
    BOOST_TEST(files.names("state/over-quota").size() == 3u);
}

BOOST_AUTO_TEST_CASE(flags_that_cannot_be_listed_are_trouble_of_this_machine) {
    files.put(kFlag, "0 1\n");
    files.fail_on("state/over-quota", EACCES);
    queue({"carol@example.org"}, kMail);
    BOOST_TEST(!pass().trouble);
    BOOST_TEST(copies("carol") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
