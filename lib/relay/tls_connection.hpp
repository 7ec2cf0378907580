// SPDX-License-Identifier: BSD-2-Clause
// A connection that goes on in TLS.
#pragma once

#include <memory>
#include <string>

#include "relay/transport.hpp"
#include "tls/engine.hpp"

namespace postern::relay {

struct Encrypted {
    std::unique_ptr<Connection> connection;
    std::string description;  ///< "TLSv1.3 TLS_AES_256_GCM_SHA384"
};

/// The handshake, all of it before the deadline. After an Error the connection is gone; Fault::permanent: the
/// two do not come together, and would not at another time.
Task<Result<Encrypted>> start_tls(std::unique_ptr<Connection> plain, tls::Engine engine,
                                  sys::Deadline deadline);

}  // namespace postern::relay
