// SPDX-License-Identifier: BSD-2-Clause
#include "base/error.hpp"

#include <cerrno>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;

BOOST_TEST_DONT_PRINT_LOG_VALUE(Fault)

BOOST_AUTO_TEST_SUITE(error)

BOOST_AUTO_TEST_CASE(an_errno_becomes_the_kind_it_is) {
    const std::pair<int, Fault> table[] = {
        {ENOENT, Fault::not_found},     {ENOTDIR, Fault::not_found},    {EEXIST, Fault::exists},
        {ENOTEMPTY, Fault::exists},     {EACCES, Fault::no_permission}, {EPERM, Fault::no_permission},
        {EROFS, Fault::no_permission},  {EINVAL, Fault::internal},      {ENOSPC, Fault::no_space},
        {EDQUOT, Fault::no_space},      {EIO, Fault::temporary},        {EMFILE, Fault::temporary},
        {ECONNRESET, Fault::temporary}, {ELOOP, Fault::temporary}};
    for (const auto& [number, fault] : table)
        BOOST_TEST((Error::from_errno("x", number).fault() == fault), "errno " << number);
}

BOOST_AUTO_TEST_CASE(context_is_added_in_front) {
    const Error error = Error::from_errno("open a", ENOENT).in("reading the list").in("RCPT");
    BOOST_TEST(error.what() == "RCPT: reading the list: open a: No such file or directory");
    BOOST_TEST((error.fault() == Fault::not_found));
}

BOOST_AUTO_TEST_CASE(exit_statuses_are_those_of_sysexits) {
    BOOST_TEST(exit_status({Fault::usage, ""}) == 64);
    BOOST_TEST(exit_status({Fault::permanent, ""}) == 65);
    BOOST_TEST(exit_status({Fault::internal, ""}) == 70);
    BOOST_TEST(exit_status({Fault::temporary, ""}) == 75);
    BOOST_TEST(exit_status({Fault::no_space, ""}) == 75);
    BOOST_TEST(exit_status({Fault::no_permission, ""}) == 77);
    BOOST_TEST(exit_status({Fault::configuration, ""}) == 78);
}

BOOST_AUTO_TEST_SUITE_END()
