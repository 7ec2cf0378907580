// SPDX-License-Identifier: BSD-2-Clause
#include "tls/make.hpp"

#include <array>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace postern::tls {

namespace {

constexpr unsigned kRsaBits = 2048;
constexpr std::size_t kLongestCommonName = 64;  // RFC 5280 appendix A.1, ub-common-name

struct FreeExtension {
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using Extension = std::unique_ptr<X509_EXTENSION, FreeExtension>;

/// "DNS:mx.example.org,DNS:mail.example.org"
Extension alternative_names(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "DNS:" : ",DNS:") + name;
    return Extension(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, text.c_str()));
}

/// The first name, unless it is too long to stand there; nobody looks at it any more.
bool set_common_name(X509_NAME* subject, const std::string& name) {
    if (name.size() > kLongestCommonName) return true;
    return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                      reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0) == 1;
}

/// Random, 127 bits, positive.
bool set_serial_number(X509* certificate) {
    std::array<unsigned char, 16> octets{};
    if (RAND_bytes(octets.data(), octets.size()) != 1) return false;
    octets[0] = static_cast<unsigned char>((octets[0] & 0x7f) | 0x40);
    BIGNUM* const number = BN_bin2bn(octets.data(), octets.size(), nullptr);
    const bool is_set = BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
    BN_free(number);
    return is_set;
}

bool set_time(ASN1_TIME* time, Instant at) {
    return ASN1_TIME_set(time, std::chrono::system_clock::to_time_t(at)) != nullptr;
}

bool add_extension(X509* certificate, int kind, const char* value) {
    const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool fill_in(X509* certificate, EVP_PKEY* key, const std::vector<std::string>& names, Instant from,
             Instant until) {
    const Extension alternatives = alternative_names(names);
    return X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial_number(certificate) &&
           set_common_name(X509_get_subject_name(certificate), names.front()) &&
           X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) == 1 &&
           set_time(X509_getm_notBefore(certificate), from) &&
           set_time(X509_getm_notAfter(certificate), until) && X509_set_pubkey(certificate, key) == 1 &&
           alternatives && X509_add_ext(certificate, alternatives.get(), -1) == 1 &&
           add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
           add_extension(certificate, NID_ext_key_usage, "serverAuth");
}

bool fill_in(X509_REQ* request, EVP_PKEY* key, const std::vector<std::string>& names) {
    Extension alternatives = alternative_names(names);
    if (!alternatives) return false;
    STACK_OF(X509_EXTENSION)* const extensions = sk_X509_EXTENSION_new_null();
    sk_X509_EXTENSION_push(extensions, alternatives.get());
    const bool filled = X509_REQ_set_version(request, X509_REQ_VERSION_1) == 1 &&
                        set_common_name(X509_REQ_get_subject_name(request), names.front()) &&
                        X509_REQ_set_pubkey(request, key) == 1 &&
                        X509_REQ_add_extensions(request, extensions) == 1;
    sk_X509_EXTENSION_free(extensions);
    return filled;
}

}  // namespace

Result<Handle<evp_pkey_st>> make_key(KeyKind kind) {
    begin_openssl();
    Handle<evp_pkey_st> key(kind == KeyKind::rsa ? EVP_RSA_gen(kRsaBits) : EVP_EC_gen("P-256"));
    if (!key) return openssl_error("make a key");
    return key;
}

Result<Wiped> to_pem(evp_pkey_st* key) {
    const auto out = memory();
    if (PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return openssl_error("write a key");
    return Wiped(take_all(out.get()));
}

Result<std::string> to_pem(x509_st* certificate) {
    const auto out = memory();
    if (PEM_write_bio_X509(out.get(), certificate) != 1) return openssl_error("write a certificate");
    return take_all(out.get());
}

Result<Wiped> make_self_signed(evp_pkey_st* key, const std::vector<std::string>& names, Instant from,
                               Instant until) {
    begin_openssl();
    const Handle<x509_st> certificate(X509_new());
    if (!certificate || !fill_in(certificate.get(), key, names, from, until) ||
        X509_sign(certificate.get(), key, EVP_sha256()) == 0)
        return openssl_error("make a certificate");
    POSTERN_ASSIGN(Wiped pem, to_pem(key));
    POSTERN_ASSIGN(const std::string text, to_pem(certificate.get()));
    Wiped both(std::string(pem.view()) + text);
    return both;
}

Result<std::string> make_request(evp_pkey_st* key, const std::vector<std::string>& names) {
    begin_openssl();
    const Handle<X509_req_st> request(X509_REQ_new());
    if (!request || !fill_in(request.get(), key, names) ||
        X509_REQ_sign(request.get(), key, EVP_sha256()) == 0)
        return openssl_error("make a request");
    const auto out = memory();
    if (PEM_write_bio_X509_REQ(out.get(), request.get()) != 1) return openssl_error("write a request");
    return take_all(out.get());
}

}  // namespace postern::tls
