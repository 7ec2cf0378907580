// SPDX-License-Identifier: BSD-2-Clause
#include "sasl/passwords.hpp"

#include "sasl/prepare.hpp"

namespace postern::sasl {

namespace {

/// RFC 4616 §2: what cannot be prepared, or is empty then, is no name and no password.
Step claim(std::string_view acts_for, std::string_view user, std::string_view password) {
    auto name = prepare(user), other = prepare(acts_for), secret = prepare(password);
    if (!name || !other || !secret || name->empty() || secret->empty()) return Malformed{};
    return Claim{{*std::move(name), *std::move(other)}, Secret(*std::move(secret))};
}

}  // namespace

Step Plain::respond(std::string_view response) {
    const auto first = response.find('\0');
    if (first == std::string_view::npos) return Malformed{};
    const auto second = response.find('\0', first + 1);
    if (second == std::string_view::npos) return Malformed{};
    return claim(response.substr(0, first), response.substr(first + 1, second - first - 1),
                 response.substr(second + 1));
}

Step Login::respond(std::string_view response) {
    if (user_) return claim("", *user_, response);
    user_ = response;
    return Challenge{"Password:"};
}

}  // namespace postern::sasl
