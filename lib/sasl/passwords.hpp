// SPDX-License-Identifier: BSD-2-Clause
// The mechanisms that send the password itself.
#pragma once

#include <optional>

#include "sasl/exchange.hpp"

namespace postern::sasl {

/// RFC 4616: [authzid] NUL authcid NUL passwd.
class Plain final : public Exchange {
public:
    Step start() override { return Challenge{}; }
    Step respond(std::string_view response) override;
};

/// The name and the password, each asked for; some clients send the name at once.
class Login final : public Exchange {
public:
    Step start() override { return Challenge{"Username:"}; }
    Step respond(std::string_view response) override;

private:
    std::optional<std::string> user_;
};

}  // namespace postern::sasl
