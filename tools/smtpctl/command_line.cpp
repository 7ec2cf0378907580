// SPDX-License-Identifier: BSD-2-Clause
#include "command_line.hpp"

#include <utility>

#include <CLI/CLI.hpp>

namespace postern::smtpctl {

namespace {

std::string meaning_of(int status) {
    switch (status) {
        case 65:
            return "the value given is not allowed, or exists already; or something is wrong in the spool";
        case 66: return "no message has that id";
        case 67: return "no such user, application password, alias, relay host or ban";
        case 68: return "the domain is not served here";
        case 75: return "locked by somebody else, or trouble with the disk or another server: try again";
        case 77: return "no permission";
        case 78: return "something is wrong in the configuration";
        default: return "";
    }
}

}  // namespace

Argument Argument::required() const { return Argument(option_->required()); }

Argument Argument::type_name(const std::string& name) const { return Argument(option_->type_name(name)); }

Argument Argument::excludes(Argument other) const { return Argument(option_->excludes(other.option_)); }

Argument Argument::needs(Argument other) const { return Argument(option_->needs(other.option_)); }

Command Command::add_subcommand(const std::string& name, const std::string& help) const {
    return Command(app_->add_subcommand(name, help));
}

Command Command::add_group(const std::string& name, const std::string& help) const {
    return Command(app_->add_subcommand(name, help)->require_subcommand(1));
}

Argument Command::add_option(const std::string& name, std::string& target, const std::string& help) const {
    return Argument(app_->add_option(name, target, help));
}

Argument Command::add_option(const std::string& name, std::vector<std::string>& target,
                             const std::string& help) const {
    return Argument(app_->add_option(name, target, help));
}

Argument Command::add_flag(const std::string& name, bool& target, const std::string& help) const {
    return Argument(app_->add_flag(name, target, help));
}

void Command::describe(const std::string& example, std::initializer_list<int> statuses) const {
    std::string text = "Example:\n  " + example + "\n\nExit status:\n  0   done\n  64  wrong usage\n";
    for (const int status : statuses)
        text += "  " + std::to_string(status) + "  " + meaning_of(status) + "\n";
    text.pop_back();
    app_->footer(text);
}

void Command::callback(std::function<void()> run) const { app_->callback(std::move(run)); }

}  // namespace postern::smtpctl
