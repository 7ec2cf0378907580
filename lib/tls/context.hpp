// SPDX-License-Identifier: BSD-2-Clause
// What makes engines: the server's side with its certificates, the client's side without any.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "tls/engine.hpp"
#include "tls/options.hpp"
#include "tls/store.hpp"

namespace postern::tls {

class ServerContext {
public:
    /// `found`: the certificates of options.name, at least one. `store` must outlive the engines: a client
    /// that asks for another name gets that one's, if there is one that works.
    static Result<ServerContext> make(const Options& options, const Found& found, const Store& store,
                                      Instant now);
    ServerContext(ServerContext&&) noexcept;
    ~ServerContext();

    Engine accept() const;

private:
    struct Names;
    ServerContext(Handle<ssl_ctx_st> context, std::unique_ptr<Names> names);

    Handle<ssl_ctx_st> context_;
    std::unique_ptr<Names> names_;
};

/// Which certificates a client believes.
enum class Certificates {
    any,     ///< for TLS where the other way would be no TLS at all (RFC 7435)
    trusted  ///< those of the host that is called, by one of options.authorities (RFC 6125)
};

class ClientContext {
public:
    /// Fault::configuration when the authorities cannot be read.
    static Result<ClientContext> make(const Options& options, Certificates believed = Certificates::any);
    /// `server_name`: a host's name, for SNI; an address is none.
    Engine connect(const std::string& server_name) const;

private:
    ClientContext(Handle<ssl_ctx_st> context, Certificates believed)
        : context_(std::move(context)), believed_(believed) {}
    Handle<ssl_ctx_st> context_;
    Certificates believed_;
};

/// Can OpenSSL do something with it? Fault::configuration names what it cannot.
Status check_ciphers(const Options& options);

}  // namespace postern::tls
