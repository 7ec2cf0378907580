// SPDX-License-Identifier: BSD-2-Clause
// The point of no return between opening and serving: every program confines itself once all that it needs
// is open, and before it reads the first octet that a stranger sent. What it keeps is said by a Confinement;
// all else is given up for good: files and network (Landlock), system calls (seccomp), new privileges, core
// dumps and being traced, memory, descriptors, processes and CPU time without end, and the environment.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sys/call_filter.hpp"
#include "sys/landlock.hpp"

namespace postern::sys {

/// --sandbox: without Landlock or seccomp in the kernel, refuse to work; or work with what there is; or
/// give up nothing at all, for a debugger.
enum class Sandbox { require, attempt, off };
/// "require", "try", "off".
std::optional<Sandbox> parse_sandbox(std::string_view text);

struct ResourceLimits {
    std::uint64_t memory = 0;  ///< octets of address space
    std::uint64_t files = 0;   ///< descriptors
    std::optional<std::chrono::seconds> cpu = std::nullopt;
    bool forks = false;  ///< starts processes or threads
};

struct Confinement {
    CallList calls;
    std::vector<PathRule> paths;
    Network network = Network::none;
    ResourceLimits limits;
};

/// What this kernel does not have of what a Confinement needs, in words; "" = nothing is missing.
std::string missing_for_sandbox();

/// Returns what had to be left out, which is nothing unless `sandbox` is attempt. Fault::configuration when
/// the kernel lacks something that is required.
Result<std::string> confine(const Confinement& confinement, Sandbox sandbox);

}  // namespace postern::sys
