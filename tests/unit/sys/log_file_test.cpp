// SPDX-License-Identifier: BSD-2-Clause
#include "sys/log_file.hpp"

#include <filesystem>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "support/child_process.hpp"
#include "support/fake_clock.hpp"
#include "support/temporary_directory.hpp"
#include "sys/posix_files.hpp"

using namespace postern;
using sys::LogFile;

namespace log_file {

struct World {
    World() { options.directory = directory.path(); }

    std::string text(const std::string& name) {
        sys::PosixFiles files;
        const auto read = sys::read_whole_file(files, directory.path(name));
        return read ? *read : read.error().what();
    }

    test::TemporaryDirectory directory;
    test::FakeClock clock;
    sys::LogOptions options;
};

std::string name_for(std::string_view pattern) {
    const auto name = sys::log_file_name(pattern, *parse_rfc3339("2026-03-05T07:08:09Z"));
    return name ? *name : "refused";
}

}  // namespace log_file

BOOST_AUTO_TEST_SUITE(log_file)

BOOST_AUTO_TEST_CASE(a_name_follows_the_date) {
    BOOST_TEST(name_for("%Y-%m-%d.log") == "2026-03-05.log");
    BOOST_TEST(name_for("%y%j-%H%M%S") == "26064-070809");
    BOOST_TEST(name_for("100%%") == "100%");
    BOOST_TEST(name_for("postern.log") == "postern.log");
}

BOOST_AUTO_TEST_CASE(what_is_no_file_name_is_refused) {
    for (const char* pattern : {"", ".", "..", "../x", "a/b", "%", "%e", "x%Q"})
        BOOST_TEST(name_for(pattern) == "refused", "accepted: " << pattern);
    BOOST_TEST(sys::log_file_name("%", Instant{}).failed_with(Fault::configuration));
}

BOOST_AUTO_TEST_CASE(each_event_is_one_line_at_the_end) {
    World world;
    auto log = LogFile::open(world.options, "deliver", world.clock);
    BOOST_REQUIRE(log);
    (*log)->write(Severity::info, "delivered", {{"to", "a@example.org"}});
    const auto other = LogFile::open(world.options, "mxrun", world.clock);
    (*other)->write(Severity::notice, "deferred", {});
    (*log)->write(Severity::info, "delivered", {{"to", "b@example.org"}});
    const std::string pid = std::to_string(::getpid());
    BOOST_TEST(world.text("2026-11-21.log") ==
               "2026-11-21T20:30:00.000Z info deliver[" + pid + "] delivered to=a@example.org\n" +
                   "2026-11-21T20:30:00.000Z notice mxrun[" + pid + "] deferred\n" +
                   "2026-11-21T20:30:00.000Z info deliver[" + pid + "] delivered to=b@example.org\n");
}

BOOST_AUTO_TEST_CASE(less_urgent_lines_are_left_out) {
    World world;
    world.options.level = Severity::warning;
    const auto log = LogFile::open(world.options, "p", world.clock);
    BOOST_TEST((*log)->wants(Severity::warning));
    BOOST_TEST(!(*log)->wants(Severity::notice));
    (*log)->write(Severity::notice, "unseen", {});
    (*log)->write(Severity::err, "seen", {});
    BOOST_TEST(world.text("2026-11-21.log").find("unseen") == std::string::npos);
    BOOST_TEST(world.text("2026-11-21.log").find("err p[") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_new_day_has_a_new_file) {
    World world;
    const auto log = LogFile::open(world.options, "p", world.clock);
    world.clock.advance(std::chrono::hours(24));
    (*log)->write(Severity::info, "tomorrow", {});
    BOOST_TEST(world.text("2026-11-21.log").empty());
    BOOST_TEST(world.text("2026-11-22.log").find("tomorrow") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(where_no_new_file_can_be_opened_the_old_one_goes_on) {
    World world;
    const auto log = LogFile::open(world.options, "p", world.clock);
    std::filesystem::create_directory(world.directory.path("2026-11-22.log"));
    world.clock.advance(std::chrono::hours(24));
    (*log)->write(Severity::info, "tomorrow", {});
    BOOST_TEST(world.text("2026-11-21.log").find("tomorrow") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_symbolic_link_is_not_followed) {
    World world;
    std::filesystem::create_symlink(world.directory.path("target"), world.directory.path("2026-11-21.log"));
    BOOST_TEST(!LogFile::open(world.options, "p", world.clock));
    BOOST_TEST(!std::filesystem::exists(world.directory.path("target")));
}

BOOST_AUTO_TEST_CASE(a_log_that_cannot_be_opened_says_so) {
    World world;
    world.options.directory = "/no/such/directory";
    BOOST_TEST(LogFile::open(world.options, "p", world.clock).failed_with(Fault::not_found));
}

BOOST_AUTO_TEST_CASE(a_failed_write_is_forgotten) {
    World world;
    const int status = test::status_of_child([&] {
        const auto log = LogFile::open(world.options, "p", world.clock);
        const rlimit none{0, 0};
        ::signal(SIGXFSZ, SIG_IGN);
        if (!log || ::setrlimit(RLIMIT_FSIZE, &none) != 0) return 1;
        (*log)->write(Severity::info, "lost", {});
        return 0;
    });
    BOOST_TEST(status == 0);
    BOOST_TEST(world.text("2026-11-21.log").empty());
}

BOOST_AUTO_TEST_CASE(no_target_wants_nothing) {
    World world;
    world.options.target = sys::LogTarget::none;
    const auto log = sys::open_log(world.options, "p", world.clock);
    (*log)->write(Severity::emerg, "unseen", {});
    BOOST_TEST(!(*log)->wants(Severity::emerg));
    BOOST_TEST(std::filesystem::is_empty(world.directory.path()));
}

BOOST_AUTO_TEST_SUITE_END()
