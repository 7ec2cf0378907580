// SPDX-License-Identifier: BSD-2-Clause
// Whole passes over a spool in memory: who gets a copy, what goes on to the relay lane, what stays.
#include "delivery/pass.hpp"

#include <boost/test/unit_test.hpp>

#include "spooled.hpp"
#include "support/recording_log.hpp"

using namespace postern;

namespace {

struct Office : test::Spooled {
    Office() {
        accounts.serve("example.org");
        accounts.add_account("alice@example.org");
        accounts.add_account("carol@example.org");
    }

    delivery::PassReport pass() {
        const runner::Tools tools{files, layout, clock, log};
        runner::Options options;
        options.hostname = "mx.example.org";
        runner::Worker worker(tools, options, "deliver");
        delivery::Maildir maildir({files, randomness, clock}, "mail", "4711");
        const delivery::Postman postman(worker, {accounts, clock, log}, maildir, log);
        return delivery::Pass(tools, worker, postman, [this] { return told_to_stop; }).run(randomness);
    }
    /// A pass that finds nothing wrong with this machine.
    void good_pass() { BOOST_REQUIRE(pass().trouble); }

    std::size_t copies(const std::string& user) const {
        return files.names("mail/example.org/" + user + "/new").size();
    }
    std::vector<std::string> delivered_to(const std::string& user) const {
        std::vector<std::string> lines;
        const std::string folder = "mail/example.org/" + user + "/new/";
        for (const auto& name : files.names(folder)) {
            const std::string text = *files.content(folder + name);
            const auto begin = text.find("Delivered-To: ") + 14;
            lines.push_back(text.substr(begin, text.find('\n', begin) - begin));
        }
        return lines;
    }
    /// Paths of all files below spool/DIRECTORY.
    std::vector<std::string> queued(const std::string& directory) const {
        std::vector<std::string> paths;
        for (const auto& [path, content] : files.all_files())
            if (path.starts_with("spool/" + directory)) paths.push_back(path);
        return paths;
    }
    /// The open recipients of the only file below spool/DIRECTORY.
    std::vector<std::string> open_in(const std::string& directory) {
        const auto paths = queued(directory);
        BOOST_REQUIRE_EQUAL(paths.size(), 1u);
        const auto message = claim(paths.front());
        std::vector<std::string> open;
        for (const auto i : message.history().open())
            open.push_back(message.history().recipients()[i].address.to_string());
        return open;
    }

    test::FakeAccounts accounts;
    test::RecordingLog log;
    bool told_to_stop = false;
};

using Names = std::vector<std::string>;
constexpr const char* kContent = "Subject: hi\r\n\r\nhello\r\n";

}  // namespace

#define CHECK_NAMES(found, ...) BOOST_TEST(found == Names(__VA_ARGS__), boost::test_tools::per_element())

BOOST_FIXTURE_TEST_SUITE(pass_tests, Office)

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

BOOST_AUTO_TEST_CASE(a_mailbox_gets_one_copy_by_however_many_names) {
    const auto mailbox = accounts.add_account("alice@example.org").mailbox;
    accounts.add_account("alice+work@example.org").mailbox = mailbox;
    accounts.add_alias("all@example.org", {"alice@example.org", "carol@example.org"});
    queue({"alice+work@example.org", "Alice@example.org", "alice@example.org", "all@example.org"}, kContent);
    good_pass();
    CHECK_NAMES(delivered_to("alice"), {"alice+work@example.org"});
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(queued("").empty());
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
    clock.advance(std::chrono::minutes(31));
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
    clock.advance(std::chrono::minutes(31));
    good_pass();
    BOOST_TEST(copies("alice") == 0u);
    BOOST_TEST(copies("carol") == 1u);
    CHECK_NAMES(open_in("relay"), {"x@example.net"});
}

BOOST_AUTO_TEST_CASE(trouble_with_accounts_defers_and_bounces_nothing) {
    accounts.add_trouble("alice@example.org");
    queue({"alice@example.org"}, kContent);
    good_pass();
    CHECK_NAMES(open_in(""), {"alice@example.org"});
    BOOST_TEST(log.count_of("trouble") == 1u);
    BOOST_TEST(log.entries.front().field("what").find("permission denied") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_report_does_not_tell_the_sender_of_our_paths) {
    accounts.add_trouble("alice@example.org");
    const auto path = queue({"alice@example.org"}, kContent);
    good_pass();
    const auto message = claim(queued("received").front());
    const auto& last = message.history().recipients().front().last;
    BOOST_REQUIRE(last);
    BOOST_TEST(last->status == "4.3.0");
    BOOST_TEST(last->reason == "the accounts cannot be read at present");
}

BOOST_AUTO_TEST_CASE(an_unknown_user_is_reported_to_the_sender) {
    queue({"nobody@example.org", "alice@example.org"}, kContent, "carol@example.org");
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    BOOST_TEST(queued("received").size() == 1u);  // the report
    good_pass();
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(a_report_for_a_remote_sender_goes_to_the_relay_lane) {
    queue({"nobody@example.org"}, kContent, "bob@example.net");
    good_pass();
    good_pass();
    CHECK_NAMES(open_in("relay"), {"bob@example.net"});
}

BOOST_AUTO_TEST_CASE(there_is_no_report_on_a_report) {
    queue({"nobody@example.org"}, kContent, "");
    const auto report = pass();
    BOOST_TEST(report.found_trouble);
    BOOST_TEST(queued("hold").size() == 1u);
    BOOST_TEST(queued("received").empty());
}

BOOST_AUTO_TEST_CASE(an_alias_edited_between_two_tries_repeats_nobody_and_skips_nobody) {
    accounts.add_alias("all@example.org", {"alice@example.org", "carol@example.org"});
    queue({"all@example.org"}, kContent);
    files.fail_on("mail/example.org/carol", EIO);
    files.make_directories("mail/example.org");
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    BOOST_TEST(copies("carol") == 0u);
    accounts.add_account("dave@example.org");
    accounts.add_alias("all@example.org", {"dave@example.org"});
    files.restart();
    clock.advance(std::chrono::minutes(31));
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(copies("dave") == 0u);
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(an_expansion_is_durable_before_the_first_copy) {
    accounts.add_alias("all@example.org", {"alice@example.org", "carol@example.org"});
    queue({"all@example.org"}, kContent);
    good_pass();
    const auto& calls = files.calls();
    const auto first = [&](std::string_view begin) {
        const auto is_it = [&](const std::string& call) { return call.starts_with(begin); };
        return std::find_if(calls.begin(), calls.end(), is_it) - calls.begin();
    };
    BOOST_TEST(first("sync_data spool/received/now/") < first("create mail/example.org/"));
    BOOST_TEST(first("create mail/example.org/") < std::ssize(calls));
}

BOOST_AUTO_TEST_CASE(a_large_expansion_is_recorded_in_portions) {
    Names members;
    for (int i = 0; i < 1201; ++i) members.push_back("x" + std::to_string(i) + "@example.net");
    accounts.add_alias("all@example.org", members);
    queue({"all@example.org"}, kContent);
    good_pass();
    const auto path = queued("relay").front();
    const std::string text = *files.content(path);
    std::size_t records = 0;
    for (auto at = text.find("\"members\""); at != std::string::npos; at = text.find("\"members\"", at + 1))
        ++records;
    BOOST_TEST(records == 3u);
    CHECK_NAMES(open_in("relay"), members);
}

BOOST_AUTO_TEST_CASE(members_that_the_message_knows_already_are_left_out) {
    accounts.add_alias("all@example.org", {"x@example.net", "y@example.net", "alice@example.org"});
    accounts.add_alias("two@example.org", {"y@example.net", "z@example.net"});
    queue({"x@example.net", "all@example.org", "alice@example.org", "two@example.org"}, kContent);
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    CHECK_NAMES(open_in("relay"), {"x@example.net", "y@example.net", "z@example.net"});
}

BOOST_AUTO_TEST_CASE(an_account_that_forwards_and_keeps_is_named_twice_and_gets_one_copy) {
    accounts.add_account("alice@example.org", {"x@example.net"});
    queue({"alice@example.org", "alice@example.org"}, kContent);
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    CHECK_NAMES(open_in("relay"), {"x@example.net"});
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

BOOST_AUTO_TEST_CASE(nothing_is_begun_once_told_to_stop) {
    queue({"alice@example.org"}, kContent);
    told_to_stop = true;
    good_pass();
    BOOST_TEST(copies("alice") == 0u);
    BOOST_TEST(queued("received/now").size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_stops_no_other) {
    for (int i = 0; i < 5; ++i) queue({"alice@example.org"}, kContent);
    files.fail_on(queued("received/now")[2], EACCES);
    const auto report = pass();
    BOOST_TEST(!report.trouble);
    BOOST_TEST(copies("alice") == 4u);
    BOOST_TEST(queued("received/now").size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
