// SPDX-License-Identifier: BSD-2-Clause
// sandbox_intruder ROOT session|deliver|mxrun|landlock|off WHAT MESSAGE PROCESS: confines itself as that
// program does, or as a session whose calls are not filtered, then tries WHAT (see intruder.hpp). Exit
// status: 0 it succeeded, 1 it failed and the reason is on standard output, 2 the test itself is wrong; and a
// signal when the kernel has ended it. "sandbox_intruder list" names all attempts, and "anyway" behind those
// that fail without a sandbox, too.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include "confinements.hpp"
#include "intruder.hpp"
#include "startup.hpp"
#include "sys/landlock.hpp"
#include "sys/process.hpp"

namespace {

using namespace postern;
using intruder::Attempt;

std::vector<Attempt> all_attempts() {
    std::vector<Attempt> all;
    for (auto& some :
         {intruder::attempts_at_files(), intruder::attempts_at_processes(), intruder::attempts_at_kernel()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

int list_attempts() {
    for (const auto& attempt : all_attempts())
        std::printf("%s%s\n", attempt.name.c_str(), attempt.fails_anyway ? " anyway" : "");
    return 0;
}

int wrong(const char* what) {
    std::fprintf(stderr, "sandbox_intruder: %s\n", what);
    return 2;
}

int attempt(const Attempt& attempt, const intruder::Prey& prey) {
    errno = 0;
    if (attempt.attempt(prey)) return 0;
    std::printf("%s\n", std::strerror(errno));
    std::fflush(stdout);
    return 1;
}

Status confine_as(const std::string& program, const tools::Startup& startup) {
    const auto& config = startup.config;
    const auto confined = [&](const sys::Confinement& confinement) {
        return tools::confine(confinement, sys::Sandbox::require, *startup.log);
    };
    if (program == "off") return done;
    const auto session = tools::session_confinement(config, smtp::rules_of(config.server.services, "smtp"));
    if (program == "session") return confined(session);
    if (program == "landlock") {
        (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);  // without it the kernel takes no rules
        return sys::allow_only(session.paths, session.network);
    }
    if (program == "callouts") return confined(tools::callouts_confinement());
    if (program == "deliver") return confined(tools::deliver_confinement(config));
    if (program == "mxrun") return confined(tools::mxrun_confinement(config));
    return Error(Fault::usage, program + " is no program");
}

}  // namespace

int main(int count, char** words) {
    if (count == 2) return list_attempts();
    if (count != 6) return wrong("give ROOT, a program or off, an attempt, a message and a process");
    sys::begin_process();
    const auto startup = tools::start_up("sandbox_intruder", words[1], tools::OwnerOf::incoming);
    if (!startup) return wrong(startup.error().what().c_str());
    const std::string spool = startup->config.directories.spool;
    const sys::UniqueFd received_now(::open((spool + "/received/now").c_str(), O_RDONLY | O_CLOEXEC));
    const sys::UniqueFd log(::open((startup->config.directories.log + "/intruder.log").c_str(),
                                   O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0660));
    const sys::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const intruder::Prey prey{words[1],     words[4],       std::atoi(words[5]), received_now.number(),
                              log.number(), socket.number()};
    for (const auto& one : all_attempts()) {
        if (one.name != words[3]) continue;
        const Status confined = confine_as(words[2], *startup);
        return confined ? attempt(one, prey) : wrong(confined.error().what().c_str());
    }
    return wrong("no such attempt");
}
