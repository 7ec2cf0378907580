// SPDX-License-Identifier: BSD-2-Clause
#include "wire/tls_stream.hpp"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "unit/tls/engine_pair.hpp"

using namespace postern;
using namespace postern::test;
using Why = sys::ReadEnd::Why;
using State = tls::Engine::State;

namespace tls_stream_tests {

constexpr std::string_view kAlert = "\x15", kGreeting = "220 mx.example.org\r\n";

/// A client that speaks TLS, at the other end of a connection.
class Client : public sys::Stream {
public:
    explicit Client(tls::Options own = {}, tls::Options of_server = {})
        : pair_({{"mx.example.org.ecdsa.pem", self_signed({"mx.example.org"})}}, std::move(of_server),
                std::move(own)) {}

    sys::ReadEnd read(std::span<char> into, sys::Deadline) override {
        engine().proceed();
        sent_ += engine().take_output();
        if (!sent_.empty() && spoils_next) sent_.back() = static_cast<char>(sent_.back() ^ 1);
        const std::size_t count = std::min({sent_.size(), into.size(), piece});
        sent_.copy(into.data(), count);
        sent_.erase(0, count);
        return count == 0 ? sys::ReadEnd{Why::closed} : sys::ReadEnd{Why::bytes, count};
    }
    Status write(std::string_view bytes, sys::Deadline) override {
        received += bytes;
        engine().receive(bytes);
        engine().proceed();
        return done;
    }

    tls::Engine& engine() { return *pair_.client; }
    tls::Engine take_server() { return std::move(*pair_.server); }

    std::string received;         ///< as it went over the wire
    std::size_t piece = 1 << 20;  ///< most octets at once
    bool spoils_next = false;

private:
    Pair pair_;
    std::string sent_;
};

/// There, the server has the last word of the handshake.
tls::Options of_before_1_3() {
    tls::Options options;
    options.maximum = tls::Version::tls12;
    return options;
}

sys::Deadline in_time() { return std::chrono::steady_clock::now() + std::chrono::minutes(1); }

std::string read_some(wire::TlsStream& stream) {
    std::array<char, 100> octets;
    const auto got = stream.read(octets, in_time());
    if (got.why == Why::bytes) return {octets.data(), got.count};
    return got.why == Why::closed ? "closed" : got.why == Why::timed_out ? "timed out" : "broken";
}

/// A stream that has begun TLS, and its client.
struct Begun {
    Begun() { BOOST_REQUIRE(static_cast<bool>(stream.start(client.take_server(), "", in_time()))); }
    Client client;
    wire::TlsStream stream{client};
};

}  // namespace tls_stream_tests

BOOST_AUTO_TEST_SUITE(tls_stream_tests)

BOOST_AUTO_TEST_CASE(the_handshake_is_said_to_its_end) {
    for (const tls::Options& options : {tls::Options(), of_before_1_3()}) {
        Client client(options);
        wire::TlsStream stream(client);
        BOOST_REQUIRE(static_cast<bool>(stream.start(client.take_server(), "", in_time())));
        BOOST_TEST((client.engine().state() == State::open), client.engine().facts().protocol);
        BOOST_TEST(static_cast<bool>(stream.write(kGreeting, in_time())));
        BOOST_TEST(Pair::read_all(client.engine()) == kGreeting);
    }
}

BOOST_AUTO_TEST_CASE(a_client_hears_why_the_handshake_fails) {
    tls::Options newest;
    newest.minimum = tls::Version::tls13;
    Client client(of_before_1_3(), newest);
    wire::TlsStream stream(client);
    BOOST_TEST(!stream.start(client.take_server(), "", in_time()));
    BOOST_TEST(client.received.starts_with(kAlert));
}

BOOST_AUTO_TEST_CASE(who_always_has_a_little_more_to_send_has_no_more_time) {
    Client client;
    client.piece = 1;
    wire::TlsStream stream(client);
    const auto started = stream.start(client.take_server(), "", std::chrono::steady_clock::now());
    BOOST_REQUIRE(!started);
    BOOST_TEST(started.error().what() == "TLS handshake: the peer says nothing");
}

BOOST_FIXTURE_TEST_CASE(what_was_said_before_the_end_is_heard, Begun) {
    client.engine().write("QUIT\r\n");
    client.engine().close();
    BOOST_TEST(read_some(stream) == "QUIT\r\n");
    BOOST_TEST(read_some(stream) == "closed");
}

BOOST_FIXTURE_TEST_CASE(nothing_can_be_said_where_somebody_has_changed_something, Begun) {
    client.engine().write("QUIT\r\n");
    client.spoils_next = true;
    BOOST_TEST(read_some(stream) == "broken");
    BOOST_TEST(!stream.write(kGreeting, in_time()));
}

BOOST_FIXTURE_TEST_CASE(the_end_is_said, Begun) {
    stream.close(in_time());
    BOOST_TEST(Pair::read_all(client.engine()) == "");
    BOOST_TEST((client.engine().state() == State::closed));
}

BOOST_AUTO_TEST_SUITE_END()
