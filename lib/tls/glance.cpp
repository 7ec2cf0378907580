// SPDX-License-Identifier: BSD-2-Clause
#include "tls/glance.hpp"

#include <optional>

#include "tls/der_reader.hpp"
#include "tls/pem.hpp"

namespace postern::tls {

namespace {

constexpr std::string_view kRsa = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";  // 1.2.840.113549.1.1.1
constexpr std::string_view kEcdsa = "\x2a\x86\x48\xce\x3d\x02\x01";        // 1.2.840.10045.2.1

/// Of RFC 5280 §4.1, what matters here.
struct Certificate {
    Instant not_before{};
    Instant not_after{};
    std::string_view algorithm;   ///< of its key
    std::string_view public_key;  ///< the bits of subjectPublicKey
};

/// RFC 5280 §4.1.2.5: of a UTCTime the year has two digits, and 50 is 1950.
std::optional<Instant> read_time(const std::optional<DerElement>& element) {
    if (!element) return std::nullopt;
    std::string digits(element->content);
    if (element->tag == kUtcTime && digits.size() >= 2) digits.insert(0, digits[0] >= '5' ? "19" : "20");
    if (digits.size() != 15) return std::nullopt;
    return parse_rfc3339(digits.substr(0, 4) + '-' + digits.substr(4, 2) + '-' + digits.substr(6, 2) + 'T' +
                         digits.substr(8, 2) + ':' + digits.substr(10, 2) + ':' + digits.substr(12, 3));
}

/// The content of a BIT STRING of whole octets; "" for any other.
std::string_view octets_of_bits(std::optional<std::string_view> bits) {
    return bits && bits->starts_with('\0') ? bits->substr(1) : std::string_view();
}

std::optional<Certificate> read_certificate(std::string_view der) {
    DerReader fields = DerReader(der).enter().enter();  // TBSCertificate
    fields.take(kExplicit0);                            // version
    fields.take(kInteger);                              // serial number
    fields.enter();                                     // signature
    fields.enter();                                     // issuer
    DerReader validity = fields.enter();
    const auto not_before = read_time(validity.next());
    const auto not_after = read_time(validity.next());
    fields.enter();  // subject
    DerReader key = fields.enter();
    const auto algorithm = key.enter().take(kObjectIdentifier);
    const auto bits = octets_of_bits(key.take(kBitString));
    if (!not_before || !not_after || !algorithm || bits.empty()) return std::nullopt;
    return Certificate{*not_before, *not_after, *algorithm, bits};
}

/// The fields of RSAPrivateKey (RFC 8017) or ECPrivateKey (RFC 5915), which PKCS #8 (RFC 5208) wraps; behind
/// its version. Nothing when it is neither.
std::optional<DerReader> read_private_key(std::string_view der) {
    DerReader fields = DerReader(der).enter();
    if (!fields.take(kInteger)) return std::nullopt;
    if (!fields.take(kSequence)) return fields;
    const auto inner = fields.take(kOctetString);
    return inner ? read_private_key(*inner) : std::nullopt;
}

bool fits_rsa(DerReader key, std::string_view public_key) {
    return key.take(kInteger) == DerReader(public_key).enter().take(kInteger);  // the modulus
}

/// The public key is optional in a private one.
bool fits_ecdsa(DerReader key, std::string_view public_key) {
    if (!key.take(kOctetString)) return false;  // a key of another kind
    key.take(kExplicit0);
    const auto own = key.take(kExplicit1);
    return !own || octets_of_bits(DerReader(*own).take(kBitString)) == public_key;
}

Error wrong(std::string what) { return {Fault::configuration, std::move(what)}; }

Status check_key(std::string_view der, const Certificate& certificate) {
    const bool is_rsa = certificate.algorithm == kRsa;
    if (!is_rsa && certificate.algorithm != kEcdsa) return done;
    const auto key = read_private_key(der);
    if (!key) return wrong("its private key cannot be read; it must have no pass phrase");
    const bool fits =
        is_rsa ? fits_rsa(*key, certificate.public_key) : fits_ecdsa(*key, certificate.public_key);
    return fits ? Status(done) : wrong("its private key belongs to another certificate");
}

Status check_validity(const Certificate& certificate, Instant now) {
    if (now < certificate.not_before)
        return wrong("not valid before " + format_rfc3339(certificate.not_before, Precision::seconds));
    if (now > certificate.not_after)
        return wrong("expired on " + format_rfc3339(certificate.not_after, Precision::seconds));
    return done;
}

}  // namespace

Status check_at_a_glance(std::string_view pem, Instant now) {
    const auto der = find_pem_block(pem, "CERTIFICATE");
    if (!der) return wrong("has no certificate");
    const auto certificate = read_certificate(der->view());
    if (!certificate) return wrong("its certificate cannot be read");
    const auto key = find_pem_block(pem, "PRIVATE KEY");
    if (!key) return wrong("has no private key");
    POSTERN_TRY(check_key(key->view(), *certificate));
    return check_validity(*certificate, now);
}

}  // namespace postern::tls
