// SPDX-License-Identifier: BSD-2-Clause
// A certificate with its private key, as OpenSSL works with them.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "tls/handles.hpp"

namespace postern::tls {

struct Identity {
    Handle<x509_st> certificate;
    std::vector<Handle<x509_st>> chain = {};  ///< that lead to its authority
    Handle<evp_pkey_st> key;
};

/// Fault::configuration when there is no certificate or key, or they do not belong together.
Result<Identity> parse_identity(std::string_view pem);
Result<std::vector<Handle<x509_st>>> parse_certificates(std::string_view pem);
/// A key with a pass phrase is none: nobody is asked for it.
Result<Handle<evp_pkey_st>> parse_private_key(std::string_view pem);

/// For the whole context, or for one connection in place of what it has.
Status use_identities(ssl_ctx_st* context, const std::vector<Identity>& identities);
Status use_identities(ssl_st* connection, const std::vector<Identity>& identities);

}  // namespace postern::tls
