// SPDX-License-Identifier: BSD-2-Clause
// TLS, as server and as client.
#include "config/field_tables.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

constexpr Field kTlsFields[] = {
    {"tls.minimum",
     Type::tls_version,
     "1.2",
     {},
     "The oldest version of TLS that is spoken",
     [](const Value& v, Config& c) { c.tls.minimum = to_tls_version(v); }},
    {"tls.ciphers",
     Type::ciphers,
     tls::kIntermediateCiphers,
     {},
     "Ciphers of TLS 1.2; those of TLS 1.3 are all good",
     [](const Value& v, Config& c) { c.tls.ciphers = v.text; }},
    {"tls.authorities",
     Type::file,
     "/etc/ssl/certs/ca-certificates.crt",
     {},
     "Certificates of those whose word counts for other hosts, where TLS is required",
     [](const Value& v, Config& c) { c.tls.authorities = v.text; }},
};

}  // namespace

std::span<const Field> tls_fields() { return kTlsFields; }

}  // namespace postern::config
