// SPDX-License-Identifier: BSD-2-Clause
// Real programs: small scripts of /bin/sh.
#include "sys/run_command.hpp"

#include <csignal>
#include <fstream>
#include <string>

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

using namespace postern;
using namespace std::chrono_literals;
using How = sys::CommandEnd::How;

BOOST_TEST_DONT_PRINT_LOG_VALUE(How)

namespace run_command_tests {

sys::Command shell(const std::string& script, std::chrono::milliseconds limit = 20s) {
    return {{"/bin/sh", "-c", script}, {"PATH=/usr/bin:/bin", "NAME=a value"}, "/", limit, 4096};
}

sys::CommandInput input(std::string text) {
    return [text = std::move(text), is_given = false]() mutable -> Result<std::string_view> {
        return std::exchange(is_given, true) ? std::string_view() : std::string_view(text);
    };
}

sys::CommandEnd run(const sys::Command& command, const std::string& text = "") {
    auto end = sys::ProcessRunner().run(command, input(text));
    BOOST_REQUIRE(end);
    return *std::move(end);
}

/// Signals as they are in a runner.
struct LikeRunner {
    LikeRunner() {
        old_pipe = ::signal(SIGPIPE, SIG_IGN);
        sigset_t stop;
        sigemptyset(&stop);
        sigaddset(&stop, SIGTERM);
        ::sigprocmask(SIG_BLOCK, &stop, &old_mask);
    }
    ~LikeRunner() {
        ::signal(SIGPIPE, old_pipe);
        ::sigprocmask(SIG_SETMASK, &old_mask, nullptr);
    }
    void (*old_pipe)(int);
    sigset_t old_mask{};
};

/// What init has not collected yet does not run any more.
bool runs(const std::string& pid) {
    std::ifstream file("/proc/" + std::to_string(std::stoi(pid)) + "/stat");
    std::string stat;
    std::getline(file, stat);
    const auto name_end = stat.rfind(") ");
    return name_end != std::string::npos && stat[name_end + 2] != 'Z';
}

/// Whoever was killed may take a moment to go.
bool ends_soon(const std::string& pid) {
    for (int i = 0; i < 500 && runs(pid); ++i) ::usleep(10'000);
    return !runs(pid);
}

}  // namespace run_command_tests

BOOST_FIXTURE_TEST_SUITE(run_command_tests, run_command_tests::LikeRunner)

BOOST_AUTO_TEST_CASE(exit_status_and_output_come_back) {
    BOOST_TEST(
        (run(shell("echo one; echo two >&2; exit 3")) == sys::CommandEnd{How::exited, 3, "one\ntwo\n"}));
    BOOST_TEST((run(shell("true")) == sys::CommandEnd{}));
    BOOST_TEST((run(shell("kill -9 $$")) == sys::CommandEnd{How::killed_by_signal, 9, ""}));
}

BOOST_AUTO_TEST_CASE(a_large_input_arrives_whole) {
    const std::string text(3'000'000, 'x');
    BOOST_TEST(run(shell("wc -c"), text).output.find("3000000") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(input_that_is_not_read_is_no_failure) {
    const std::string text(3'000'000, 'x');
    BOOST_TEST(run(shell("exit 0"), text).number == 0);
    BOOST_TEST(run(shell("exec <&-; echo done"), text).output == "done\n");
    BOOST_TEST(run(shell("head -c 10"), text).output == "xxxxxxxxxx");
}

BOOST_AUTO_TEST_CASE(output_is_kept_up_to_its_bound_and_read_to_its_end) {
    const auto end = run(shell("head -c 1000000 /dev/zero | tr '\\0' y; exit 5"));
    BOOST_TEST(end.number == 5);
    BOOST_TEST(end.output == std::string(4096, 'y'));
}

BOOST_AUTO_TEST_CASE(nothing_of_ours_is_inherited) {
    BOOST_TEST(run(shell("env | sort | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD=")).output ==
               "NAME=a value\nPATH=/usr/bin:/bin\n");
    BOOST_TEST(run(shell("cd /proc/self/fd && echo *")).output == "0 1 2 3\n");  // 3: the shell looks
    for (const char* signal : {"PIPE", "TERM", "HUP"})
        BOOST_TEST(
            (run(shell(std::string("kill -") + signal + " $$; sleep 1")).how == How::killed_by_signal));
    BOOST_TEST(run(shell("ps -o pid=,pgid=,sid= -p $$ | awk '{print ($1 == $2 && $2 == $3)}'")).output ==
               "1\n");
}

BOOST_AUTO_TEST_CASE(the_time_limit_ends_the_whole_group) {
    const auto end = run(shell("sleep 1000 & echo $!; sleep 1000", 200ms));
    BOOST_TEST((end.how == How::out_of_time));
    BOOST_TEST(ends_soon(end.output));
}

BOOST_AUTO_TEST_CASE(who_ignores_sigterm_is_killed) {
    const auto begin = std::chrono::steady_clock::now();
    const auto end = run(shell("trap '' TERM; echo $$; while :; do sleep 0.05; done", 100ms));
    BOOST_TEST((end.how == How::out_of_time));
    BOOST_TEST(ends_soon(end.output));
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 20s));
}

BOOST_AUTO_TEST_CASE(a_grandchild_keeps_nobody_waiting_and_does_not_stay) {
    const auto begin = std::chrono::steady_clock::now();
    const auto end = run(shell("sleep 1000 & echo $!"));
    BOOST_TEST((end.how == How::exited));
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 10s));
    BOOST_TEST(ends_soon(end.output));
}

BOOST_AUTO_TEST_CASE(no_zombie_is_left) {
    run(shell("exit 1"));
    BOOST_TEST(::waitpid(-1, nullptr, WNOHANG) == -1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_started_is_an_error) {
    auto missing = shell("true");
    missing.arguments[0] = "/nowhere/program";
    BOOST_TEST(!sys::ProcessRunner().run(missing, input("")));
    auto elsewhere = shell("true");
    elsewhere.directory = "/nowhere";
    BOOST_TEST(!sys::ProcessRunner().run(elsewhere, input("")));
}

BOOST_AUTO_TEST_CASE(input_that_cannot_be_read_is_never_taken_for_its_end) {
    const std::string file = "/tmp/postern_run_command_" + std::to_string(::getpid());
    int calls = 0;
    const auto broken = [&]() -> Result<std::string_view> {
        if (++calls == 1) return std::string_view("half");
        return Error(Fault::temporary, "read: input/output error");
    };
    const auto end = sys::ProcessRunner().run(shell("cat >/dev/null; touch " + file), broken);
    BOOST_TEST(!end);
    BOOST_TEST(::access(file.c_str(), F_OK) == -1);
}

BOOST_AUTO_TEST_SUITE_END()
