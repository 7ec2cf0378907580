// SPDX-License-Identifier: BSD-2-Clause
// Delivery into a mailbox with a quota: names with sizes, what does not fit, tries after a crash.
#include <boost/test/unit_test.hpp>

#include "delivery/maildir.hpp"
#include "spooled.hpp"

using namespace postern;
using delivery::EarlierTry;
using delivery::Fit;

namespace maildir_quota_tests {

const std::string kFolder = "mail/example.org/alice";
/// 85 octets in the mailbox: two lines on top, LF for CRLF.
const std::string kContent = "Subject: hello\r\n\r\nAlice\r\n";
constexpr std::uint64_t kOctets = 85;

struct Office : test::Spooled {
    Office() { alice.quota = 1000; }

    Fit deliver(const std::string& path, EarlierTry earlier = EarlierTry::none) {
        const auto fit = maildir.deliver(claim(path), alice, 0, earlier);
        BOOST_REQUIRE(fit);
        return *fit;
    }
    std::string queue_for_alice(std::size_t padding = 0) {
        return queue({"alice@example.org"}, kContent + std::string(padding, 'x'));
    }
    std::vector<std::string> in(const std::string& folder) const { return files.names(kFolder + folder); }
    std::string maildirsize() const { return files.content(kFolder + "/maildirsize").value_or("none"); }

    accounts::Account alice{{"example.org", "alice"}};
    delivery::Maildir maildir{{files, randomness, clock}, {"mail", "state"}, "4711"};
};

}  // namespace maildir_quota_tests

BOOST_FIXTURE_TEST_SUITE(maildir_quota_tests, maildir_quota_tests::Office)

BOOST_AUTO_TEST_CASE(the_name_tells_the_size) {
    BOOST_TEST((deliver(queue_for_alice()) == Fit::yes));
    BOOST_REQUIRE(in("/new").size() == 1u);
    const std::string name = in("/new").front();
    BOOST_TEST(name.ends_with(".postern,S=85"), name);
    BOOST_TEST(files.content(kFolder + "/new/" + name)->size() == kOctets);
}

BOOST_AUTO_TEST_CASE(every_message_is_a_line_of_maildirsize) {
    for (int i = 0; i < 3; ++i) BOOST_TEST((deliver(queue_for_alice()) == Fit::yes));
    BOOST_TEST(maildirsize() == "1000S\n0 0\n85 1\n85 1\n85 1\n");
}

BOOST_AUTO_TEST_CASE(a_quota_costs_five_calls_and_no_sync) {
    BOOST_TEST((deliver(queue_for_alice()) == Fit::yes));
    const auto path = queue_for_alice();
    const auto message = claim(path);
    files.forget_calls();
    BOOST_REQUIRE(maildir.deliver(message, alice, 0, EarlierTry::none));
    BOOST_TEST(files.syncs() == 2u);
    BOOST_TEST(files.calls().size() == 13u);  // eight, and info_of_open; open, info_of_open, read; append
}

BOOST_AUTO_TEST_CASE(what_fits_exactly_fits) {
    alice.quota = 2 * kOctets;
    BOOST_TEST((deliver(queue_for_alice()) == Fit::yes));
    BOOST_TEST((deliver(queue_for_alice()) == Fit::yes));
    BOOST_TEST((deliver(queue_for_alice()) == Fit::not_now));
    BOOST_TEST(in("/new").size() == 2u);
    BOOST_TEST(in("/tmp").empty());
}

BOOST_AUTO_TEST_CASE(a_full_mailbox_is_flagged_with_what_is_left_and_wanted) {
    alice.quota = 100;
    BOOST_TEST((deliver(queue_for_alice()) == Fit::yes));
    BOOST_TEST(!files.exists("state/over-quota/alice@example.org"));
    BOOST_TEST((deliver(queue_for_alice()) == Fit::not_now));
    BOOST_TEST(files.content("state/over-quota/alice@example.org").value() == "15 85\n");
}

BOOST_AUTO_TEST_CASE(what_is_larger_than_the_quota_never_fits_and_flags_nobody) {
    alice.quota = kOctets - 1;
    BOOST_TEST((deliver(queue_for_alice()) == Fit::never));
    BOOST_TEST(in("/new").empty());
    BOOST_TEST(in("/tmp").empty());
    BOOST_TEST(files.names("state").empty());
}

BOOST_AUTO_TEST_CASE(a_flag_that_cannot_be_set_is_trouble) {
    alice.quota = 100;
    BOOST_TEST((deliver(queue_for_alice()) == Fit::yes));
    files.fail_on("state/over-quota", EACCES);
    const auto fit = maildir.deliver(claim(queue_for_alice()), alice, 0, EarlierTry::none);
    BOOST_TEST(fit.failed_with(Fault::no_permission));
    BOOST_TEST(in("/new").size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_earlier_copy_is_found_whatever_the_quota_was_then) {
    for (const std::uint64_t quota_then : {0, 1000})
        for (const bool was_read : {false, true}) {
            const auto path = queue_for_alice();
            const std::size_t before = in("/new").size() + in("/cur").size();
            alice.quota = quota_then;
            BOOST_TEST((deliver(path) == Fit::yes));
            if (was_read)
                for (const auto& name : in("/new"))
                    BOOST_REQUIRE(
                        files.rename_new(kFolder + "/new/" + name, kFolder + "/cur/" + name + ":2,S"));
            alice.quota = 1000 - quota_then;
            BOOST_TEST((deliver(path, EarlierTry::possible) == Fit::yes));
            BOOST_TEST(in("/new").size() + in("/cur").size() == before + 1);
        }
}

BOOST_AUTO_TEST_CASE(an_earlier_copy_that_may_not_be_counted_is_counted_anew) {
    const auto path = queue_for_alice();
    BOOST_TEST((deliver(path) == Fit::yes));
    BOOST_TEST((deliver(path, EarlierTry::possible) == Fit::yes));
    BOOST_TEST(maildirsize() == "none");
    BOOST_TEST((deliver(queue_for_alice()) == Fit::yes));
    BOOST_TEST(maildirsize() == "1000S\n85 1\n85 1\n");
}

BOOST_AUTO_TEST_CASE(the_same_name_again_is_not_counted_twice) {
    const auto path = queue_for_alice();
    BOOST_TEST((deliver(path) == Fit::yes));
    BOOST_TEST((deliver(path) == Fit::yes));
    BOOST_TEST(in("/new").size() == 1u);
    BOOST_TEST(maildirsize() == "none");
}

BOOST_AUTO_TEST_SUITE_END()
