// SPDX-License-Identifier: BSD-2-Clause
#include "relay/asio_transport.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace postern::relay {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using namespace asio::experimental::awaitable_operators;

constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

/// What an operation that yields `Value` came to; nothing = it took too long and was cancelled.
template <class... Value>
Task<std::optional<std::tuple<error_code, Value...>>> in_time(
    Task<std::tuple<error_code, Value...>> operation, sys::Deadline deadline) {
    asio::steady_timer timer(co_await asio::this_coro::executor, deadline);
    auto first = co_await (std::move(operation) || timer.async_wait(kAsTuple));
    if (auto* finished = std::get_if<0>(&first)) co_return std::move(*finished);
    co_return std::nullopt;
}

asio::ip::address to_asio(const IpAddress& address) {
    if (address.is_v4()) {
        asio::ip::address_v4::bytes_type octets{};
        std::copy_n(address.octets().begin(), octets.size(), octets.begin());
        return asio::ip::address_v4(octets);
    }
    return asio::ip::address_v6(address.octets());
}

class TcpConnection : public Connection {
public:
    explicit TcpConnection(tcp::socket socket) : socket_(std::move(socket)) {}
    sys::Deadline now() const override { return std::chrono::steady_clock::now(); }
    Task<sys::ReadEnd> read(std::span<char> into, sys::Deadline deadline) override;
    Task<Status> write(std::string_view bytes, sys::Deadline deadline) override;

private:
    tcp::socket socket_;
};

Task<sys::ReadEnd> TcpConnection::read(std::span<char> into, sys::Deadline deadline) {
    using Why = sys::ReadEnd::Why;
    auto operation = socket_.async_read_some(asio::buffer(into.data(), into.size()), kAsTuple);
    const auto finished = co_await in_time(std::move(operation), deadline);
    if (!finished) co_return sys::ReadEnd{Why::timed_out, 0};
    const auto [error, count] = *finished;
    if (error == asio::error::eof) co_return sys::ReadEnd{Why::closed, 0};
    if (error) co_return sys::ReadEnd{Why::broken, 0};
    co_return sys::ReadEnd{Why::bytes, count};
}

Task<Status> TcpConnection::write(std::string_view bytes, sys::Deadline deadline) {
    auto operation = asio::async_write(socket_, asio::buffer(bytes.data(), bytes.size()), kAsTuple);
    const auto finished = co_await in_time(std::move(operation), deadline);
    if (!finished) co_return Error(Fault::temporary, "write: no progress in time");
    const auto error = std::get<0>(*finished);
    if (error) co_return Error(Fault::temporary, "write: " + error.message());
    co_return done;
}

}  // namespace

Task<Result<std::unique_ptr<Connection>>> AsioTransport::connect(IpAddress address, std::uint16_t port,
                                                                 Patience patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    tcp::socket socket(co_await asio::this_coro::executor);
    auto operation = socket.async_connect(tcp::endpoint(to_asio(address), port), kAsTuple);
    const auto finished = co_await in_time(std::move(operation), deadline);
    if (!finished) co_return Error(Fault::temporary, "no connection in time");
    auto error = std::get<0>(*finished);
    if (error) co_return Error(Fault::temporary, error.message());
    socket.set_option(tcp::no_delay(true), error);  // without it the dialogue is only slower
    co_return std::make_unique<TcpConnection>(std::move(socket));
}

}  // namespace postern::relay
