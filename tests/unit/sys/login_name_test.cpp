// SPDX-License-Identifier: BSD-2-Clause
#include "sys/login_name.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_files.hpp"

using namespace postern;
using sys::login_name_in;

namespace login_name_tests {

constexpr std::string_view kPasswd =
    "root:x:0:0:root:/root:/bin/sh\n"
    "alice:x:1000:1000:Alice,,,:/home/alice:/bin/sh\n"
    "\n"
    "broken\n"
    "twin:x:1000:1000::/:/bin/sh\n"
    "no_number:x::1001::/:/bin/sh\n"
    "last:x:1002:1002";

}  // namespace login_name_tests

BOOST_AUTO_TEST_SUITE(login_name_tests)

BOOST_AUTO_TEST_CASE(the_first_line_with_the_number_counts) {
    BOOST_TEST(login_name_in(kPasswd, 0) == "root");
    BOOST_TEST(login_name_in(kPasswd, 1000) == "alice");
    BOOST_TEST(login_name_in(kPasswd, 1002) == "last");
}

BOOST_AUTO_TEST_CASE(without_such_a_line_there_is_no_name) {
    BOOST_TEST(login_name_in(kPasswd, 1001) == "");
    BOOST_TEST(login_name_in(kPasswd, 100) == "");
    BOOST_TEST(login_name_in("", 0) == "");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_an_error) {
    test::MemoryFiles files;
    BOOST_TEST(!sys::login_name(files, 0));
}

BOOST_AUTO_TEST_SUITE_END()
