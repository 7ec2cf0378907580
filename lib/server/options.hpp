// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "server/kick_hosts.hpp"
#include "smtp/service_rules.hpp"
#include "smtp/session_facts.hpp"

namespace postern::server {

struct Options {
    std::string hostname;                                       ///< server.hostname
    std::vector<IpNetwork> proxies = {};                        ///< server.proxies
    smtp::ServiceTable services = smtp::kServices;              ///< services.NAME.*
    std::chrono::seconds longest_hold = std::chrono::days(31);  ///< smtp.future_release; 0 = holds nothing
    /// spool.reserve: octets of disk that no session may use up; runners still have to write.
    std::uint64_t reserve = 8'388'608;
    smtp::SessionLimits limits;          ///< limits.message_size, .recipients, .bad_commands, .hops
    smtp::ValidationOptions validation;  ///< validation.*
    smtp::Pipelining pipelining = smtp::Pipelining::any;               ///< smtp.pipelining
    std::vector<IpNetwork> xclient_from = {};                          ///< smtp.xclient_from
    std::vector<IpNetwork> bare_newline_from = {};                     ///< smtp.bare_newline_from
    std::chrono::milliseconds early_talker{0};                         ///< smtp.early_talker
    std::chrono::milliseconds content_idle = std::chrono::minutes(5);  ///< limits.content_idle
    std::uint64_t minimum_rate = 100;                                  ///< limits.minimum_rate
    std::chrono::milliseconds rate_window = std::chrono::minutes(5);   ///< limits.rate_window
    std::chrono::milliseconds command_timeout =
        std::chrono::minutes(5);  ///< limits.idle; RFC 5321 §4.5.3.2.7
    std::chrono::milliseconds session =
        std::chrono::hours(1);    ///< limits.session: the longest a session may last
    unsigned logins_at_once = 4;  ///< auth.concurrent: argon2id hashes being computed
    std::chrono::milliseconds login_wait = std::chrono::seconds(10);  ///< auth.wait: for one of them
    std::vector<KickHost> kick_hosts = {};                            ///< kick.hosts
};

}  // namespace postern::server
