// SPDX-License-Identifier: BSD-2-Clause
#include "spool/stopped.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_spool.hpp"

using namespace postern;
using spool::Stopped;

BOOST_AUTO_TEST_SUITE(stopped_tests)

BOOST_AUTO_TEST_CASE(the_flag_is_set_and_taken_back_and_survives_a_power_cut) {
    test::MemorySpool spool;
    for (const Stopped wanted : {Stopped::no, Stopped::yes, Stopped::yes, Stopped::no}) {
        BOOST_TEST(bool(spool::set_stopped(spool.files, "state", wanted)));
        spool.files.crash();
        BOOST_TEST(test::must(spool::is_stopped(spool.files, "state")) == (wanted == Stopped::yes));
    }
}

BOOST_AUTO_TEST_CASE(a_state_directory_that_cannot_be_read_is_an_error_not_a_no) {
    test::MemorySpool spool;
    spool.files.fail_on("state/stopped", EACCES);
    BOOST_TEST(!spool::is_stopped(spool.files, "state"));
}

BOOST_AUTO_TEST_SUITE_END()
