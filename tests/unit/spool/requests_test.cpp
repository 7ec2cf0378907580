// SPDX-License-Identifier: BSD-2-Clause
#include "spool/requests.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_spool.hpp"

using namespace postern;
using namespace std::chrono_literals;

namespace requests_tests {

struct RequestsFixture {
    RequestsFixture() { spool.files.make_directories(spool.layout.requests()); }

    void leave(const std::string& release) {
        spool.files.set_time(spool.clock.now());
        BOOST_TEST(bool(spool::leave_request(spool.files, spool.layout, release)));
    }
    std::vector<std::string> take() {
        return test::must(spool::take_requests(spool.files, spool.layout, spool.clock.now(), 1min));
    }

    test::MemorySpool spool;
    const std::vector<std::string> one{"example.net"}, none{};
};

}  // namespace requests_tests

BOOST_FIXTURE_TEST_SUITE(requests_tests, requests_tests::RequestsFixture)

BOOST_AUTO_TEST_CASE(what_is_asked_for_twice_is_taken_once) {
    leave("example.net");
    leave("example.net");
    BOOST_TEST(take() == one);
    BOOST_TEST(take() == none);
}

BOOST_AUTO_TEST_CASE(who_asks_again_at_once_waits) {
    leave("example.net");
    take();
    leave("example.net");
    BOOST_TEST(take() == none);
    spool.clock.advance(1min);
    BOOST_TEST(take() == one);
}

BOOST_AUTO_TEST_CASE(one_domain_does_not_wait_for_another) {
    leave("example.net");
    take();
    leave("@example.net");
    BOOST_TEST(take() == std::vector<std::string>{"@example.net"});
}

BOOST_AUTO_TEST_CASE(nothing_is_left_of_requests_long_ago) {
    leave("example.net");
    take();
    spool.clock.advance(1h);
    take();
    BOOST_TEST(spool.files.names(spool.layout.requests()).empty());
}

BOOST_AUTO_TEST_CASE(other_files_are_left_alone) {
    test::must(spool.files.create(spool.layout.requests() + "/README notes", 0600));
    BOOST_TEST(take() == none);
    BOOST_TEST(spool.files.exists(spool.layout.requests() + "/README notes"));
}

BOOST_AUTO_TEST_CASE(a_tree_without_the_directory_has_no_requests) {
    test::MemorySpool older;
    BOOST_TEST(test::must(spool::take_requests(older.files, older.layout, older.clock.now(), 1min)).empty());
}

BOOST_AUTO_TEST_SUITE_END()
