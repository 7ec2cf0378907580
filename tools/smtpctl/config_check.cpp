// SPDX-License-Identifier: BSD-2-Clause
// smtpctl config check: every problem that can be found in settings, directories, accounts, log and relay
// hosts, one a line on standard output.
#include "accounts/check.hpp"
#include "commands.hpp"
#include "config/check.hpp"
#include "config/load.hpp"
#include "runner/templates.hpp"
#include "sys/log_file.hpp"
#include "tls/context.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

void append(std::vector<std::string>& problems, std::vector<std::string> more) {
    problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
}

/// What config.json says is not known for sure while it has problems of its own; then only those.
Result<accounts::Findings> examine(Toolbox& tools) {
    POSTERN_ASSIGN(const std::string root, tools.enter());
    const auto document = config::load_document(tools.files, root);
    if (document.failed_with(Fault::configuration)) return accounts::Findings{{document.error().what()}, {}};
    if (!document) return document.error();
    const config::Interpreted interpreted = config::interpret(*document, root);
    accounts::Findings findings;
    std::vector<std::string>& problems = findings.problems;
    for (const config::Problem& problem : interpreted.problems) problems.push_back(problem.what);
    if (!problems.empty()) return findings;

    append(problems, config::check_together(interpreted.config));
    append(problems, config::check_places(tools.files, interpreted.config));
    accounts::Findings of_accounts = accounts::check(tools.files, interpreted.config.accounts);
    append(problems, std::move(of_accounts.problems));
    append(problems, runner::check_templates(tools.files, interpreted.config.directories.templates));
    if (const Status ciphers = tls::check_ciphers(interpreted.config.tls); !ciphers)
        problems.push_back(ciphers.error().what());
    findings.remarks = config::remarks_on(interpreted.config);
    append(findings.remarks, std::move(of_accounts.remarks));
    if (const Status log = sys::check_log(interpreted.config.log, tools.clock); !log)
        problems.push_back(log.error().what() + "; nothing is logged");
    return findings;
}

void print(Toolbox& tools, bool json, const std::string& kind, const std::string& what) {
    if (json)
        tools.print_json([&](JsonWriter& line) { line.open_object().member(kind, what).close_object(); });
    else
        tools.out << (kind == "remark" ? "remark: " : "") << printable(what) << '\n';
}

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const accounts::Findings findings, examine(tools));
    for (const std::string& problem : findings.problems) print(tools, json, "problem", problem);
    for (const std::string& remark : findings.remarks) print(tools, json, "remark", remark);
    return ending_of(findings.problems.size(), 78);
}

}  // namespace

void add_config_check(const Command& config, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command =
        config.add_subcommand("check", "Look for problems in settings, directories, accounts and aliases");
    command.add_flag("--json", *json, "Print one JSON object a line");
    command.describe("smtpctl config check", {75, 77, 78});
    command.callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
