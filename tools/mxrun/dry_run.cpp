// SPDX-License-Identifier: BSD-2-Clause
#include "dry_run.hpp"

#include <iostream>
#include <string>

#include "accounts/file_accounts.hpp"
#include "base/escape.hpp"
#include "relay/rehearsal.hpp"
#include "sys/random.hpp"

namespace postern::tools {

namespace {

struct LinesOfWay {
    std::string operator()(const std::vector<relay::NextHop>& hops) const {
        std::string lines;
        for (const auto& hop : hops) lines += "    " + hop.to_string() + "\n";
        return lines;
    }
    std::string operator()(const relay::Outcome& outcome) const {
        const bool is_final = outcome.kind == spool::Outcome::Kind::failed;
        return std::string(is_final ? "    fails: " : "    is deferred: ") + outcome.status + " " +
               outcome.reason + "\n";
    }
    std::string operator()(const relay::Prospect::BackToDeliver&) const {
        return "    goes back to deliver\n";
    }
};

std::string text_of(const relay::Prospect& prospect) {
    const bool is_at_once = !prospect.due;
    std::string text = prospect.id.text() + " due " +
                       (is_at_once ? "now" : format_rfc3339(*prospect.due, Precision::seconds)) + "\n";
    for (const auto& part : prospect.parts) {
        text += " ";
        for (const auto& recipient : part.recipients) text += " " + escape_octets(recipient.to_string());
        text += "\n" + std::visit(LinesOfWay(), part.way);
    }
    return text;
}

}  // namespace

Status dry_run(const Startup& startup, const relay::Selection& selection, dns::Resolver& resolver) {
    const auto& config = startup.config;
    const spool::Layout layout(config.directories.spool);
    const runner::Tools tools{*startup.files, layout, *startup.clock, *startup.log};
    const accounts::FileAccounts accounts(*startup.files, config.accounts);
    sys::SystemRandomness randomness;
    const relay::Router router(resolver, randomness, config.relay);
    return relay::rehearse(
        {tools, accounts, router, config.relay, config.runner.filter}, selection,
        [](const relay::Prospect& prospect) { std::cout << text_of(prospect) << std::flush; });
}

}  // namespace postern::tools
