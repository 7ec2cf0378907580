// SPDX-License-Identifier: BSD-2-Clause
// What is delivered here, and how.
#include "config/field_tables.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

constexpr Field kLocalFields[] = {
    {"local.default_domain",
     Type::domain,
     "",
     {},
     "Domain of a recipient without one, such as RCPT TO:<postmaster>",
     [](const Value& v, Config& c) { c.accounts.default_domain = mail::Domain::parse(v.text); }},
};

}  // namespace

std::span<const Field> local_fields() { return kLocalFields; }

}  // namespace postern::config
