// SPDX-License-Identifier: BSD-2-Clause
#include "sys/shared_slots.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

using namespace postern;
using namespace postern::sys;

namespace shared_slots_tests {

struct Door {
    test::TemporaryDirectory directory;
    std::string path = directory.path("slots");

    SharedSlots slots(unsigned count) {
        auto opened = SharedSlots::open(path, count);
        BOOST_REQUIRE(opened);
        return *std::move(opened);
    }
};

Deadline at_once() { return std::chrono::steady_clock::now(); }
bool takes(SharedSlots& slots) { return *slots.take(at_once()); }

}  // namespace shared_slots_tests

BOOST_FIXTURE_TEST_SUITE(shared_slots_tests, shared_slots_tests::Door)

BOOST_AUTO_TEST_CASE(as_many_are_taken_as_there_are) {
    auto one = slots(2), two = slots(2), three = slots(2);
    BOOST_TEST(takes(one));
    BOOST_TEST(takes(two));
    BOOST_TEST(!takes(three));
    one.release();
    BOOST_TEST(takes(three));
}

BOOST_AUTO_TEST_CASE(who_ends_gives_his_back) {
    auto one = slots(1);
    {
        auto other = slots(1);
        BOOST_TEST(takes(other));
        BOOST_TEST(!takes(one));
    }
    BOOST_TEST(takes(one));
}

BOOST_AUTO_TEST_CASE(who_is_killed_gives_his_back) {
    const pid_t child = fork();
    if (child == 0) {
        auto own = SharedSlots::open(path, 1);
        _exit(own && *own->take(at_once()) ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    BOOST_TEST(status == 0);
    auto one = slots(1);
    BOOST_TEST(takes(one));
}

BOOST_AUTO_TEST_CASE(where_there_is_no_directory_there_is_an_error) {
    BOOST_TEST(SharedSlots::open(directory.path("none/slots"), 1).failed_with(Fault::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
