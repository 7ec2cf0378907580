// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/maildir_use.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_files.hpp"

using namespace postern;
using delivery::count_messages;
using delivery::size_in_name;
using delivery::Use;

BOOST_AUTO_TEST_SUITE(maildir_use_tests)

BOOST_AUTO_TEST_CASE(a_maildir_that_is_not_there_is_empty) {
    test::MemoryFiles files;
    BOOST_TEST((*count_messages(files, "mail/alice") == Use{}));
    BOOST_TEST((*delivery::last_change(files, "mail/alice") == Instant{}));
}

BOOST_AUTO_TEST_CASE(new_and_cur_of_all_folders_count_but_the_trash) {
    test::MemoryFiles files;
    files.put("m/new/1.a,S=100", "x");
    files.put("m/cur/2.b,S=20:2,S", "x");
    files.put("m/cur/3.c:2,ST", "seven..");
    files.put("m/.Archive.2026/cur/4.d,S=1000", "x");
    files.put("m/.Trash/cur/5.e,S=50000", "x");
    files.put("m/tmp/6.f,S=600000", "x");
    files.put("m/cur/.hidden", "x");
    files.put("m/courierimap/new/7.g,S=7000000", "x");
    files.put("m/.no_folder", "x");
    BOOST_TEST((*count_messages(files, "m") == Use{1127, 4}));
}

BOOST_AUTO_TEST_CASE(trouble_with_a_folder_is_trouble) {
    test::MemoryFiles files;
    files.put("m/.Archive/cur/1.a", "x");
    files.fail_on("m/.Archive/cur", EACCES);
    BOOST_TEST(count_messages(files, "m").failed_with(Fault::no_permission));
    BOOST_TEST(delivery::last_change(files, "m").failed_with(Fault::no_permission));
}

BOOST_AUTO_TEST_CASE(the_last_change_is_that_of_any_folder) {
    test::MemoryFiles files;
    const Instant early = Instant{} + std::chrono::hours(1), late = early + std::chrono::milliseconds(1);
    files.set_time(early);
    files.put("m/new/1.a", "x");
    files.set_time(late);
    files.put("m/.Archive/cur/2.b", "x");
    BOOST_TEST((*delivery::last_change(files, "m") == late));
}

BOOST_AUTO_TEST_CASE(a_name_tells_the_size) {
    BOOST_TEST(size_in_name("1.a.postern,S=1234").value() == 1234u);
    BOOST_TEST(size_in_name("1.a.host,S=1234,W=1300:2,FS").value() == 1234u);
    BOOST_TEST(size_in_name("1.a.host,W=1300,S=5000000000:2,").value() == 5'000'000'000u);
    for (const char* name :
         {"1.a", "1.a:2,S", "1.a,S=", "1.a,S=x", "1.a,S=12x", "1.a,S=-1", "1.a,S=99999999999999999999"})
        BOOST_TEST(!size_in_name(name), name);
}

BOOST_AUTO_TEST_SUITE_END()
