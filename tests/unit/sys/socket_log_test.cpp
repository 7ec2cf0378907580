// SPDX-License-Identifier: BSD-2-Clause
#include "sys/socket_log.hpp"

#include <optional>

#include <boost/test/unit_test.hpp>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "support/child_process.hpp"
#include "support/fake_clock.hpp"
#include "support/temporary_directory.hpp"

using namespace postern;
using sys::SocketLog;

namespace socket_log_tests {

constexpr int kPatience = 2000;

/// What comes to a socket, in the order of coming; "" when nothing does.
std::string next_from(int socket) {
    pollfd waiting{socket, POLLIN, 0};
    std::string octets(65536, '\0');
    const auto length =
        ::poll(&waiting, 1, kPatience) == 1 ? ::recv(socket, octets.data(), octets.size(), 0) : 0;
    octets.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return octets;
}

/// A syslogd's end of /dev/log.
class Syslogd {
public:
    explicit Syslogd(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        ::unlink(path.c_str());
        BOOST_REQUIRE(::bind(socket_.number(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    }
    std::string next() { return next_from(socket_.number()); }

private:
    sys::UniqueFd socket_;
};

/// A log server on a port of its own.
class Server {
public:
    explicit Server(sys::LogProtocol protocol)
        : socket_(::socket(
              AF_INET, (protocol == sys::LogProtocol::tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        BOOST_REQUIRE(::bind(socket_.number(), generic, size) == 0);
        BOOST_REQUIRE(::getsockname(socket_.number(), generic, &size) == 0);
        if (protocol == sys::LogProtocol::tcp) BOOST_REQUIRE(::listen(socket_.number(), 8) == 0);
        options.target = sys::LogTarget::server;
        options.server = {IpAddress::parse("127.0.0.1"), ntohs(address.sin_port), protocol};
        options.hostname = "mx.example";
    }
    std::string next_datagram() { return next_from(socket_.number()); }
    sys::UniqueFd accept() {
        pollfd waiting{socket_.number(), POLLIN, 0};
        return sys::UniqueFd(
            ::poll(&waiting, 1, kPatience) == 1 ? ::accept(socket_.number(), nullptr, nullptr) : -1);
    }

    sys::LogOptions options;

private:
    sys::UniqueFd socket_;
};

struct World {
    World() {
        options.target = sys::LogTarget::syslog;
        options.syslog_socket = directory.path("log");
    }
    test::TemporaryDirectory directory;
    test::FakeClock clock;
    sys::LogOptions options;
};

const std::string kProcess = std::to_string(::getpid());

}  // namespace socket_log_tests

BOOST_FIXTURE_TEST_SUITE(socket_log_tests, socket_log_tests::World)

BOOST_AUTO_TEST_CASE(each_event_is_a_datagram_for_the_syslogd) {
    Syslogd syslogd(options.syslog_socket);
    SocketLog log(options, "deliver", clock);
    log.write(Severity::info, "delivered", {{"to", "a@example.org"}});
    log.write(Severity::debug, "unseen", {});
    log.write(Severity::notice, "deferred", {});
    BOOST_TEST(syslogd.next() == "<22>Nov 21 20:30:00 deliver[" + kProcess + "]: delivered to=a@example.org");
    BOOST_TEST(syslogd.next() == "<21>Nov 21 20:30:00 deliver[" + kProcess + "]: deferred");
}

BOOST_AUTO_TEST_CASE(without_a_syslogd_lines_are_lost_and_nothing_else) {
    SocketLog log(options, "deliver", clock);
    log.write(Severity::info, "lost", {});
    Syslogd syslogd(options.syslog_socket);
    log.write(Severity::info, "lost", {});  // it does not look for one with each line
    clock.advance(std::chrono::seconds(10));
    log.write(Severity::info, "seen", {});
    BOOST_TEST(syslogd.next().ends_with(": seen"));
}

BOOST_AUTO_TEST_CASE(a_syslogd_that_was_started_anew_loses_no_line) {
    auto syslogd = std::make_optional<Syslogd>(options.syslog_socket);
    SocketLog log(options, "deliver", clock);
    syslogd.reset();
    syslogd.emplace(options.syslog_socket);
    log.write(Severity::info, "seen", {});
    BOOST_TEST(syslogd->next().ends_with(": seen"));
}

BOOST_AUTO_TEST_CASE(a_syslogd_that_hangs_holds_up_one_line_for_a_moment) {
    Syslogd hanging(options.syslog_socket);
    SocketLog log(options, "deliver", clock);
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 2000; ++i) log.write(Severity::info, "more", {});
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(3)));
}

BOOST_AUTO_TEST_CASE(a_line_is_cut_off_where_no_syslogd_takes_more) {
    Syslogd syslogd(options.syslog_socket);
    SocketLog log(options, "deliver", clock);
    log.write(Severity::info, "long", {{"what", std::string(100'000, 'x')}});
    BOOST_TEST(syslogd.next().size() == 8192u);
}

BOOST_AUTO_TEST_CASE(a_log_server_gets_a_datagram_by_udp) {
    Server server(sys::LogProtocol::udp);
    SocketLog log(server.options, "mxrun", clock);
    log.write(Severity::info, "delivered", {{"to", "a@example.org"}});
    BOOST_TEST(server.next_datagram() == "<22>1 2026-11-21T20:30:00.000Z mx.example mxrun " + kProcess +
                                             " delivered - delivered to=a@example.org");
    log.write(Severity::info, "long", {{"what", std::string(100'000, 'x')}});
    BOOST_TEST(server.next_datagram().size() == 2048u);
}

BOOST_AUTO_TEST_CASE(a_log_server_gets_counted_frames_by_tcp) {
    Server server(sys::LogProtocol::tcp);
    SocketLog log(server.options, "p", clock);
    log.write(Severity::info, "one", {});
    const std::string line = "<22>1 2026-11-21T20:30:00.000Z mx.example p " + kProcess + " one - one";
    BOOST_TEST(next_from(server.accept().number()) == std::to_string(line.size()) + " " + line);
}

BOOST_AUTO_TEST_CASE(a_connection_that_the_server_has_closed_is_made_anew) {
    Server server(sys::LogProtocol::tcp);
    SocketLog log(server.options, "p", clock);
    { const auto closed_at_once = server.accept(); }
    log.write(Severity::info, "seen", {});
    BOOST_TEST(next_from(server.accept().number()).ends_with(" seen"));
}

BOOST_AUTO_TEST_CASE(a_forked_process_has_a_connection_of_its_own) {
    Server server(sys::LogProtocol::tcp);
    SocketLog log(server.options, "p", clock);
    const auto first = server.accept();
    BOOST_TEST(test::status_of_child([&] {
                   log.write(Severity::info, "child", {});
                   return 0;
               }) == 0);
    log.write(Severity::info, "parent", {});
    BOOST_TEST(next_from(server.accept().number()).ends_with(" child"));
    BOOST_TEST(next_from(first.number()).ends_with(" parent"));
}

BOOST_AUTO_TEST_CASE(whether_somebody_listens_can_be_asked) {
    BOOST_TEST(!bool(check_log_socket(options)));
    Syslogd syslogd(options.syslog_socket);
    BOOST_TEST(bool(check_log_socket(options)));
    std::optional<Server> server(sys::LogProtocol::tcp);
    const sys::LogOptions at_server = server->options;
    BOOST_TEST(bool(check_log_socket(at_server)));
    server.reset();
    BOOST_TEST(!bool(check_log_socket(at_server)));
    sys::LogOptions without_address = at_server;
    without_address.server.address.reset();
    BOOST_TEST(check_log_socket(without_address).failed_with(Fault::configuration));
}

BOOST_AUTO_TEST_SUITE_END()
