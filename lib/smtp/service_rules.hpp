// SPDX-License-Identifier: BSD-2-Clause
// What a service (--service NAME) asks of its clients, lets them do, and does for them. The services that
// have a name of their own, with their defaults, are one table; services.NAME.* changes a row of it.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "smtp/dialect.hpp"

namespace postern::smtp {

/// How a client is known.
enum class Clients { by_address, by_user };  ///< by_user: of this machine, at a unix socket

/// Whether a session may, or must, begin TLS by STARTTLS; `implicit`: it is spoken from the first octet on.
enum class Tls { off, offered, required, implicit };

struct ServiceRules {
    Dialect dialect = Dialect::smtp;
    Clients clients = Clients::by_address;
    bool requires_login = false;  ///< MAIL only from a known user, or a host in relay-hosts
    bool own_senders = false;     ///< a known user may send only from addresses that are his own
    bool relays = true;           ///< takes recipients elsewhere, from who may relay
    Tls tls = Tls::offered;
    bool repairs = false;  ///< adds a Date and a Message-ID where there is none (RFC 6409 §8)
    bool auth = false;     ///< offers AUTH, under TLS or to users of this machine
};

struct Service {
    std::string_view name;
    ServiceRules rules;
};

using ServiceTable = std::array<Service, 5>;

inline constexpr ServiceTable kServices{{
    {"smtp", {}},
    {"submission", {.requires_login = true, .own_senders = true, .repairs = true, .auth = true}},
    {"submissions",
     {.requires_login = true, .own_senders = true, .tls = Tls::implicit, .repairs = true, .auth = true}},
    {"local",
     {.clients = Clients::by_user,
      .requires_login = true,
      .own_senders = true,
      .tls = Tls::off,
      .repairs = true,
      .auth = true}},
    {"lmtp", {.dialect = Dialect::lmtp, .relays = false}},
}};

/// Any other name is another smtp.
inline const ServiceRules& rules_of(const ServiceTable& table, std::string_view name) {
    const auto named = std::ranges::find(table, name, &Service::name);
    return named == table.end() ? table.front().rules : named->rules;
}

}  // namespace postern::smtp
