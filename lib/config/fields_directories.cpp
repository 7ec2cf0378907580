// SPDX-License-Identifier: BSD-2-Clause
// Where everything lies.
#include "config/field_tables.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

constexpr Field kDirectoriesFields[] = {
    {"directories.domains",
     Type::path,
     "domains",
     {},
     "Domains, accounts and aliases",
     [](const Value& v, Config& c) { c.directories.domains = v.text; }},
    {"directories.secrets",
     Type::path,
     "secrets",
     {},
     "By what users can log in",
     [](const Value& v, Config& c) { c.directories.secrets = v.text; }},
    {"directories.mail",
     Type::path,
     "mail",
     {},
     "Mailboxes: DOMAIN/USER/ are Maildirs",
     [](const Value& v, Config& c) { c.directories.mail = v.text; }},
    {"directories.spool",
     Type::path,
     "spool",
     {},
     "Mail on its way; all of it on one file system",
     [](const Value& v, Config& c) { c.directories.spool = v.text; }},
    {"directories.state",
     Type::path,
     "state",
     {},
     "What must survive a restart beside mail",
     [](const Value& v, Config& c) { c.directories.state = v.text; }},
    {"directories.templates",
     Type::path,
     "templates",
     {},
     "Words of reports to senders, where the built-in ones are not to be used",
     [](const Value& v, Config& c) { c.directories.templates = v.text; }},
    {"directories.tls",
     Type::path,
     "tls",
     {},
     "Certificates and their private keys",
     [](const Value& v, Config& c) { c.directories.tls = v.text; }},
    {"directories.log",
     Type::path,
     "log",
     {},
     "Log files",
     [](const Value& v, Config& c) { c.directories.log = v.text; }},
    {"directories.run",
     Type::path,
     "run",
     {},
     "What need not survive a restart",
     [](const Value& v, Config& c) { c.directories.run = v.text; }},
};

}  // namespace

std::span<const Field> directories_fields() { return kDirectoriesFields; }

}  // namespace postern::config
