// SPDX-License-Identifier: BSD-2-Clause
// smtpctl config check: every problem that can be found in settings, directories, accounts, log and relay
// hosts, one a line on standard output.
#include <CLI/CLI.hpp>

#include "accounts/check.hpp"
#include "commands.hpp"
#include "config/check.hpp"
#include "config/load.hpp"
#include "sys/log_file.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

void append(std::vector<std::string>& problems, std::vector<std::string> more) {
    problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
}

/// What config.json says is not known for sure while it has problems of its own; then only those.
Result<std::vector<std::string>> find_problems(Toolbox& tools) {
    POSTERN_ASSIGN(const std::string root, tools.enter());
    const auto document = config::load_document(tools.files, root);
    if (document.failed_with(Fault::configuration)) return std::vector<std::string>{document.error().what()};
    if (!document) return document.error();
    const config::Interpreted interpreted = config::interpret(*document, root);
    std::vector<std::string> problems;
    for (const config::Problem& problem : interpreted.problems) problems.push_back(problem.what);
    if (!problems.empty()) return problems;

    append(problems, config::check_together(interpreted.config));
    append(problems, config::check_places(tools.files, interpreted.config));
    append(problems, accounts::check(tools.files, interpreted.config.accounts));
    if (const auto log = sys::open_log(interpreted.config.log, "smtpctl", tools.clock); !log)
        problems.push_back(log.error().what() + "; nothing is logged");
    return problems;
}

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const std::vector<std::string> problems, find_problems(tools));
    for (const std::string& problem : problems) {
        if (json)
            tools.print_json(
                [&](JsonWriter& line) { line.open_object().member("problem", problem).close_object(); });
        else
            tools.out << printable(problem) << '\n';
    }
    if (problems.empty()) return done;
    return Error(Fault::configuration, std::to_string(problems.size()) +
                                           (problems.size() == 1 ? " problem found" : " problems found"));
}

}  // namespace

void add_config_check(CLI::App& config, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    CLI::App* const command =
        config.add_subcommand("check", "Look for problems in settings, directories, accounts and aliases");
    command->add_flag("--json", *json, "Print one JSON object a line");
    describe(*command, "smtpctl config check", {75, 77, 78});
    command->callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
