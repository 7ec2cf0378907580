// SPDX-License-Identifier: BSD-2-Clause
#include "policy/bans.hpp"

#include <algorithm>
#include <set>
#include <thread>

#include <boost/test/unit_test.hpp>

#include "support/fake_clock.hpp"
#include "support/forwarding_files.hpp"
#include "support/memory_files.hpp"
#include "support/temporary_directory.hpp"
#include "sys/posix_files.hpp"

using namespace postern;
using namespace std::chrono_literals;

namespace bans_tests {

using policy::Ban;
using policy::Bans;
using policy::Subject;

const Subject kOne = Subject::source(*IpAddress::parse("192.0.2.1"));
const Subject kSix = Subject::source(*IpAddress::parse("2001:db8::1"));

struct Fixture {
    test::MemoryFiles files;
    test::FakeClock clock;
    Bans bans{files, "/state/bans"};

    Fixture() {
        files.set_time(clock.now());
        for (const auto* path : {"/state", "/state/bans"}) BOOST_REQUIRE(files.make_directory(path, 0700));
    }
    Ban ban(Subject source, std::chrono::milliseconds length, std::string reason = "guessing") const {
        return {source, clock.now() + length, std::move(reason)};
    }
    bool is_banned(Subject source) { return bans.find(source, clock.now())->has_value(); }
    std::vector<std::string> names() { return *files.list("/state/bans"); }
    void write(const std::string& name, std::string_view text) {
        (void)files.unlink("/state/bans/" + name);
        BOOST_REQUIRE((*files.create("/state/bans/" + name, 0600))->write_at(0, text));
    }
};

/// Somebody renames another file into the place of the first one, once that has been opened so often.
struct FilesThatChange final : test::ForwardingFiles {
    using ForwardingFiles::ForwardingFiles;
    int opened_before = 0;
    std::string from, to;

    Result<std::unique_ptr<sys::File>> open(const std::string& path, sys::Access access) override {
        auto file = files_.open(path, access);
        if (path == to && --opened_before == 0) BOOST_REQUIRE(files_.rename_over(from, to));
        return file;
    }
};

}  // namespace bans_tests

BOOST_AUTO_TEST_SUITE(bans_tests)

BOOST_FIXTURE_TEST_CASE(a_ban_holds_until_its_end, Fixture) {
    BOOST_REQUIRE(bans.add(ban(kOne, 1h), clock.now()));
    BOOST_TEST(is_banned(kOne));
    BOOST_TEST(!is_banned(kSix));
    const auto found = bans.find(kOne, clock.now());
    BOOST_TEST((*found)->reason == "guessing");
    clock.advance(1h - 1s);
    BOOST_TEST(is_banned(kOne));
    clock.advance(1s);
    BOOST_TEST(!is_banned(kOne));
    BOOST_TEST(bans.list(clock.now())->empty());
    BOOST_TEST(names().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_ban_that_is_over_can_be_followed_by_another, Fixture) {
    BOOST_REQUIRE(bans.add(ban(kOne, 1h, "a reason that is long"), clock.now()));
    clock.advance(2h);
    BOOST_TEST(*bans.add(ban(kOne, 1h, "short"), clock.now()));
    BOOST_TEST((*bans.find(kOne, clock.now()))->reason == "short");
    write("192.0.2.1", "");
    BOOST_TEST(*bans.add(ban(kOne, 1h, "the first was never written"), clock.now()));
    BOOST_TEST(is_banned(kOne));
}

BOOST_FIXTURE_TEST_CASE(a_ban_is_a_file_with_a_line, Fixture) {
    BOOST_REQUIRE(bans.add(ban(kSix, 90min), clock.now()));
    BOOST_TEST(names().front() == "2001%3Adb8%3A%3A%2F64");
    BOOST_TEST(*sys::read_whole_file(files, "/state/bans/" + names().front()) ==
               "2026-11-21T22:00:00Z guessing\n");
}

BOOST_FIXTURE_TEST_CASE(the_first_of_two_sessions_bans, Fixture) {
    BOOST_TEST(*bans.add(ban(kOne, 1h, "first"), clock.now()));
    BOOST_TEST(!*bans.add(ban(kOne, 2h, "second"), clock.now()));
    BOOST_TEST((*bans.find(kOne, clock.now()))->reason == "first");
    BOOST_REQUIRE(bans.set(ban(kOne, 2h, "third"), 0s));
    BOOST_TEST((*bans.find(kOne, clock.now()))->reason == "third");
}

BOOST_FIXTURE_TEST_CASE(a_ban_can_be_lifted, Fixture) {
    BOOST_REQUIRE(bans.add(ban(kOne, 1h), clock.now()));
    BOOST_TEST(*bans.lift(kOne));
    BOOST_TEST(!is_banned(kOne));
    BOOST_TEST(!*bans.lift(kOne));
}

BOOST_FIXTURE_TEST_CASE(bans_are_listed_by_their_ends, Fixture) {
    BOOST_REQUIRE(bans.add(ban(kOne, 2h), clock.now()));
    BOOST_REQUIRE(bans.add(ban(kSix, 1h), clock.now()));
    write("README", "no ban");
    write("192.0.2.9", "2020-01-01T00:00:00Z over\n");
    const auto all = *bans.list(clock.now());
    BOOST_REQUIRE(all.size() == 2U);
    BOOST_TEST((all[0].source == kSix));
    BOOST_TEST((all[1].source == kOne));
}

BOOST_FIXTURE_TEST_CASE(those_that_are_over_are_tidied_up, Fixture) {
    BOOST_REQUIRE(bans.add(ban(kOne, 2h), clock.now()));
    BOOST_REQUIRE(bans.add(ban(kSix, 1h), clock.now()));
    write("README", "no ban");
    clock.advance(1h);
    BOOST_REQUIRE(bans.tidy(clock.now()));
    BOOST_TEST(names().size() == 2U);
    BOOST_TEST(is_banned(kOne));
    clock.advance(1h);
    const auto held = *files.open("/state/bans/192.0.2.1", sys::Access::read_write);
    BOOST_TEST(*held->try_lock());
    BOOST_REQUIRE(bans.tidy(clock.now()));
    BOOST_TEST(names().size() == 2U);  // a session is about to ban it again
}

BOOST_FIXTURE_TEST_CASE(files_that_hold_no_ban_are_tidied_up_once_nobody_can_be_about_to_write, Fixture) {
    write("192.0.2.1",
          "");  // made by a session that was killed, or found the disk full, or is about to write
    write("192.0.2.2", "2026-11-21T2");
    write("192.0.2.3", std::string(5000, 'x'));
    write("README", "no ban");
    clock.advance(1min);
    BOOST_REQUIRE(bans.tidy(clock.now()));
    BOOST_TEST(names().size() == 4U);
    clock.advance(1ms);
    auto held = *files.open("/state/bans/192.0.2.1", sys::Access::read_write);
    BOOST_TEST(*held->try_lock());
    BOOST_REQUIRE(bans.tidy(clock.now()));
    BOOST_TEST(names() == (std::vector<std::string>{"192.0.2.1", "README"}),
               boost::test_tools::per_element());
    held.reset();
    BOOST_REQUIRE(bans.tidy(clock.now()));
    BOOST_TEST(names().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(one_that_cannot_be_read_keeps_no_others, Fixture) {
    for (int i = 0; i < 50; ++i) write("192.0.2." + std::to_string(i), "2020-01-01T00:00:00Z over\n");
    files.fail_on("/state/bans/192.0.2.7", EACCES);
    files.fail_on("/state/bans/192.0.2.30", EACCES);
    const Status tidied = bans.tidy(clock.now());
    BOOST_REQUIRE(!tidied);
    BOOST_TEST(tidied.error().what().find("/state/bans/192.0.2.") != std::string::npos,
               tidied.error().what());
    BOOST_TEST(names().size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(no_ban_comes_into_the_place_of_a_file_that_is_locked, Fixture) {
    write("192.0.2.1", "2020-01-01T00:00:00Z over\n");
    auto held = *files.open("/state/bans/192.0.2.1", sys::Access::read_write);  // about to be taken away
    BOOST_REQUIRE(*held->try_lock());
    BOOST_TEST(bans.set(ban(kOne, 1h), 0s).failed_with(Fault::temporary));
    BOOST_TEST(!is_banned(kOne));
    held.reset();
    BOOST_REQUIRE(bans.set(ban(kOne, 1h), 0s));
    BOOST_TEST(is_banned(kOne));
}

BOOST_AUTO_TEST_CASE(a_ban_waits_for_who_has_its_file_locked) {
    const test::TemporaryDirectory folder;
    sys::PosixFiles files;
    Bans bans(files, folder.path());
    const Instant now = test::FakeClock().now();
    auto held = *files.create(folder.path() + "/192.0.2.1", 0600);
    BOOST_REQUIRE(*held->try_lock());
    std::thread holder([&] {
        std::this_thread::sleep_for(50ms);
        (void)files.unlink(folder.path() + "/192.0.2.1");
        held.reset();
    });
    const Status set = bans.set({kOne, now + 1h, "guessing"}, 1min);
    holder.join();
    BOOST_REQUIRE(set);
    BOOST_TEST(bans.find(kOne, now)->has_value());
}

BOOST_FIXTURE_TEST_CASE(a_ban_that_comes_meanwhile_is_not_tidied_up, Fixture) {
    write("192.0.2.1", "2020-01-01T00:00:00Z over\n");
    write("next", "2030-01-01T00:00:00Z guessing\n");
    FilesThatChange changing(files);
    changing.from = "/state/bans/next", changing.to = "/state/bans/192.0.2.1";
    changing.opened_before = 3;  // looked at, locked, looked at again
    BOOST_REQUIRE(Bans(changing, "/state/bans").tidy(clock.now()));
    BOOST_TEST(!files.exists(changing.from));
    BOOST_TEST(is_banned(kOne));
}

BOOST_FIXTURE_TEST_CASE(each_time_some_are_tidied_up_and_all_of_them_in_the_end, Fixture) {
    const auto write_many = [&](const std::string& first_octets, const std::string& until) {
        for (int i = 0; i < 250; ++i) write(first_octets + std::to_string(i), until + " x\n");
    };
    write_many("10.0.0.", "2030-01-01T00:00:00Z");
    write_many("192.0.0.", "2020-01-01T00:00:00Z");
    write_many("192.0.1.", "2020-01-01T00:00:00Z");
    std::size_t before = names().size();
    for (int minute = 0; minute < 20; ++minute) {
        clock.advance(1min);
        BOOST_REQUIRE(bans.tidy(clock.now()));
        BOOST_TEST(before - names().size() <= 200U);
        before = names().size();
    }
    BOOST_TEST(names().size() == 250U);
}

BOOST_FIXTURE_TEST_CASE(all_have_their_turn_however_often_it_is, Fixture) {
    constexpr int count = 600;
    for (int i = 0; i < count; ++i)
        write("192.0." + std::to_string(i / 200) + '.' + std::to_string(i % 200), "2030-01-01T00:00:00Z x\n");
    for (const auto pause : {1min, 2min, 3min, 60min, 1440min}) {
        files.forget_calls();
        for (int turn = 0; turn < 40; ++turn) {
            clock.advance(pause);
            BOOST_REQUIRE(bans.tidy(clock.now()));
        }
        const std::set<std::string> calls(files.calls().begin(), files.calls().end());
        const auto opened =
            std::ranges::count_if(calls, [](auto& call) { return call.starts_with("open "); });
        BOOST_TEST(opened == count, pause.count() << " minutes: " << opened);
    }
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_read_as_a_ban_is_none, Fixture) {
    for (const auto* text : {"", "forever", "2026-11-21T22:00", " x"}) {
        write("192.0.2.1", text);
        BOOST_TEST(!is_banned(kOne), text);
    }
    write("192.0.2.1", std::string(5000, 'x'));
    BOOST_TEST(!is_banned(kOne));
}

BOOST_FIXTURE_TEST_CASE(without_the_directory_there_are_none, Fixture) {
    Bans none(files, "/nowhere");
    BOOST_TEST(!*none.find(kOne, clock.now()));
    BOOST_TEST(none.list(clock.now())->empty());
    BOOST_TEST(!none.add(ban(kOne, 1h), clock.now()));
}

BOOST_FIXTURE_TEST_CASE(trouble_is_told, Fixture) {
    BOOST_REQUIRE(bans.add(ban(kOne, 1h), clock.now()));
    files.fail_operation(1);
    BOOST_TEST(!bans.find(kOne, clock.now()));
}

BOOST_AUTO_TEST_SUITE_END()
