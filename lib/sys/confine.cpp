// SPDX-License-Identifier: BSD-2-Clause
#include "sys/confine.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

/// Not only out of reach of getenv(3): what a superserver was started with may hold secrets.
void forget_environment() {
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
        ::explicit_bzero(*variable, std::strlen(*variable));
    (void)::clearenv();
}

Status limit(decltype(RLIMIT_CORE) resource, rlim_t most) {
    struct rlimit now {};
    (void)::getrlimit(resource, &now);
    const rlim_t value = std::min(most, now.rlim_max);
    const struct rlimit both { value, value };
    return check_call("setrlimit", std::to_string(resource), [&] { return ::setrlimit(resource, &both); });
}

Status limit_resources(const ResourceLimits& limits) {
    POSTERN_TRY(limit(RLIMIT_CORE, 0));
    if (!limits.forks) POSTERN_TRY(limit(RLIMIT_NPROC, 0));
    if (limits.memory != 0) POSTERN_TRY(limit(RLIMIT_AS, limits.memory));
    if (limits.files != 0) POSTERN_TRY(limit(RLIMIT_NOFILE, limits.files));
    if (limits.cpu) POSTERN_TRY(limit(RLIMIT_CPU, static_cast<rlim_t>(limits.cpu->count())));
    return done;
}

Status renounce_privileges() {
    POSTERN_TRY(check_call("prctl", "no_new_privs", [] { return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }));
    return check_call("prctl", "not dumpable", [] { return ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); });
}

bool has_landlock() { return landlock_version() >= kOldestLandlock; }

}  // namespace

std::optional<Sandbox> parse_sandbox(std::string_view text) {
    if (text == "require") return Sandbox::require;
    if (text == "try") return Sandbox::attempt;
    if (text == "off") return Sandbox::off;
    return std::nullopt;
}

std::string missing_for_sandbox() {
    std::string missing;
    if (!has_landlock()) missing = "Landlock (version " + std::to_string(kOldestLandlock) + ", Linux 5.19)";
    if (!kernel_filters_calls()) missing += (missing.empty() ? "" : " and ") + std::string("seccomp");
    return missing;
}

Result<std::string> confine(const Confinement& confinement, Sandbox sandbox) {
    if (sandbox == Sandbox::off) return std::string();
    std::string missing = missing_for_sandbox();
    if (!missing.empty() && sandbox == Sandbox::require)
        return Error(Fault::configuration, "this kernel has no " + missing + ": see --sandbox");
    forget_environment();
    POSTERN_TRY(limit_resources(confinement.limits));
    POSTERN_TRY(renounce_privileges());
    if (has_landlock()) POSTERN_TRY(allow_only(confinement.paths, confinement.network));
    if (kernel_filters_calls()) POSTERN_TRY(allow_only(confinement.calls));
    return missing;
}

}  // namespace postern::sys
