// SPDX-License-Identifier: BSD-2-Clause
#include "relay/tls_connection.hpp"

#include <array>
#include <utility>

namespace postern::relay {

namespace {

using EngineState = tls::Engine::State;

class TlsConnection final : public Connection {
public:
    TlsConnection(std::unique_ptr<Connection> plain, tls::Engine engine)
        : plain_(std::move(plain)), engine_(std::move(engine)) {}

    Task<Status> shake_hands(sys::Deadline deadline);
    tls::Facts facts() const { return engine_.facts(); }

    sys::Deadline now() const override { return plain_->now(); }
    Task<sys::ReadEnd> read(std::span<char> into, sys::Deadline deadline) override;
    Task<Status> write(std::string_view bytes, sys::Deadline deadline) override;
    Task<void> finish() override;

private:
    Task<sys::ReadEnd> receive(sys::Deadline deadline);
    Task<Status> flush(sys::Deadline deadline);

    std::unique_ptr<Connection> plain_;
    tls::Engine engine_;
    std::array<char, 16 * 1024> buffer_{};
};

Task<Status> TlsConnection::shake_hands(sys::Deadline deadline) {
    while (engine_.proceed() == EngineState::handshake) {
        if (auto flushed = co_await flush(deadline); !flushed) co_return flushed;
        const auto got = co_await receive(deadline);
        if (got.why == sys::ReadEnd::Why::timed_out)
            co_return Error(Fault::temporary, "TLS handshake: not done in time");
        if (got.why != sys::ReadEnd::Why::bytes)
            co_return Error(Fault::temporary, "TLS handshake: the host drops the connection");
    }
    auto flushed = co_await flush(deadline);  // an alert, too, after a failure
    if (engine_.state() == EngineState::failed) co_return engine_.trouble();
    co_return flushed;
}

Task<sys::ReadEnd> TlsConnection::read(std::span<char> into, sys::Deadline deadline) {
    using Why = sys::ReadEnd::Why;
    while (true) {
        if (const auto count = engine_.read(into)) co_return sys::ReadEnd{Why::bytes, count};
        const auto flushed = co_await flush(deadline);
        if (engine_.state() == EngineState::closed) co_return sys::ReadEnd{Why::closed, 0};
        if (!flushed || engine_.state() != EngineState::open) co_return sys::ReadEnd{Why::broken, 0};
        const auto got = co_await receive(deadline);
        if (got.why != Why::bytes) co_return got;
    }
}

Task<Status> TlsConnection::write(std::string_view bytes, sys::Deadline deadline) {
    engine_.write(bytes);
    if (engine_.state() == EngineState::failed) co_return Error(Fault::temporary, engine_.trouble().what());
    co_return co_await flush(deadline);
}

/// close_notify (RFC 8446 §6.1): what is cut off before it was cut off by somebody else.
Task<void> TlsConnection::finish() {
    engine_.close();
    (void)co_await flush(now());
}

/// Records without content gain a host no time.
Task<sys::ReadEnd> TlsConnection::receive(sys::Deadline deadline) {
    const auto got = co_await plain_->read(buffer_, deadline);
    if (got.why != sys::ReadEnd::Why::bytes) co_return got;
    if (now() > deadline) co_return sys::ReadEnd{sys::ReadEnd::Why::timed_out, 0};
    engine_.receive({buffer_.data(), got.count});
    co_return got;
}

Task<Status> TlsConnection::flush(sys::Deadline deadline) {
    const std::string output = engine_.take_output();
    if (output.empty()) co_return done;
    co_return co_await plain_->write(output, deadline);
}

Task<Result<Encrypted>> encrypt(std::unique_ptr<Connection> plain, tls::Engine engine,
                                sys::Deadline deadline) {
    auto connection = std::make_unique<TlsConnection>(std::move(plain), std::move(engine));
    if (const auto shaken = co_await connection->shake_hands(deadline); !shaken) co_return shaken.error();
    const auto facts = connection->facts();
    co_return Encrypted{std::move(connection), facts.protocol + ' ' + facts.cipher};
}

}  // namespace

Task<Result<Encrypted>> start_tls(std::unique_ptr<Connection> plain, tls::Engine engine,
                                  sys::Deadline deadline) {
    return encrypt(std::move(plain), std::move(engine), deadline);
}

}  // namespace postern::relay
