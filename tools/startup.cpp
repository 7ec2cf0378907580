// SPDX-License-Identifier: BSD-2-Clause
#include "startup.hpp"

#include <cstdlib>

#include <unistd.h>

#include "config/check.hpp"
#include "config/load.hpp"
#include "spool/layout.hpp"
#include "sys/log_file.hpp"
#include "sys/posix_files.hpp"
#include "sys/process.hpp"
#include "sys/system_clock.hpp"

namespace postern::tools {

namespace {

std::string absolute(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    if (path.front() == '/') return path;
    std::string here(4096, '\0');
    if (getcwd(here.data(), here.size()) == nullptr) return path;
    here.resize(here.find('\0'));
    return here + "/" + path;
}

/// With a broken config.json nobody knows where the spool is; then it is the tree's owner.
std::string whose_rights(const Result<config::Config>& config, const std::string& root, OwnerOf owner) {
    if (!config || owner == OwnerOf::tree) return root;
    return config->directories.spool + "/incoming";
}

/// Messages are renamed through these. A session cannot look at the runners' own directories.
std::vector<std::string> spool_of(const config::Config& config, OwnerOf owner) {
    if (owner == OwnerOf::tree) return config::spool_directories(config);
    const spool::Layout spool(config.directories.spool);
    return {spool.incoming(), spool.now(spool::Lane::received)};
}

std::unique_ptr<Log> open_log_or_none(const sys::LogOptions& options, std::string_view program,
                                      const Clock& clock) {
    auto log = sys::open_log(options, std::string(program), clock);
    if (log) return *std::move(log);
    return std::make_unique<sys::NullLog>();
}

/// Nobody sees standard error under inetd, so what stops a start is told in the log; with a broken
/// config.json in the one that there would be without settings.
sys::LogOptions log_options(const Result<config::Config>& config, const std::string& root) {
    if (config) return config->log;
    sys::LogOptions options;
    options.directory = root + "/log";
    return options;
}

Status check(const Result<config::Config>& config, sys::FileSystem& files, OwnerOf owner) {
    if (!config) return config.error();
    return config::expect_one_file_system(files, spool_of(*config, owner));
}

}  // namespace

Result<Startup> start_up(std::string_view program, const std::string& root, OwnerOf owner) {
    POSTERN_ASSIGN(const std::string place, find_root(root));
    Startup startup{std::make_unique<sys::PosixFiles>(), std::make_unique<sys::SystemClock>(), {}, {}};
    auto config = config::load(*startup.files, place);
    POSTERN_TRY(sys::take_owner_of(whose_rights(config, place, owner)));
    startup.log = open_log_or_none(log_options(config, place), program, *startup.clock);
    if (const Status sound = check(config, *startup.files, owner); !sound) {
        startup.log->write(Severity::crit, "not_started", {{"error", sound.error().what()}});
        return sound.error();
    }
    startup.config = *std::move(config);
    sys::hold_back_stop();
    return startup;
}

Result<std::string> find_root(const std::string& option) {
    if (!option.empty()) return absolute(option);
    const char* const root = std::getenv("POSTERN_ROOT");
    if (root != nullptr && *root != '\0') return absolute(root);
    return Error(Fault::usage, "no userland named: give --root DIR or set POSTERN_ROOT");
}

int report(std::string_view program, const Error& error) {
    const std::string line = std::string(program) + ": " + error.what() + "\n";
    // Nobody is left to tell when standard error is gone.
    [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line.size());
    return exit_status(error);
}

std::string version_text(std::string_view program) {
    return std::string(program) + " (Postern) " + POSTERN_VERSION + "\n";
}

}  // namespace postern::tools
