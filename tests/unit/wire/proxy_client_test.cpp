// SPDX-License-Identifier: BSD-2-Clause
#include "wire/proxy_client.hpp"

#include <algorithm>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace postern;
using Why = sys::ReadEnd::Why;

namespace proxy_client_tests {

/// A proxy that sends these pieces and then ends.
class ProxyStream : public sys::Stream {
public:
    explicit ProxyStream(std::vector<std::string> pieces, Why end = Why::closed)
        : pieces_(std::move(pieces)), end_(end) {}
    sys::ReadEnd read(std::span<char> into, sys::Deadline) override {
        if (next_ == pieces_.size()) return {end_};
        const auto& piece = pieces_[next_++];
        std::ranges::copy(piece, into.begin());
        return {Why::bytes, piece.size()};
    }
    Status write(std::string_view, sys::Deadline) override {
        return Error(Fault::internal, "said something");
    }
    std::size_t left() const { return pieces_.size() - next_; }

private:
    std::vector<std::string> pieces_;
    Why end_;
    std::size_t next_ = 0;
};

auto read_from(ProxyStream&& stream) { return wire::read_proxy_header(stream, {}); }

}  // namespace proxy_client_tests

BOOST_AUTO_TEST_SUITE(proxy_client_tests)

BOOST_AUTO_TEST_CASE(a_header_may_come_in_pieces) {
    const auto read = read_from(ProxyStream({"PRO", "XY TCP4 192.0.2.7 192.0.2.1 1 25\r", "\n"}));
    BOOST_REQUIRE(read);
    BOOST_TEST(read->header.connection->source.address.to_string() == "192.0.2.7");
    BOOST_TEST(read->behind_it == "");
}

BOOST_AUTO_TEST_CASE(what_came_along_is_kept_and_no_more_is_read) {
    ProxyStream stream({"PROXY UNKNOWN\r\nEHLO x\r\nMA", "IL"});
    const auto read = wire::read_proxy_header(stream, {});
    BOOST_REQUIRE(read);
    BOOST_TEST(read->behind_it == "EHLO x\r\nMA");
    BOOST_TEST(stream.left() == 1u);
}

BOOST_AUTO_TEST_CASE(without_a_header_there_is_an_error) {
    BOOST_TEST(read_from(ProxyStream({"EHLO x\r\n"})).error().what() ==
               "what the proxy sent is no PROXY header");
    BOOST_TEST(read_from(ProxyStream({})).error().what() ==
               "no whole PROXY header: it closed the connection");
    BOOST_TEST(read_from(ProxyStream({"PROXY TCP4 "}, Why::timed_out)).error().what() ==
               "no whole PROXY header: it took too long");
    BOOST_TEST(read_from(ProxyStream({"PROXY TCP4 "}, Why::told_to_stop)).error().what() ==
               "no whole PROXY header: the service is stopping");
}

BOOST_AUTO_TEST_SUITE_END()
