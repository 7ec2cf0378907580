// SPDX-License-Identifier: BSD-2-Clause
#include "tls/identity.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace postern::tls {

namespace {

int no_pass_phrase(char*, int, int, void*) { return -1; }

/// As SSL_use_cert_and_key wants them; owns nothing.
class Stack {
public:
    explicit Stack(const std::vector<Handle<x509_st>>& certificates) : stack_(sk_X509_new_null()) {
        for (const auto& each : certificates) sk_X509_push(stack_, each.get());
    }
    ~Stack() { sk_X509_free(stack_); }
    Stack(const Stack&) = delete;
    Stack& operator=(const Stack&) = delete;
    STACK_OF(X509) * get() const { return stack_; }

private:
    STACK_OF(X509) * stack_;
};

template <class Target, class Use>
Status use_each(Target* target, const std::vector<Identity>& identities, Use use) {
    for (const auto& identity : identities) {
        const Stack chain(identity.chain);
        if (use(target, identity.certificate.get(), identity.key.get(), chain.get(), 1) != 1)
            return openssl_error("certificate", Fault::configuration);
    }
    return done;
}

}  // namespace

Result<std::vector<Handle<x509_st>>> parse_certificates(std::string_view pem) {
    const auto reader = reader_of(pem);
    std::vector<Handle<x509_st>> found;
    while (X509* const each = PEM_read_bio_X509(reader.get(), nullptr, no_pass_phrase, nullptr))
        found.emplace_back(each);
    const bool is_at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!is_at_end) return openssl_error("certificate", Fault::configuration);
    ERR_clear_error();
    if (found.empty()) return Error(Fault::configuration, "has no certificate");
    return found;
}

Result<Handle<evp_pkey_st>> parse_private_key(std::string_view pem) {
    const auto reader = reader_of(pem);
    Handle<evp_pkey_st> key(PEM_read_bio_PrivateKey(reader.get(), nullptr, no_pass_phrase, nullptr));
    ERR_clear_error();
    if (key) return key;
    return Error(Fault::configuration, "has no private key that can be read without a pass phrase");
}

Result<Identity> parse_identity(std::string_view pem) {
    POSTERN_ASSIGN(auto certificates, parse_certificates(pem));
    POSTERN_ASSIGN(auto key, parse_private_key(pem));
    if (X509_check_private_key(certificates.front().get(), key.get()) != 1)
        return openssl_error("private key", Fault::configuration);
    Identity identity{.certificate = std::move(certificates.front()), .key = std::move(key)};
    certificates.erase(certificates.begin());
    identity.chain = std::move(certificates);
    return identity;
}

Status use_identities(ssl_ctx_st* context, const std::vector<Identity>& identities) {
    return use_each(context, identities, SSL_CTX_use_cert_and_key);
}

Status use_identities(ssl_st* connection, const std::vector<Identity>& identities) {
    SSL_certs_clear(connection);
    return use_each(connection, identities, SSL_use_cert_and_key);
}

}  // namespace postern::tls
