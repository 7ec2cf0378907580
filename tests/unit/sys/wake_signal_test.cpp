// SPDX-License-Identifier: BSD-2-Clause
#include "sys/wake_signal.hpp"

#include <array>
#include <csignal>

#include <boost/test/unit_test.hpp>

#include "support/child_process.hpp"
#include "sys/fd_stream.hpp"
#include "sys/process.hpp"

using namespace postern;
using namespace std::chrono_literals;

namespace wake_signal {

sys::Deadline in(std::chrono::milliseconds patience) { return std::chrono::steady_clock::now() + patience; }

}  // namespace wake_signal

BOOST_AUTO_TEST_SUITE(wake_signal)

BOOST_AUTO_TEST_CASE(the_signal_is_kept_until_it_is_forgotten) {
    const int status = test::status_of_child([] {
        const auto signal = sys::WakeSignal::begin();
        if (!signal || signal->has_come()) return 1;
        ::raise(SIGUSR1);
        if (!signal->has_come()) return 2;
        signal->forget();
        return signal->has_come() ? 3 : 0;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(a_wait_ends_with_it_and_with_sigterm) {
    const int status = test::status_of_child([] {
        const auto signal = sys::WakeSignal::begin();
        sys::hold_back_stop();
        const std::array<int, 1> descriptors{signal->descriptor()};
        if (sys::wait_for_any_input(descriptors, in(0ms)) != sys::Ready::timed_out) return 1;
        ::raise(SIGUSR1);
        if (sys::wait_for_any_input(descriptors, in(1h)) != sys::Ready::yes) return 2;
        signal->forget();
        ::raise(SIGTERM);
        if (sys::wait_for_any_input(descriptors, in(1h)) != sys::Ready::told_to_stop) return 3;
        return sys::told_to_stop() ? 0 : 4;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(waiting_for_nothing_ends_with_sigterm) {
    const int status = test::status_of_child([] {
        sys::hold_back_stop();
        ::raise(SIGTERM);
        return sys::wait_for_any_input({}, in(1h)) == sys::Ready::told_to_stop ? 0 : 1;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_SUITE_END()
