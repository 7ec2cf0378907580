// SPDX-License-Identifier: BSD-2-Clause
// SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, 7677): the client shows that it knows the password, the
// server that it knows the keys, and neither tells the other what it knows.
//
//   client-first --> FindKeys, take() --> server-first --> client-final --> server-final --> "" --> Claim
//   A wrong proof is claimed at once, without a server-final.
#pragma once

#include "sasl/exchange.hpp"

namespace postern::sasl {

class Scram final : public Exchange {
public:
    enum class Bound { no, yes };  ///< yes = -PLUS

    Scram(Bound bound, ChannelBindings bindings) : bound_(bound), bindings_(std::move(bindings)) {}

    Step start() override { return Challenge{}; }
    Step respond(std::string_view response) override;
    Step take(FoundKeys found) override;

private:
    enum class Waits { for_first, for_keys, for_final, for_consent };

    Step read_first(std::string_view message);
    bool accept_binding(std::string_view flag);
    Step read_final(std::string_view message);
    bool is_right(std::string_view proof, std::string_view auth_message) const;

    Bound bound_;
    ChannelBindings bindings_;
    Waits waits_ = Waits::for_first;
    Identity who_;
    std::string channel_input_;  ///< what "c=" must say: the GS2 header and the binding's data
    std::string client_first_bare_;
    std::string client_nonce_;
    std::string nonce_;
    std::string server_first_;
    ScramKeys keys_;
};

}  // namespace postern::sasl
