// SPDX-License-Identifier: BSD-2-Clause
#include "sys/helper_process.hpp"

#include <array>
#include <csignal>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace postern;

namespace helper_process_tests {

constexpr std::size_t kMost = 100;

sys::Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(5); }

/// Answers each packet with "echo" before it.
void echo(sys::PacketEnd& end) {
    for (;;) {
        const auto packet = end.receive(std::nullopt, kMost);
        if (!packet || !*packet || !end.send("echo " + **packet)) return;
    }
}

}  // namespace helper_process_tests

BOOST_AUTO_TEST_SUITE(helper_process_tests)

BOOST_AUTO_TEST_CASE(packets_go_there_and_back_whole) {
    auto helper = sys::HelperProcess::start(echo);
    BOOST_REQUIRE(helper);
    BOOST_REQUIRE(helper->other_end().send("one"));
    BOOST_REQUIRE(helper->other_end().send("two"));
    for (const char* expected : {"echo one", "echo two"}) {
        const auto packet = helper->other_end().receive(soon(), kMost);
        BOOST_REQUIRE(packet);
        BOOST_TEST(packet->value() == expected);
    }
}

BOOST_AUTO_TEST_CASE(it_ends_with_its_owner_and_is_no_zombie) {
    int pid = 0;
    {
        auto helper = sys::HelperProcess::start(echo);
        BOOST_REQUIRE(helper);
        pid = helper->pid();
        BOOST_TEST(::kill(pid, 0) == 0);
    }
    BOOST_TEST(::kill(pid, 0) == -1);
}

BOOST_AUTO_TEST_CASE(one_that_is_dead_is_told_of) {
    auto helper = sys::HelperProcess::start([](sys::PacketEnd&) {});
    BOOST_REQUIRE(helper);
    const auto packet = helper->other_end().receive(soon(), kMost);
    BOOST_REQUIRE(packet);
    BOOST_TEST(!packet->has_value());
    BOOST_TEST(!helper->other_end().send("too late"));
}

BOOST_AUTO_TEST_CASE(one_that_is_silent_is_waited_for_so_long_and_no_longer) {
    auto helper = sys::HelperProcess::start(echo);
    BOOST_REQUIRE(helper);
    BOOST_TEST(!helper->other_end().receive(std::chrono::steady_clock::now(), kMost));
}

BOOST_AUTO_TEST_CASE(it_keeps_no_connection_of_its_owner_open) {
    std::array<int, 2> pipe{};
    BOOST_REQUIRE(::pipe(pipe.data()) == 0);
    auto helper = sys::HelperProcess::start(echo);
    BOOST_REQUIRE(helper);
    BOOST_REQUIRE(helper->other_end().send("are you there?"));
    BOOST_REQUIRE(helper->other_end().receive(soon(), kMost));
    ::close(pipe[1]);
    char octet = 0;
    BOOST_TEST(::read(pipe[0], &octet, 1) == 0);  // would wait for ever if the helper had the other end
    ::close(pipe[0]);
}

BOOST_AUTO_TEST_SUITE_END()
