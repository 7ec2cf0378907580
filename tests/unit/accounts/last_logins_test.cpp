// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/last_logins.hpp"

#include <boost/test/unit_test.hpp>

#include "support/fake_clock.hpp"
#include "support/memory_files.hpp"

using namespace postern;
using namespace postern::accounts;

namespace last_logins_tests {

const Mailbox kAlice{"example.org", "alice"};

struct Fixture {
    test::MemoryFiles files;
    test::FakeClock clock;
    LastLogins logins{files, "state/logins"};

    Fixture() { files.make_directories("state/logins"); }
    std::string last(std::string_view app) {
        const auto found = logins.find(kAlice, app);
        if (!found) return "trouble";
        return *found ? format_rfc3339(**found, Precision::seconds) : "never";
    }
};

}  // namespace last_logins_tests

BOOST_FIXTURE_TEST_SUITE(last_logins_tests, last_logins_tests::Fixture)

BOOST_AUTO_TEST_CASE(the_last_one_counts_for_each_credential) {
    BOOST_TEST(last("") == "never");
    BOOST_TEST(static_cast<bool>(logins.note(kAlice, "", clock.now())));
    clock.advance(std::chrono::hours(1));
    BOOST_TEST(static_cast<bool>(logins.note(kAlice, "phone", clock.now())));
    BOOST_TEST(static_cast<bool>(logins.note(kAlice, "phone", clock.now())));
    BOOST_TEST(last("") == "2026-11-21T20:30:00Z");
    BOOST_TEST(last("phone") == "2026-11-21T21:30:00Z");
    BOOST_TEST(files.content("state/logins/alice@example.org:phone").value_or("") ==
               "2026-11-21T21:30:00Z\n");
}

BOOST_AUTO_TEST_CASE(what_is_forgotten_was_never) {
    BOOST_TEST(static_cast<bool>(logins.note(kAlice, "phone", clock.now())));
    BOOST_TEST(static_cast<bool>(logins.forget(kAlice, "phone")));
    BOOST_TEST(static_cast<bool>(logins.forget(kAlice, "phone")));
    BOOST_TEST(last("phone") == "never");
}

BOOST_AUTO_TEST_CASE(of_an_account_that_is_gone_nothing_is_left) {
    const Mailbox alicia{"example.org", "alicia"};
    for (const char* app : {"", "phone", "laptop"})
        BOOST_TEST(static_cast<bool>(logins.note(kAlice, app, clock.now())));
    BOOST_TEST(static_cast<bool>(logins.note(alicia, "", clock.now())));
    BOOST_TEST(static_cast<bool>(logins.forget_all(kAlice)));
    for (const char* app : {"", "phone", "laptop"}) BOOST_TEST(last(app) == "never");
    BOOST_TEST(logins.find(alicia, "")->has_value());
    BOOST_TEST(static_cast<bool>(LastLogins(files, "state/none").forget_all(kAlice)));
}

BOOST_AUTO_TEST_CASE(without_the_directory_there_is_trouble) {
    LastLogins nowhere(files, "state/none");
    BOOST_TEST(!nowhere.note(kAlice, "", clock.now()));
}

BOOST_AUTO_TEST_SUITE_END()
