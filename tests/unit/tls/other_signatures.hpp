// SPDX-License-Identifier: BSD-2-Clause
// Certificates whose signatures Postern makes none of, with their keys; good for a hundred years. Made by
//   openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=mx.example.org -days 36500
// and -sha1 or -sha384.
#pragma once

#include <string_view>

namespace postern::test {

inline constexpr std::string_view kSignedBySha1 =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdVlPrwKUSSuzZ7xe\n"
    "PFcGi51Q8wIe8gbzLEMKHjdqOO6hRANCAAR5ou9nCpjMTNivTAfX2pVxrrTGQ9Rj\n"
    "lSl1IE9YWDGyeHOdXyZ4ySHmxHAL3h9IbplGUl1FMiLjNF+9WYA0Q1vv\n"
    "-----END PRIVATE KEY-----\n"
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBhzCCAS6gAwIBAgIUH1TD2QEtX1sKwSH1x/9MK9OfQH0wCQYHKoZIzj0EATAZ\n"
    "MRcwFQYDVQQDDA5teC5leGFtcGxlLm9yZzAgFw0yNjExMjYxMzIzNDdaGA8yMTI2\n"
    "MTEwMjEzMjM0N1owGTEXMBUGA1UEAwwObXguZXhhbXBsZS5vcmcwWTATBgcqhkjO\n"
    "PQIBBggqhkjOPQMBBwNCAAR5ou9nCpjMTNivTAfX2pVxrrTGQ9RjlSl1IE9YWDGy\n"
    "eHOdXyZ4ySHmxHAL3h9IbplGUl1FMiLjNF+9WYA0Q1vvo1MwUTAdBgNVHQ4EFgQU\n"
    "oUeU3z54M6N7MsZKfVfLoRbb22YwHwYDVR0jBBgwFoAUoUeU3z54M6N7MsZKfVfL\n"
    "oRbb22YwDwYDVR0TAQH/BAUwAwEB/zAJBgcqhkjOPQQBA0gAMEUCIDKTLqpxLCQb\n"
    "VT4ThCr3iNOkZHLBd9WiPUVnnxAcgdA6AiEA3WjspAGrUJwRFoMyrDTIYV+8Ukjg\n"
    "shaokoLotGvVjxU=\n"
    "-----END CERTIFICATE-----\n";

inline constexpr std::string_view kSignedBySha384 =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFscCO0Rkzg6UOzNR\n"
    "eLnWvcTrqHR0GoF5vp+I5iXu0VGhRANCAATNhLpRqvFXCevfU7QO0+881fFeVbQL\n"
    "oKqalJKlLkRIRRsSGga9PjtHCLax5A5QmUTXOXE8eOhG2PApYHQGjsIJ\n"
    "-----END PRIVATE KEY-----\n"
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBiTCCAS+gAwIBAgIUbq6jvYqLyCwPOIw4h6cedLPkl6kwCgYIKoZIzj0EAwMw\n"
    "GTEXMBUGA1UEAwwObXguZXhhbXBsZS5vcmcwIBcNMjYxMTI2MTMyMzQ3WhgPMjEy\n"
    "NjExMDIxMzIzNDdaMBkxFzAVBgNVBAMMDm14LmV4YW1wbGUub3JnMFkwEwYHKoZI\n"
    "zj0CAQYIKoZIzj0DAQcDQgAEzYS6UarxVwnr31O0DtPvPNXxXlW0C6CqmpSSpS5E\n"
    "SEUbEhoGvT47Rwi2seQOUJlE1zlxPHjoRtjwKWB0Bo7CCaNTMFEwHQYDVR0OBBYE\n"
    "FIDrdZMZU2FYtrQ7yo88ywkkS2QaMB8GA1UdIwQYMBaAFIDrdZMZU2FYtrQ7yo88\n"
    "ywkkS2QaMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwMDSAAwRQIgL/OSq8TH\n"
    "lbCBzdCmHMDfO6/ulUSSUrG6SUu6q8ifER4CIQCoqMTTriswvTa8iHFDEDVxKWZW\n"
    "VFkh24Xu1RACXDFo0w==\n"
    "-----END CERTIFICATE-----\n";

}  // namespace postern::test
