// SPDX-License-Identifier: BSD-2-Clause
// smtpctl relay list: who may send anywhere without a password.
#include "accounts/lines.hpp"
#include "commands.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    const std::string& path = config.accounts.relay_hosts_file;
    const auto text = sys::read_whole_file(tools.files, path);
    if (text.failed_with(Fault::not_found)) return done;
    if (!text) return text.error();
    POSTERN_TRY(accounts::RelayHosts::parse(*text, path));  // a session would refuse the file as a whole
    POSTERN_TRY(accounts::for_each_line(*text, [&](std::string_view host, std::size_t) -> Status {
        if (json)
            tools.print_json(
                [&](JsonWriter& line) { line.open_object().member("host", host).close_object(); });
        else
            tools.out << host << '\n';
        return done;
    }));
    return done;
}

}  // namespace

void add_relay_list(const Command& relay, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command = relay.add_subcommand("list", "List the hosts that may send anywhere");
    command.add_flag("--json", *json, "Print one JSON object a line");
    command.describe("smtpctl relay list", {75, 77, 78});
    command.callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
