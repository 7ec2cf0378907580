// SPDX-License-Identifier: BSD-2-Clause
// The disk of the spool is full while mxrun works: nothing is sent whose sending cannot be recorded, so every
// recipient gets every message once and no more.
#include "support/full_disk.hpp"

#include <map>

#include "unit/relay/pass_fixture.hpp"

namespace postern::relay {

namespace full_disk_tests {

struct CrampedSpool : PassFixture {
    CrampedSpool() : a(network.host("192.0.2.10")), b(network.host("192.0.2.20")) {
        for (int i = 0; i < 3; ++i) queue({"bob@a.example", "eve@b.example", "all@a.example"}, content(i));
        a.replies["RCPT TO:<all"] = "451 4.7.1 not yet";
    }

    static std::string content(int i) { return "Subject: " + std::to_string(i) + "\r\n\r\nhello\r\n"; }

    Status run_on(sys::FileSystem& files) {
        const runner::Tools tools{files, spool.layout, spool.clock, log};
        runner::Options runner_options;
        runner_options.hostname = "here.example";
        runner_options.warn_after = {};  // a warning would stay for deliver
        runner::Worker worker(tools, runner_options, "mxrun");
        const Parts parts{tools, worker, accounts, resolver, randomness, network, errands()};
        return run_pass(parts, options, told_to_stop);
    }

    static std::map<std::string, int> count(const std::vector<std::string>& contents) {
        std::map<std::string, int> times;
        for (const std::string& each : contents) ++times[each];
        return times;
    }

    FakeHost& a;
    FakeHost& b;
};

}  // namespace full_disk_tests

BOOST_AUTO_TEST_SUITE(full_disk_tests)

BOOST_AUTO_TEST_CASE(every_recipient_gets_every_message_once) {
    bool was_full = true;
    for (std::size_t step = 1; was_full; ++step) {
        BOOST_TEST_CONTEXT("full from the need for room number " << step) {
            CrampedSpool cramped;
            test::FullDisk disk(cramped.spool.files, step);
            for (int i = 0; i < 3; ++i) {  // passes go on while it is full
                (void)cramped.run_on(disk);
                cramped.spool.clock.advance(std::chrono::minutes(31));
            }
            was_full = disk.was_full();
            disk.has_room = true;
            for (int i = 0; i < 4; ++i) {
                if (i == 2) cramped.a.replies.clear();
                test::must(cramped.run_on(disk));
                cramped.spool.clock.advance(std::chrono::hours(5));
            }
            BOOST_TEST(cramped.spool.files.all_files().empty());
            for (int i = 0; i < 3; ++i) {
                BOOST_TEST(CrampedSpool::count(cramped.a.contents)[CrampedSpool::content(i)] ==
                           2);  // bob, all
                BOOST_TEST(CrampedSpool::count(cramped.b.contents)[CrampedSpool::content(i)] == 1);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_recorded_ends_the_pass_with_a_temporary_failure) {
    CrampedSpool cramped;
    test::FullDisk disk(cramped.spool.files, 1);
    BOOST_TEST(cramped.run_on(disk).failed_with(Fault::no_space));
    BOOST_TEST(cramped.network.calls.empty());
    BOOST_TEST(cramped.spool.queued().size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
