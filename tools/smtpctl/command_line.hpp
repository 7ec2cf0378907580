// SPDX-License-Identifier: BSD-2-Clause
// A command as smtpctl's command line knows it: what it is called, what it takes, what it does. CLI11 is
// behind it, and named in command_line.cpp and main.cpp alone: its templates take seven seconds to compile
// in each file that uses them, and there is a file a command.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace postern::smtpctl {

/// An option, a flag or an operand of a command.
class Argument {
public:
    explicit Argument(CLI::Option* option) : option_(option) {}

    Argument required() const;
    /// What stands for its value in --help.
    Argument type_name(const std::string& name) const;
    /// The two cannot be given together.
    Argument excludes(Argument other) const;
    /// It cannot be given without the other.
    Argument needs(Argument other) const;

private:
    CLI::Option* option_;
};

class Command {
public:
    explicit Command(CLI::App* app) : app_(app) {}

    Command add_subcommand(const std::string& name, const std::string& help) const;
    /// A command that only has subcommands.
    Command add_group(const std::string& name, const std::string& help) const;

    /// A name with dashes is an option, any other an operand. `target` must live until the command has run.
    Argument add_option(const std::string& name, std::string& target, const std::string& help) const;
    /// The same, which may be given several times.
    Argument add_option(const std::string& name, std::vector<std::string>& target,
                        const std::string& help) const;
    Argument add_flag(const std::string& name, bool& target, const std::string& help) const;

    /// Ends the command's --help: an example, and the exit statuses it has beside 0 and 64.
    void describe(const std::string& example, std::initializer_list<int> statuses) const;
    /// What it does, once the command line is read.
    void callback(std::function<void()> run) const;

private:
    CLI::App* app_;
};

}  // namespace postern::smtpctl
