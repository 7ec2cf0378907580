// SPDX-License-Identifier: BSD-2-Clause
#include "tls/engine.hpp"

#include <array>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace postern::tls {

namespace {

constexpr std::string_view kExporterLabel = "EXPORTER-Channel-Binding";  // RFC 9266 §2
constexpr std::size_t kExporterOctets = 32;

/// RFC 9266 §3: before TLS 1.3 it is unique only with the extended master secret (RFC 7627).
std::string exporter_of(ssl_st* connection) {
    if (SSL_version(connection) < TLS1_3_VERSION && SSL_get_extms_support(connection) != 1) return {};
    std::array<unsigned char, kExporterOctets> octets{};
    const bool exported =
        SSL_export_keying_material(connection, octets.data(), octets.size(), kExporterLabel.data(),
                                   kExporterLabel.size(), octets.data(), 0, 1) == 1;
    return exported ? std::string(octets.begin(), octets.end()) : std::string();
}

/// RFC 5929 §4.1: the digest of the certificate's own signature, but none weaker than SHA-256.
const evp_md_st* digest_for(const x509_st* certificate) {
    int digest = NID_undef;
    OBJ_find_sigid_algs(X509_get_signature_nid(certificate), &digest, nullptr);
    if (digest == NID_md5 || digest == NID_sha1 || digest == NID_undef) return EVP_sha256();
    return EVP_get_digestbynid(digest);
}

std::string end_point_of(const ssl_st* connection) {
    const x509_st* const certificate = SSL_is_server(connection) == 1 ? SSL_get_certificate(connection)
                                                                      : SSL_get0_peer_certificate(connection);
    if (certificate == nullptr) return {};
    std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
    unsigned count = 0;
    if (X509_digest(certificate, digest_for(certificate), octets.data(), &count) != 1) return {};
    return {octets.begin(), octets.begin() + count};
}

/// Reasons for which no later handshake goes otherwise. The other side's own troubles are none of them.
bool is_lasting(int reason) {
    switch (reason) {
        case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
        case SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY:
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_NO_SHARED_CIPHER:
        case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
        case SSL_R_DH_KEY_TOO_SMALL: return true;
        default: return false;
    }
}

/// A certificate that is renewed late, or a clock that is wrong.
bool is_a_matter_of_time(long verdict) {
    return verdict == X509_V_ERR_CERT_HAS_EXPIRED || verdict == X509_V_ERR_CERT_NOT_YET_VALID;
}

std::string text_or_nothing(const char* text) { return text != nullptr ? text : ""; }

}  // namespace

Engine::Engine(Handle<ssl_st> connection)
    : connection_(std::move(connection)), input_(memory().release()), output_(memory().release()) {
    SSL_set_bio(connection_.get(), input_, output_);
}

void Engine::receive(std::string_view octets) {
    std::size_t written = 0;
    if (!octets.empty()) BIO_write_ex(input_, octets.data(), octets.size(), &written);
}

Engine::State Engine::proceed() {
    if (state_ != State::handshake) return state_;
    ERR_clear_error();
    const int done_so_far = SSL_do_handshake(connection_.get());
    if (done_so_far == 1)
        state_ = State::open;
    else if (SSL_get_error(connection_.get(), done_so_far) != SSL_ERROR_WANT_READ)
        fail("TLS handshake");
    return state_;
}

std::size_t Engine::read(std::span<char> into) {
    if (state_ != State::open) return 0;
    ERR_clear_error();
    std::size_t count = 0;
    if (SSL_read_ex(connection_.get(), into.data(), into.size(), &count) == 1) return count;
    switch (SSL_get_error(connection_.get(), 0)) {
        case SSL_ERROR_WANT_READ: break;
        case SSL_ERROR_ZERO_RETURN: state_ = State::closed; break;
        default: fail("TLS");
    }
    return 0;
}

void Engine::write(std::string_view text) {
    if (text.empty() || (state_ != State::open && state_ != State::closed)) return;
    ERR_clear_error();
    std::size_t written = 0;
    if (SSL_write_ex(connection_.get(), text.data(), text.size(), &written) != 1) fail("TLS");
}

void Engine::close() {
    if (state_ != State::open && state_ != State::closed) return;
    ERR_clear_error();
    (void)SSL_shutdown(connection_.get());
}

void Engine::fail(std::string_view doing) {
    state_ = State::failed;
    const Fault fault = is_lasting(ERR_GET_REASON(ERR_peek_error())) ? Fault::permanent : Fault::temporary;
    const std::string trouble = openssl_error(doing).what();
    const bool is_verified = SSL_get_verify_mode(connection_.get()) != SSL_VERIFY_NONE;
    const long verdict = SSL_get_verify_result(connection_.get());
    if (!is_verified || verdict == X509_V_OK)
        trouble_.emplace(fault, trouble);
    else
        trouble_.emplace(is_a_matter_of_time(verdict) ? Fault::temporary : Fault::permanent,
                         trouble + " (" + X509_verify_cert_error_string(verdict) + ')');
}

Facts Engine::facts() const {
    ssl_st* const connection = connection_.get();
    return {.protocol = SSL_get_version(connection),
            .cipher = text_or_nothing(SSL_CIPHER_standard_name(SSL_get_current_cipher(connection))),
            .server_name = text_or_nothing(SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name)),
            .exporter = exporter_of(connection),
            .end_point = end_point_of(connection)};
}

}  // namespace postern::tls
