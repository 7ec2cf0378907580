// SPDX-License-Identifier: BSD-2-Clause
// smtpctl: the one command for people. See smtpctl(8).
#include <csignal>
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>

#include "base/nearest_name.hpp"
#include "commands.hpp"
#include "startup.hpp"
#include "sys/posix_files.hpp"
#include "sys/process.hpp"
#include "sys/system_clock.hpp"
#include "toolbox.hpp"

namespace {

using postern::smtpctl::Ending;
using postern::smtpctl::Toolbox;

constexpr const char* kProgram = "smtpctl";

/// The innermost command that was recognised.
const CLI::App& innermost(const CLI::App& app) {
    const CLI::App* command = &app;
    while (!command->get_subcommands().empty()) command = command->get_subcommands().back();
    return *command;
}

/// "; did you mean 'adduser'?" when a command was wanted and the word that stands there is none.
std::string suggestion(const CLI::App& command, const std::vector<std::string>& words) {
    std::vector<std::string> known;
    for (const CLI::App* child : command.get_subcommands([](const CLI::App*) { return true; }))
        known.push_back(child->get_name());
    if (known.empty() || words.empty() || words.front().starts_with('-')) return "";
    const std::string nearest = postern::nearest_name(words.front(), known);
    return ": no command '" + words.front() + "'" +
           (nearest.empty() ? "" : "; did you mean '" + nearest + "'?");
}

Ending usage_error(const CLI::App& app, const CLI::ParseError& error) {
    const CLI::App& command = innermost(app);
    std::string help = "'";
    for (const CLI::App* at = &command; at != &app; at = at->get_parent()) help = " " + at->get_name() + help;
    const std::string suggested = suggestion(command, app.remaining(true));
    const std::string what = suggested.empty() ? error.what() : "wrong usage" + suggested;
    return {postern::smtpctl::status::usage,
            what + " (see 'smtpctl" + help.substr(0, help.size() - 1) + " --help')"};
}

void set_up(CLI::App& app, Toolbox& tools) {
    app.fallthrough();
    app.require_subcommand(1);
    app.set_version_flag("--version", [] {
        std::string text = postern::tools::version_text(kProgram);
        text.pop_back();
        return text;
    });
    app.add_option("--root", tools.root_option, "The userland; else the environment's POSTERN_ROOT")
        ->type_name("DIR");
    app.get_formatter()->column_width(34);
    postern::smtpctl::add_commands(postern::smtpctl::Command(&app), tools);
    app.footer(
        "Example:\n  smtpctl --root /srv/postern init --domain example.org\n\n"
        "'smtpctl COMMAND --help' explains each. Manual: smtpctl(8), postern(7).");
}

Ending run(int argc, char** argv) {
    postern::sys::PosixFiles files;
    const postern::sys::SystemClock clock;
    Toolbox tools(std::cout, files, clock);
    CLI::App app("Administer a Postern mail server", kProgram);
    set_up(app, tools);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return {app.exit(error, std::cout, std::cerr), ""};
        return usage_error(app, error);
    }
    std::cout.flush();
    if (!std::cout && tools.ending.status == 0) return {75, "standard output: cannot write"};
    return tools.ending;
}

}  // namespace

int main(int argc, char** argv) {
    postern::sys::begin_process();
    std::signal(SIGPIPE, SIG_DFL);  // "smtpctl users | head" ends quietly, as people expect
    try {
        const Ending ending = run(argc, argv);
        if (!ending.what.empty()) std::cerr << kProgram << ": " << ending.what << '\n';
        return ending.status;
    } catch (const std::exception& error) {
        std::cerr << kProgram << ": " << error.what() << '\n';
        return 70;
    }
}
