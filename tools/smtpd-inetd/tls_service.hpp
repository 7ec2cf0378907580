// SPDX-License-Identifier: BSD-2-Clause
// TLS of one session: whether there is a certificate, which is known before anything is said, and the
// handshake. OpenSSL is not touched before a client wants it. Certificates are read when they are needed, so
// a new one counts from the next handshake on.
#pragma once

#include <optional>

#include "base/log.hpp"
#include "smtp/service_rules.hpp"
#include "sys/file_system.hpp"
#include "tls/context.hpp"
#include "wire/tls_stream.hpp"

namespace postern::tools {

class TlsService {
public:
    TlsService(sys::FileSystem& files, const tls::Options& options, sys::Stream& plain, Log& log)
        : options_(options), store_(files, options.directory), stream_(plain), log_(log) {}

    /// Looks at the certificates that the service is to have; a line in the log for each that cannot be used.
    void look(smtp::Tls wanted, Instant now);
    bool is_available() const { return is_available_; }

    /// Gets ready for a handshake: STARTTLS is answered by it.
    Status prepare(Instant now);
    /// The handshake, which `received` begins; nothing when it has failed, which the log then tells.
    std::optional<smtp::TlsFacts> start(std::string_view received, sys::Deadline deadline);

    /// What the session is spoken on, encrypted or not.
    wire::TlsStream& stream() { return stream_; }

private:
    const tls::Options& options_;
    tls::Store store_;
    wire::TlsStream stream_;
    Log& log_;
    bool is_available_ = false;
    std::optional<tls::ServerContext> context_ = std::nullopt;
};

}  // namespace postern::tools
