// SPDX-License-Identifier: BSD-2-Clause
// smtpctl spool check: each state of the spool that should not be, one a line. Changes nothing.
#include <thread>

#include "commands.hpp"
#include "spool/check.hpp"
#include "spool_tree.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

constexpr std::chrono::milliseconds kPause{500};

void print(Toolbox& tools, bool json, std::string_view kind, const std::string& path,
           const std::string& what) {
    if (json)
        tools.print_json([&](JsonWriter& line) {
            line.open_object().member("kind", kind).member("path", path).member("what", what).close_object();
        });
    else
        tools.out << printable(path) << ": " << printable(what) << '\n';
}

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    const auto directories = check_spool_tree(config);
    for (const auto& wrong : directories) print(tools, json, "directory", wrong.path, wrong.words);
    const spool::Layout layout(config.directories.spool);
    POSTERN_ASSIGN(const auto findings,
                   spool::check(tools.files, layout, {config.directories.run, tools.clock.now(), [] {
                                                          std::this_thread::sleep_for(kPause);
                                                      }}));
    for (const auto& finding : findings)
        print(tools, json, to_string(finding.kind), finding.path, finding.what);
    return ending_of(directories.size() + findings.size(), status::bad_value);
}

}  // namespace

void add_spool_check(const Command& spool, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command = spool.add_subcommand("check", "Look for what is wrong in the spool");
    command.add_flag("--json", *json, "Print one JSON object a line");
    command.describe("smtpctl spool check", {65, 75, 77, 78});
    command.callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
