// SPDX-License-Identifier: BSD-2-Clause
// One TLS connection as a machine: octets of the peer go in, octets for it come out, and the plain text goes
// the other way. It knows no socket; whoever drives it passes on what take_output() gives after each call.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tls/handles.hpp"

namespace postern::tls {

/// What came of the handshake.
struct Facts {
    std::string protocol = {};     ///< "TLSv1.3"
    std::string cipher = {};       ///< by its name in IANA's registry
    std::string server_name = {};  ///< that the client asked for (SNI); "" = none
    std::string exporter = {};     ///< channel binding tls-exporter (RFC 9266); "" = not to be had
    std::string end_point = {};    ///< tls-server-end-point (RFC 5929 §4)
};

class Engine {
public:
    enum class State {
        handshake,  ///< begun, and not done
        open,
        closed,  ///< the peer has said that it sends no more
        failed   ///< for good; what is left to take_output() may be an alert
    };

    /// A connection that has a role, and no BIO yet.
    explicit Engine(Handle<ssl_st> connection);

    State state() const { return state_; }
    /// Why it failed, for the log. Fault::permanent where it would fail so again until one of the two sides
    /// is changed: another certificate, common ciphers.
    const Error& trouble() const { return *trouble_; }

    void receive(std::string_view octets);
    /// Does as much of the handshake as what was received allows.
    State proceed();
    /// Plain text, as much as fits. 0: more of the peer's octets are needed, or it is open no longer.
    std::size_t read(std::span<char> into);
    void write(std::string_view text);
    /// Tells the peer that no more comes.
    void close();
    std::string take_output() { return take_all(output_); }

    /// Once it is open.
    Facts facts() const;

private:
    void fail(std::string_view doing);

    Handle<ssl_st> connection_;
    bio_st* input_;  ///< both belong to the connection
    bio_st* output_;
    State state_ = State::handshake;
    std::optional<Error> trouble_;
};

}  // namespace postern::tls
