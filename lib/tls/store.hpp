// SPDX-License-Identifier: BSD-2-Clause
// The directory of certificates (postern-userland(5)): NAME.ecdsa.pem and NAME.rsa.pem, each a certificate,
// those that lead to its authority, and its private key in one file, so that one rename replaces them
// together. NAME is what a client asks for (SNI); "*.example.org" is written %2A.example.org.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "sys/file_system.hpp"
#include "tls/wiped.hpp"

namespace postern::tls {

/// Kinds of keys that a name may have beside each other; what a client prefers, it gets.
inline constexpr std::array<std::string_view, 2> kKeyKinds{"ecdsa", "rsa"};

std::string certificate_path(const std::string& directory, std::string_view name, std::string_view kind);

/// The files of one name.
struct Found {
    std::vector<Wiped> usable = {};    ///< as PEM
    std::vector<Error> unusable = {};  ///< why, each with its path; empty, too, when there is no file
};

class Store {
public:
    Store(sys::FileSystem& files, std::string directory) : files_(files), directory_(std::move(directory)) {}

    /// The files of a name, or else of a wildcard that it fits. Without OpenSSL: what is found may still turn
    /// out not to work.
    Found find_for(std::string_view server_name, Instant now) const;

private:
    Found find(std::string_view name, Instant now) const;

    sys::FileSystem& files_;
    std::string directory_;
};

}  // namespace postern::tls
