// SPDX-License-Identifier: BSD-2-Clause
#include "tls/handles.hpp"

#include <climits>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace postern::tls {

void Free::operator()(bio_st* bio) const { BIO_free_all(bio); }
void Free::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }
void Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }
void Free::operator()(ssl_st* connection) const { SSL_free(connection); }
void Free::operator()(x509_st* certificate) const { X509_free(certificate); }
void Free::operator()(X509_req_st* request) const { X509_REQ_free(request); }

void begin_openssl() {
    (void)OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, nullptr);
}

Error openssl_error(std::string_view doing, Fault fault) {
    const char* const reason = ERR_reason_error_string(ERR_peek_error());
    ERR_clear_error();
    return {fault, std::string(doing) + ": " + (reason != nullptr ? reason : "no reason given")};
}

Handle<bio_st> reader_of(std::string_view text) {
    if (text.size() > INT_MAX) return nullptr;
    return Handle<bio_st>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Handle<bio_st> memory() { return Handle<bio_st>(BIO_new(BIO_s_mem())); }

std::string take_all(bio_st* memory) {
    std::string out(BIO_ctrl_pending(memory), '\0');
    std::size_t count = 0;
    if (!out.empty()) BIO_read_ex(memory, out.data(), out.size(), &count);
    out.resize(count);
    return out;
}

}  // namespace postern::tls
