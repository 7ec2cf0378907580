// SPDX-License-Identifier: BSD-2-Clause
#include "sys/children.hpp"

#include <csignal>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include "support/child_process.hpp"
#include "sys/process.hpp"

using namespace postern;

BOOST_AUTO_TEST_SUITE(children)

BOOST_AUTO_TEST_CASE(a_child_is_known_by_its_number_and_its_end_is_told) {
    const int status = test::status_of_child([] {
        auto children = sys::Children::begin();
        if (!children) return 1;
        const auto pid = children->start([] { return 7; });
        if (!pid || children->count() != 1) return 2;
        std::vector<sys::ChildEnd> ended;
        while (ended.empty()) {
            (void)children->wait({}, std::nullopt);
            ended = children->reap();
        }
        return ended.at(0).pid == *pid && ended.at(0).status == 7 && children->count() == 0 ? 0 : 3;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(a_child_whose_parent_has_gone_is_told_to_stop) {
    const int status = test::status_of_child([] {
        sys::hold_back_stop();
        sys::end_with_parent(::getpid());  // not ours: the same as one that has ended
        return sys::told_to_stop() ? 0 : 1;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_SUITE_END()
