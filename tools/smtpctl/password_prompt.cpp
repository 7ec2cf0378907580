// SPDX-License-Identifier: BSD-2-Clause
#include "password_prompt.hpp"

#include <csignal>
#include <iostream>

#include <termios.h>
#include <unistd.h>

#include "accounts/credentials.hpp"
#include "sasl/prepare.hpp"
#include "sys/random.hpp"

namespace postern::smtpctl {

namespace {

constexpr std::size_t kLongest = 1024;

termios terminal_before{};

/// Ctrl-C at the prompt must not leave a terminal without echo.
void restore_and_die(int signal) {
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
    raise(signal);  // delivered with its default action when the handler ends
}

/// No echo while it lives.
class Silence {
public:
    Silence() {
        tcgetattr(STDIN_FILENO, &terminal_before);
        catch_signals();
        termios silent = terminal_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    ~Silence() {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
        for (const int signal : kSignals) std::signal(signal, SIG_DFL);
    }

private:
    static constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

    static void catch_signals() {
        struct sigaction action {};
        action.sa_handler = restore_and_die;
        action.sa_flags = static_cast<int>(SA_RESETHAND);
        for (const int signal : kSignals) sigaction(signal, &action, nullptr);
    }
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
    if (source == PasswordSource::generated) {
        sys::SystemRandomness randomness;
        return accounts::generate_password(randomness);
    }
    POSTERN_ASSIGN(const std::string typed, source == PasswordSource::terminal ? ask_twice() : read_line());
    auto prepared = sasl::prepare(typed);
    if (prepared && !prepared->empty()) return *std::move(prepared);
    return Error(Fault::permanent, "the password has characters that RFC 4013 does not allow in one");
}

}  // namespace postern::smtpctl
