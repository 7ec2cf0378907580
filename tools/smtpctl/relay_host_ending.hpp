// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>

#include "accounts/relay_hosts.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

inline Result<accounts::RelayHost> parse_relay_host(const std::string& text) {
    auto host = accounts::parse_relay_host(text);
    if (host) return *std::move(host);
    return Error(Fault::permanent,
                 "'" + printable(text) +
                     "' is neither an address, a range such as 192.0.2.0/24 (host bits zero) "
                     "nor a host name");
}

inline Ending relay_host_ending(const Result<accounts::Edited>& edited, const accounts::RelayHost& host) {
    if (!edited) return edited.error();
    if (*edited == accounts::Edited::done) return done;
    if (*edited == accounts::Edited::already_there)
        return {status::bad_value, accounts::to_string(host) + " stands in relay-hosts already"};
    return {status::no_such_user, accounts::to_string(host) + " does not stand in relay-hosts"};
}

}  // namespace postern::smtpctl
