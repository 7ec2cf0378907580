// SPDX-License-Identifier: BSD-2-Clause
#include "sys/fifo.hpp"

#include <csignal>
#include <fstream>
#include <optional>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "support/child_process.hpp"
#include "support/temporary_directory.hpp"

using namespace postern;
using sys::Fifo;
using sys::FifoDirectory;
using Reached = sys::FifoDirectory::Reached;

namespace fifo {

struct Pipes {
    test::TemporaryDirectory folder;
    std::string directory = folder.path("wake.d");
    FifoDirectory pipes = FifoDirectory::open(directory);

    Fifo open(const std::string& name) {
        auto opened = Fifo::open(directory + "/" + name);
        BOOST_REQUIRE_MESSAGE(opened, (opened ? "" : opened.error().what()));
        return *std::move(opened);
    }
    unsigned mode(const std::string& path) {
        struct stat status {};
        BOOST_REQUIRE_EQUAL(::lstat(path.c_str(), &status), 0);
        return status.st_mode & 07777U;
    }
};

}  // namespace fifo

BOOST_AUTO_TEST_SUITE(fifo)

BOOST_FIXTURE_TEST_CASE(a_knock_is_heard_until_it_is_drained, Pipes) {
    const Fifo mine = open("mxrun");
    BOOST_TEST(!mine.has_input());
    BOOST_TEST((pipes.knock("mxrun") == Reached::somebody));
    BOOST_TEST((pipes.knock("mxrun") == Reached::somebody));
    BOOST_TEST(mine.has_input());
    mine.drain();
    BOOST_TEST(!mine.has_input());
}

BOOST_FIXTURE_TEST_CASE(nobody_is_there_before_and_after, Pipes) {
    BOOST_TEST((pipes.knock("mxrun") == Reached::nobody));  // no such pipe
    { const Fifo mine = open("mxrun"); }
    BOOST_TEST((pipes.knock("mxrun") == Reached::nobody));  // ENXIO
    const Fifo next = open("mxrun");
    BOOST_TEST(!next.has_input());
}

BOOST_FIXTURE_TEST_CASE(a_full_pipe_is_a_knock_and_nobody_waits, Pipes) {
    const Fifo mine = open("mxrun");
    for (int i = 0; i < 70'000; ++i)
        if (pipes.knock("mxrun") != Reached::somebody) BOOST_FAIL("knock " << i);
    BOOST_TEST(mine.has_input());
    mine.drain();
    BOOST_TEST(!mine.has_input());
}

BOOST_FIXTURE_TEST_CASE(the_group_may_knock_and_others_may_not, Pipes) {
    const auto modes = [&] {
        ::umask(0007);
        (void)Fifo::open(directory + "/mxrun");
        return mode(directory + "/mxrun") == 0660 && mode(directory) == 0770 ? 0 : 1;
    };
    ::rmdir(directory.c_str());
    BOOST_TEST(test::status_of_child([&] {
                   ::umask(0007);
                   (void)FifoDirectory::open(directory);
                   return modes();
               }) == 0);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_pipe_is_neither_read_nor_written, Pipes) {
    std::ofstream(directory + "/file") << "precious";
    ::symlink("file", (directory + "/link").c_str());
    BOOST_TEST(Fifo::open(directory + "/file").failed_with(Fault::configuration));
    BOOST_TEST(!Fifo::open(directory + "/link"));
    BOOST_TEST((pipes.knock("file") == Reached::nobody));
    BOOST_TEST((pipes.knock("link") == Reached::nobody));
    std::string content;
    std::ifstream(directory + "/file") >> content;
    BOOST_TEST(content == "precious");
}

BOOST_FIXTURE_TEST_CASE(without_the_directory_nobody_is_reached_and_nothing_fails, Pipes) {
    const auto none = FifoDirectory::open(folder.path("no/such/place"));
    BOOST_TEST((none.knock("mxrun") == Reached::nobody));
}

BOOST_AUTO_TEST_SUITE_END()
