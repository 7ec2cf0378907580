// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>

#include "accounts/options.hpp"
#include "mail/address.hpp"
#include "support/memory_files.hpp"

namespace postern::test {

/// example.org with alice, an alias and a postmaster, in memory.
struct Userland {
    MemoryFiles files;
    accounts::Options options{.domains_directory = "domains",
                              .passwords_directory = "secrets/passwords",
                              .relay_hosts_file = "relay-hosts"};

    Userland() {
        files.make_directories("secrets");
        put("alice.account", "{}");
        put("ringo.alias", "alice\nbob@example.net\n");
        put("postmaster.account", "{}");
    }
    void put(const std::string& name, std::string content) {
        files.put("domains/example.org/" + name, std::move(content));
    }
};

inline mail::Domain domain(const char* text) { return mail::Domain::parse(text).value(); }
inline mail::Address address(const char* text) { return mail::Address::parse(text).value(); }

}  // namespace postern::test
