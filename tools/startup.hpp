// SPDX-License-Identifier: BSD-2-Clause
// What all four programs do first and alike: find the root of the userland, read its config.json, stop
// being root, open the log. Light on purpose: a session pays for it each time. Whether Postern is
// stopped (spool/stopped.hpp) is for each program to ask, because each answers it differently.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "config/config.hpp"
#include "sys/file_system.hpp"

namespace postern::tools {

/// Whom a program that was started as root becomes: the owner of ROOT, or that of spool/incoming.
enum class OwnerOf { tree, incoming };

/// The real parts that a program is wired from. The log refers to the clock; a log
/// that cannot be opened is a NullLog, since it must not stop mail (`smtpctl config check` reports it).
struct Startup {
    std::unique_ptr<sys::FileSystem> files;
    std::unique_ptr<Clock> clock;
    config::Config config;
    std::unique_ptr<Log> log;
};

/// All of it but sys::begin_process(), which is the first line of each main (a session adds
/// sys::keep_dialogue_clean()): root, config.json, owner, log, the spool's file system, SIGTERM held back
/// (sys/process.hpp). `root`: the value of --root, "" when it was not given. When it fails, the program
/// has still given up being root wherever there is an owner to become, and the log has a line on it.
Result<Startup> start_up(std::string_view program, const std::string& root, OwnerOf owner);

/// --root, or else POSTERN_ROOT, as an absolute path; neither is Fault::usage.
Result<std::string> find_root(const std::string& option);

/// Says "PROGRAM: what" in one line on standard error; returns the exit status for it.
int report(std::string_view program, const Error& error);

/// "PROGRAM (Postern) 0.1.0" and a line end: what --version prints.
std::string version_text(std::string_view program);

}  // namespace postern::tools
