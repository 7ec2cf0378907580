// SPDX-License-Identifier: BSD-2-Clause
// A stream that goes on in TLS once it is told to. Until then all passes through as it is, so that a session
// which may say STARTTLS has one stream from its beginning to its end.
#pragma once

#include <array>
#include <optional>

#include "smtp/tls_facts.hpp"
#include "sys/stream.hpp"
#include "tls/engine.hpp"

namespace postern::wire {

class TlsStream final : public sys::Stream {
public:
    explicit TlsStream(sys::Stream& plain) : plain_(plain) {}

    /// The handshake, all of it before the deadline. After an Error the stream is broken. `received`: what
    /// the peer has sent already that belongs to it, behind the header of a proxy.
    Status start(tls::Engine engine, std::string_view received, sys::Deadline deadline);
    /// Once it has started.
    tls::Facts facts() const { return engine_->facts(); }

    sys::ReadEnd read(std::span<char> into, sys::Deadline deadline) override;
    Status write(std::string_view bytes, sys::Deadline deadline) override;
    /// Tells the peer that no more comes: a connection that just ends could have been cut by somebody.
    void close(sys::Deadline deadline);

private:
    sys::ReadEnd receive(sys::Deadline deadline);
    Status flush(sys::Deadline deadline);

    sys::Stream& plain_;
    std::optional<tls::Engine> engine_ = std::nullopt;
    std::array<char, 16 * 1024> buffer_;  // a record is about as large
};

/// What a session is told of it.
smtp::TlsFacts to_session_facts(tls::Facts facts);

}  // namespace postern::wire
