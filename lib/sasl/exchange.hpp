// SPDX-License-Identifier: BSD-2-Clause
// The server's side of a SASL exchange (RFC 4422) as a machine: responses of the client go in, steps come
// out. It knows no account and keeps no clock; whoever drives it finds the keys it asks for and judges the
// claim in which every exchange ends that was not malformed. Responses and challenges are octets; base64 is
// the matter of the protocol around it. Of passwords nothing is left in memory when it ends.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/secret.hpp"
#include "sasl/mechanism.hpp"

namespace postern::sasl {

/// Who logs in, as he says. Both are prepared (prepare.hpp).
struct Identity {
    std::string user;           ///< whose password it is; the authentication identity
    std::string acts_for = {};  ///< the authorization identity; "" = himself
};

/// Say this, and give the answer to respond().
struct Challenge {
    std::string text;
};

/// Find what is stored for this user, and give it to take(). Nobody may learn by it whether he exists.
struct FindKeys {
    Identity who;
};

/// Whether the client has shown that it knows the password, without sending it.
enum class Proof { right, wrong };
using Evidence = std::variant<Secret, Proof>;

/// The end: this is who he says he is, and why he is to be believed.
struct Claim {
    Identity who;
    Evidence evidence;
};

/// The end: that was no message of the mechanism.
struct Malformed {};

using Step = std::variant<Challenge, FindKeys, Claim, Malformed>;

/// What is stored for SCRAM instead of a password (RFC 5802 §3), and the server's part of this exchange.
struct ScramKeys {
    std::string salt;
    std::uint32_t iterations = 0;
    std::string stored_key;
    std::string server_key;
};
struct FoundKeys {
    ScramKeys keys;
    std::string nonce;  ///< printable, without commas; foreseen by nobody
};

class Exchange {
public:
    virtual ~Exchange() = default;
    /// The client has sent no initial response.
    virtual Step start() = 0;
    virtual Step respond(std::string_view response) = 0;
    /// The answer to FindKeys.
    virtual Step take(FoundKeys found);
};

std::unique_ptr<Exchange> begin(Mechanism mechanism, const ChannelBindings& bindings);

}  // namespace postern::sasl
