// SPDX-License-Identifier: BSD-2-Clause
// OpenSSL's objects, owned. Its headers stay in .cpp files; these are their names for their structs.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

struct bio_st;
struct evp_pkey_st;
struct ssl_ctx_st;
struct ssl_st;
struct x509_st;
struct X509_req_st;

namespace postern::tls {

struct Free {
    void operator()(bio_st* bio) const;
    void operator()(evp_pkey_st* key) const;
    void operator()(ssl_ctx_st* context) const;
    void operator()(ssl_st* connection) const;
    void operator()(x509_st* certificate) const;
    void operator()(X509_req_st* request) const;
};

template <class T>
using Handle = std::unique_ptr<T, Free>;

/// Before anything else of OpenSSL, as often as one likes. Its configuration file is not read.
void begin_openssl();

/// "doing: why", from OpenSSL's queue of errors, which is empty then.
Error openssl_error(std::string_view doing, Fault fault = Fault::permanent);

/// A BIO that reads `text`, which must outlive it.
Handle<bio_st> reader_of(std::string_view text);
/// A BIO that keeps what is written to it, and all that it has kept.
Handle<bio_st> memory();
std::string take_all(bio_st* memory);

}  // namespace postern::tls
