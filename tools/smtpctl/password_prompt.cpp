// SPDX-License-Identifier: BSD-2-Clause
#include "password_prompt.hpp"

#include <iostream>

#include <termios.h>
#include <unistd.h>

namespace postern::smtpctl {

namespace {

constexpr std::size_t kLongest = 1024;

/// No echo while it lives.
class Silence {
public:
    Silence() {
        tcgetattr(STDIN_FILENO, &before_);
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    ~Silence() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

private:
    termios before_{};
};

Result<std::string> read_line() {
    std::string line;
    if (!std::getline(std::cin, line)) return Error(Fault::permanent, "no password was given");
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) return Error(Fault::permanent, "an empty password is not allowed");
    if (line.size() > kLongest) return Error(Fault::permanent, "a password may have at most 1024 octets");
    return line;
}

Result<std::string> ask(const char* question) {
    std::cerr << question << ": " << std::flush;
    auto answer = read_line();
    std::cerr << '\n';
    return answer;
}

Result<std::string> ask_twice() {
    if (isatty(STDIN_FILENO) == 0)
        return Error(Fault::usage, "standard input is no terminal: give the password by --password-stdin");
    const Silence silence;
    POSTERN_ASSIGN(const std::string first, ask("Password"));
    POSTERN_ASSIGN(const std::string second, ask("The same again"));
    if (first != second) return Error(Fault::permanent, "the two passwords differ; nothing was changed");
    return first;
}

}  // namespace

Result<std::string> read_password(PasswordSource source) {
    return source == PasswordSource::terminal ? ask_twice() : read_line();
}

}  // namespace postern::smtpctl
