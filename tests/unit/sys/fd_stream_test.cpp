// SPDX-License-Identifier: BSD-2-Clause
#include "sys/fd_stream.hpp"

#include <array>
#include <csignal>
#include <string>
#include <thread>

#include <boost/test/unit_test.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/child_process.hpp"
#include "sys/process.hpp"
#include "sys/unique_fd.hpp"

using namespace postern;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using sys::FdStream;
using sys::ReadEnd;
using sys::UniqueFd;

BOOST_TEST_DONT_PRINT_LOG_VALUE(ReadEnd::Why)
BOOST_TEST_DONT_PRINT_LOG_VALUE(sys::Ready)

namespace fd_stream {

sys::Deadline in(std::chrono::milliseconds time) { return steady_clock::now() + time; }

struct Connection {
    Connection() {
        std::array<int, 2> ends{};
        BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
        ours = UniqueFd(ends[0]);
        theirs = UniqueFd(ends[1]);
    }
    UniqueFd ours, theirs;
};

struct Pipe {
    Pipe() {
        std::array<int, 2> ends{};
        BOOST_REQUIRE(::pipe(ends.data()) == 0);
        output = UniqueFd(ends[0]);
        input = UniqueFd(ends[1]);
    }
    UniqueFd output, input;  ///< what is written to input comes out of output
};

/// All that can be read until `why` stops it.
std::string read_all(FdStream& stream, ReadEnd::Why& why, sys::Deadline deadline) {
    std::string all;
    std::array<char, 7> buffer;
    for (;;) {
        const ReadEnd end = stream.read(buffer, deadline);
        why = end.why;
        if (why != ReadEnd::Why::bytes) return all;
        all.append(buffer.data(), end.count);
    }
}

void put(const UniqueFd& into, std::string_view bytes) {
    BOOST_REQUIRE(::write(into.number(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
}

}  // namespace fd_stream

BOOST_AUTO_TEST_SUITE(fd_stream)

BOOST_AUTO_TEST_CASE(what_one_end_writes_the_other_reads) {
    Connection connection;
    FdStream ours(connection.ours.number()), theirs(connection.theirs.number());
    BOOST_TEST(bool(ours.write("220 mx.example ESMTP\r\n", in(1s))));
    std::array<char, 100> buffer;
    const ReadEnd end = theirs.read(buffer, in(1s));
    BOOST_TEST(end.why == ReadEnd::Why::bytes);
    BOOST_TEST(std::string_view(buffer.data(), end.count) == "220 mx.example ESMTP\r\n");
}

BOOST_AUTO_TEST_CASE(a_read_ends_at_its_deadline) {
    Connection connection;
    FdStream stream(connection.ours.number());
    std::array<char, 10> buffer;
    const auto start = steady_clock::now();
    BOOST_TEST(stream.read(buffer, in(5ms)).why == ReadEnd::Why::timed_out);
    BOOST_TEST((steady_clock::now() - start >= 5ms));
    BOOST_TEST(stream.read(buffer, in(-1s)).why == ReadEnd::Why::timed_out);
}

BOOST_AUTO_TEST_CASE(what_has_arrived_is_read_after_the_deadline_too) {
    Connection connection;
    put(connection.theirs, "x");
    FdStream stream(connection.ours.number());
    std::array<char, 10> buffer;
    BOOST_TEST(stream.read(buffer, in(-1s)).why == ReadEnd::Why::bytes);
}

BOOST_AUTO_TEST_CASE(a_full_buffer_is_not_the_end) {
    Connection connection;
    put(connection.theirs, "0123456789abcd");  // twice the buffer of read_all, exactly
    FdStream stream(connection.ours.number());
    ReadEnd::Why why;
    BOOST_TEST(read_all(stream, why, in(5ms)) == "0123456789abcd");
    BOOST_TEST(why == ReadEnd::Why::timed_out);
    connection.theirs = UniqueFd();
    BOOST_TEST(read_all(stream, why, in(1s)).empty());
    BOOST_TEST(why == ReadEnd::Why::closed);
}

BOOST_AUTO_TEST_CASE(a_write_that_nobody_takes_ends_at_its_deadline) {
    Connection connection;
    FdStream stream(connection.ours.number());
    const auto written = stream.write(std::string(10'000'000, 'x'), in(5ms));
    BOOST_TEST(written.failed_with(Fault::temporary));
}

BOOST_AUTO_TEST_CASE(a_large_write_arrives_whole) {
    Connection connection;
    const std::string sent(3'000'000, 'x');
    std::thread writer([&] {
        FdStream(connection.theirs.number()).write(sent, in(5s)) ? void() : std::abort();
        connection.theirs = UniqueFd();
    });
    FdStream stream(connection.ours.number());
    ReadEnd::Why why;
    const std::string received = read_all(stream, why, in(5s));
    writer.join();
    BOOST_TEST(received.size() == sent.size());
    BOOST_TEST(why == ReadEnd::Why::closed);
}

BOOST_AUTO_TEST_CASE(a_peer_that_has_gone_is_an_error_not_a_signal) {
    Connection connection;
    connection.theirs = UniqueFd();
    FdStream stream(connection.ours.number());
    BOOST_TEST(stream.write("250 ok\r\n", in(1s)).failed_with(Fault::temporary));
}

BOOST_AUTO_TEST_CASE(pipes_work_like_sockets) {
    Pipe to_us, from_us;
    FdStream stream(to_us.output.number(), from_us.input.number());
    put(to_us.input, "QUIT\r\n");
    to_us.input = UniqueFd();
    ReadEnd::Why why;
    BOOST_TEST(read_all(stream, why, in(1s)) == "QUIT\r\n");
    BOOST_TEST(why == ReadEnd::Why::closed);
    BOOST_TEST(bool(stream.write("221 bye\r\n", in(1s))));
    std::array<char, 20> buffer;
    BOOST_TEST(::read(from_us.output.number(), buffer.data(), buffer.size()) == 9);
}

BOOST_AUTO_TEST_CASE(a_full_pipe_does_not_hang_the_writer) {
    Pipe to_us, from_us;
    FdStream stream(to_us.output.number(), from_us.input.number());
    BOOST_TEST(stream.write(std::string(1'000'000, 'x'), in(5ms)).failed_with(Fault::temporary));
}

BOOST_AUTO_TEST_CASE(a_closed_descriptor_is_broken) {
    FdStream stream(999);
    std::array<char, 10> buffer;
    BOOST_TEST(stream.read(buffer, in(1s)).why == ReadEnd::Why::broken);
    BOOST_TEST(!stream.write("x", in(1s)));
}

BOOST_AUTO_TEST_CASE(a_graceful_close_discards_what_comes_until_the_peer_closes) {
    Connection connection;
    put(connection.theirs, "pipelined but not to be answered\r\n");
    std::thread peer([&] {
        std::array<char, 10> buffer;
        FdStream stream(connection.theirs.number());
        if (stream.read(buffer, in(5s)).why != ReadEnd::Why::closed) std::abort();
        put(connection.theirs, "one more\r\n");
        connection.theirs = UniqueFd();
    });
    const auto start = steady_clock::now();
    FdStream(connection.ours.number()).close_gracefully(5s);
    BOOST_TEST((steady_clock::now() - start < 4s));
    peer.join();
}

BOOST_AUTO_TEST_CASE(a_graceful_close_does_not_wait_longer_than_its_patience) {
    Connection connection;
    const auto start = steady_clock::now();
    FdStream(connection.ours.number()).close_gracefully(5ms);
    const auto taken = steady_clock::now() - start;
    BOOST_TEST((taken >= 5ms && taken < 1s));
}

BOOST_AUTO_TEST_CASE(sigterm_ends_a_wait_for_input) {
    Connection connection;
    const int status = test::status_of_child([&] {
        sys::hold_back_stop();
        ::raise(SIGTERM);
        if (!sys::told_to_stop()) return 1;  // pending, not yet delivered
        FdStream stream(connection.ours.number());
        std::array<char, 10> buffer;
        if (stream.read(buffer, in(5s)).why != ReadEnd::Why::told_to_stop) return 2;
        return sys::told_to_stop() ? 0 : 3;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(sigterm_comes_before_what_has_arrived) {
    Connection connection;
    put(connection.theirs, "DATA");
    const int status = test::status_of_child([&] {
        sys::hold_back_stop();
        ::raise(SIGTERM);
        FdStream stream(connection.ours.number());
        std::array<char, 10> buffer;
        if (!stream.write("x", in(5s))) return 2;  // never stops a write
        return stream.read(buffer, in(5s)).why == ReadEnd::Why::told_to_stop ? 0 : 3;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(the_stop_signal_can_be_polled_and_stays_known) {
    const int status = test::status_of_child([] {
        sys::hold_back_stop();
        const auto stop = sys::open_stop_signal();
        if (!stop) return 1;
        if (sys::wait_for_input(stop->number(), in(0s)) != sys::Ready::timed_out) return 2;
        ::raise(SIGTERM);
        if (sys::wait_for_input(stop->number(), in(5s)) != sys::Ready::yes) return 3;
        return sys::told_to_stop() ? 0 : 4;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(without_holding_back_sigterm_kills) {
    Connection connection;
    const int status = test::status_of_child([&] {
        FdStream stream(connection.ours.number());
        std::array<char, 10> buffer;
        ::raise(SIGTERM);
        (void)stream.read(buffer, in(5s));
        return 0;
    });
    BOOST_TEST(status == 128 + SIGTERM);
}

BOOST_AUTO_TEST_CASE(acknowledging_ends_the_delay) {
    const UniqueFd socket(::socket(AF_INET, SOCK_STREAM, 0));
    const auto is_quick = [&] {
        int quick = -1;
        socklen_t size = sizeof quick;
        BOOST_TEST(::getsockopt(socket.number(), IPPROTO_TCP, TCP_QUICKACK, &quick, &size) == 0);
        return quick == 1;
    };
    const int off = 0;
    BOOST_REQUIRE(::setsockopt(socket.number(), IPPROTO_TCP, TCP_QUICKACK, &off, sizeof off) == 0);
    BOOST_TEST(!is_quick());
    FdStream(socket.number()).acknowledge();
    BOOST_TEST(is_quick());
}

BOOST_AUTO_TEST_SUITE_END()
