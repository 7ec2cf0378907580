// SPDX-License-Identifier: BSD-2-Clause
#include "tls/inspect.hpp"

#include <algorithm>
#include <ctime>

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/ascii.hpp"
#include "tls/identity.hpp"
#include "tls/make.hpp"

namespace postern::tls {

namespace {

Instant to_instant(const ASN1_TIME* time) {
    std::tm parts{};
    ASN1_TIME_to_tm(time, &parts);
    return Instant(std::chrono::seconds(timegm(&parts)));
}

std::vector<std::string> names_of(const X509* certificate) {
    std::vector<std::string> names;
    auto* const all =
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(all); ++i) {
        const GENERAL_NAME* const each = sk_GENERAL_NAME_value(all, i);
        if (each->type != GEN_DNS) continue;
        const auto* const text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(each->d.dNSName));
        names.push_back(ascii::lower({text, static_cast<std::size_t>(ASN1_STRING_length(each->d.dNSName))}));
    }
    GENERAL_NAMES_free(all);
    return names;
}

std::string issuer_of(const X509* certificate) {
    X509_NAME* const issuer = X509_get_issuer_name(certificate);
    std::string text(256, '\0');
    const int length = X509_NAME_get_text_by_NID(issuer, NID_commonName, text.data(), 256);
    if (length > 0) return text.substr(0, static_cast<std::size_t>(length));
    const auto out = memory();
    X509_NAME_print_ex(out.get(), issuer, 0, XN_FLAG_RFC2253);
    return take_all(out.get());
}

std::string kind_of(const EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "EC") == 1) return "ecdsa";
    return EVP_PKEY_is_a(key, "RSA") == 1 ? "rsa" : "";
}

std::string description_of(const EVP_PKEY* key) {
    std::string group(64, '\0');
    std::size_t length = 0;
    if (EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) == 1) {
        group.resize(length);
        return group == "prime256v1" ? "P-256" : group;
    }
    const char* const type = EVP_PKEY_get0_type_name(key);
    return std::string(type != nullptr ? type : "unknown") + ' ' + std::to_string(EVP_PKEY_get_bits(key));
}

}  // namespace

Result<CertificateInfo> inspect_certificate(std::string_view pem) {
    begin_openssl();
    POSTERN_ASSIGN(const auto certificates, parse_certificates(pem));
    X509* const first = certificates.front().get();
    const EVP_PKEY* const key = X509_get0_pubkey(first);
    if (key == nullptr) return openssl_error("certificate", Fault::configuration);
    return CertificateInfo{.names = names_of(first),
                           .issuer = issuer_of(first),
                           .is_self_signed = X509_self_signed(first, 0) == 1,
                           .not_before = to_instant(X509_get0_notBefore(first)),
                           .not_after = to_instant(X509_get0_notAfter(first)),
                           .key_kind = kind_of(key),
                           .key = description_of(key)};
}

bool is_for(const CertificateInfo& certificate, std::string_view name) {
    const auto dot = std::min(name.find('.'), name.size());
    return std::ranges::any_of(certificate.names, [&](std::string_view each) {
        if (each.starts_with("*.")) return ascii::equals_ignoring_case(each.substr(1), name.substr(dot));
        return ascii::equals_ignoring_case(each, name);
    });
}

Result<Wiped> put_together(std::string_view certificates, std::string_view key) {
    begin_openssl();
    POSTERN_ASSIGN(auto chain, parse_certificates(certificates));
    POSTERN_ASSIGN(const auto private_key, parse_private_key(key));
    if (X509_check_private_key(chain.front().get(), private_key.get()) != 1) {
        (void)openssl_error("");
        return Error(Fault::configuration, "the key does not belong to the certificate");
    }
    std::string text;
    for (const auto& each : chain) {
        POSTERN_ASSIGN(const std::string more, to_pem(each.get()));
        text += more;
    }
    POSTERN_ASSIGN(const Wiped key_text, to_pem(private_key.get()));
    return Wiped(std::string(key_text.view()) + text);
}

}  // namespace postern::tls
