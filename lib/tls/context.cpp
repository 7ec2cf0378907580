// SPDX-License-Identifier: BSD-2-Clause
#include "tls/context.hpp"

#include <algorithm>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/ascii.hpp"
#include "base/ip_address.hpp"
#include "tls/identity.hpp"

namespace postern::tls {

namespace {

constexpr const char* kGroups = "X25519:P-256:P-384";

int number_of(Version version) { return version == Version::tls13 ? TLS1_3_VERSION : TLS1_2_VERSION; }

Result<Handle<ssl_ctx_st>> make_context(const ssl_method_st* method, const Options& options) {
    Handle<ssl_ctx_st> context(SSL_CTX_new(method));
    if (!context) return openssl_error("TLS");
    ssl_ctx_st* const c = context.get();
    if (SSL_CTX_set_min_proto_version(c, number_of(options.minimum)) != 1 ||
        SSL_CTX_set_max_proto_version(c, number_of(options.maximum)) != 1 ||
        SSL_CTX_set1_groups_list(c, kGroups) != 1)
        return openssl_error("TLS");
    if (SSL_CTX_set_cipher_list(c, options.ciphers.c_str()) != 1)
        return openssl_error("tls.ciphers", Fault::configuration);
    // Nothing is resumed: a process has one connection, and a large sender is known to break on tickets.
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(c, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_options(c, SSL_OP_CLEANSE_PLAINTEXT);  // there are passwords in it
    // The list is in the order of preference; only who puts ChaCha20 first, having no AES, gets that.
    SSL_CTX_set_options(c, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_num_tickets(c, 0);
    SSL_CTX_set_dh_auto(c, 1);
    return context;
}

int refuse_all(int, x509_store_ctx_st*) { return 0; }

/// RFC 6125 §6.4: "*" stands for a whole label, the first one. "" is nobody's name.
void expect_name(ssl_st* connection, const std::string& name, bool is_address) {
    SSL_set_hostflags(connection, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    auto* const expected = SSL_get0_param(connection);
    const bool is_set = is_address ? X509_VERIFY_PARAM_set1_ip_asc(expected, name.c_str()) == 1
                                   : X509_VERIFY_PARAM_set1_host(expected, name.data(), name.size()) == 1;
    if (!is_set || name.empty()) SSL_set_verify(connection, SSL_VERIFY_PEER, refuse_all);
}

/// Those that OpenSSL can read, too; an Error when there is none.
Result<std::vector<Identity>> parse_all(const Found& found) {
    std::vector<Identity> identities;
    for (const auto& pem : found.usable) {
        auto identity = parse_identity(pem.view());
        if (identity)
            identities.push_back(*std::move(identity));
        else if (identities.empty() && &pem == &found.usable.back())
            return identity.error();
    }
    return identities;
}

}  // namespace

/// What answers a client that asks for a name.
struct ServerContext::Names {
    std::string usual;
    const Store& store;
    Instant now;

    /// Of a name that has none, or none that works, the usual one stays.
    void choose(ssl_st* connection) const {
        const char* const asked = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name);
        if (asked == nullptr || ascii::equals_ignoring_case(asked, usual)) return;
        const Found found = store.find_for(asked, now);
        if (found.usable.empty()) return;
        if (const auto identities = parse_all(found)) (void)use_identities(connection, *identities);
    }

    static int on_certificate(ssl_st* connection, void* names) {
        static_cast<const Names*>(names)->choose(connection);
        ERR_clear_error();
        return 1;
    }
};

ServerContext::ServerContext(Handle<ssl_ctx_st> context, std::unique_ptr<Names> names)
    : context_(std::move(context)), names_(std::move(names)) {
    SSL_CTX_set_cert_cb(context_.get(), Names::on_certificate, names_.get());
}

ServerContext::ServerContext(ServerContext&&) noexcept = default;
ServerContext::~ServerContext() = default;

Result<ServerContext> ServerContext::make(const Options& options, const Found& found, const Store& store,
                                          Instant now) {
    begin_openssl();
    POSTERN_ASSIGN(auto context, make_context(TLS_server_method(), options));
    POSTERN_ASSIGN(const auto identities, parse_all(found));
    POSTERN_TRY(use_identities(context.get(), identities));
    return ServerContext(std::move(context), std::make_unique<Names>(Names{options.name, store, now}));
}

Engine ServerContext::accept() const {
    Handle<ssl_st> connection(SSL_new(context_.get()));
    SSL_set_accept_state(connection.get());
    return Engine(std::move(connection));
}

Result<ClientContext> ClientContext::make(const Options& options, Certificates believed) {
    begin_openssl();
    POSTERN_ASSIGN(auto context, make_context(TLS_client_method(), options));
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    if (believed == Certificates::trusted) {
        if (SSL_CTX_load_verify_file(context.get(), options.authorities.c_str()) != 1)
            return openssl_error("tls.authorities: " + options.authorities, Fault::configuration);
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    }
    return ClientContext(std::move(context), believed);
}

Engine ClientContext::connect(const std::string& server_name) const {
    Handle<ssl_st> connection(SSL_new(context_.get()));
    SSL_set_connect_state(connection.get());
    const bool is_address = IpAddress::parse(server_name).has_value();
    if (!server_name.empty() && !is_address)  // RFC 6066 §3: no addresses
        SSL_set_tlsext_host_name(connection.get(), server_name.c_str());
    if (believed_ == Certificates::trusted) expect_name(connection.get(), server_name, is_address);
    return Engine(std::move(connection));
}

Status check_ciphers(const Options& options) {
    begin_openssl();
    const auto made = make_context(TLS_server_method(), options);
    return made ? Status(done) : made.error();
}

}  // namespace postern::tls
