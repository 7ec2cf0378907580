// SPDX-License-Identifier: BSD-2-Clause
// smtpctl relay add: a host that may send anywhere.
#include "commands.hpp"
#include "relay_host_ending.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

Ending run(const std::string& text, Toolbox& tools) {
    POSTERN_ASSIGN(const accounts::RelayHost host, parse_relay_host(text));
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    return relay_host_ending(editor.add_relay_host(host), host);
}

}  // namespace

void add_relay_add(const Command& relay, Toolbox& tools) {
    auto host = std::make_shared<std::string>();
    const Command command = relay.add_subcommand("add", "Let a host send anywhere without a password");
    command.add_option("HOST", *host, "An IP address, a range (192.0.2.0/24) or a host name").required();
    command.describe("smtpctl relay add 192.0.2.0/24", {65, 75, 77, 78});
    command.callback([host, &tools] { tools.ending = run(*host, tools); });
}

}  // namespace postern::smtpctl
