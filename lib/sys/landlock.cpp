// SPDX-License-Identifier: BSD-2-Clause
#include "sys/landlock.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys/system_call.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

namespace {

// From linux/landlock.h, which is older than these on Debian 12.
constexpr std::uint64_t kExecute = 1 << 0, kWriteFile = 1 << 1, kReadFile = 1 << 2, kReadDir = 1 << 3,
                        kRemoveDir = 1 << 4, kRemoveFile = 1 << 5, kMakeDir = 1 << 7, kMakeReg = 1 << 8,
                        kMakeFifo = 1 << 10;
constexpr std::uint64_t kFirstRights = (1 << 13) - 1;        // version 1
constexpr std::uint64_t kRefer = 1 << 13;                    // 2
constexpr std::uint64_t kTruncate = 1 << 14;                 // 3
constexpr std::uint64_t kBindTcp = 1, kConnectTcp = 2;       // 4
constexpr std::uint64_t kIoctlDevice = 1 << 15;              // 5
constexpr std::uint64_t kAbstractSockets = 1, kSignals = 2;  // 6
constexpr std::uint64_t kOfFiles = kExecute | kWriteFile | kReadFile | kTruncate | kIoctlDevice;

struct RulesetAttributes {
    std::uint64_t files = 0;
    std::uint64_t network = 0;
    std::uint64_t scopes = 0;
};

struct [[gnu::packed]] PathBeneath {
    std::uint64_t allowed = 0;
    std::int32_t parent = -1;
};
constexpr int kRuleOfPath = 1;

struct Right {
    PathRights right;
    std::string_view name;
    std::uint64_t mask;
};
constexpr std::array<Right, 10> kRights{{
    {may::read, "read", kReadFile},
    {may::write, "write", kWriteFile},
    {may::list, "list", kReadDir},
    {may::create, "create", kMakeReg},
    {may::remove, "remove", kRemoveFile},
    {may::move, "move", kRefer},
    {may::make_directory, "make directories", kMakeDir | kRemoveDir},
    {may::make_pipe, "make pipes", kMakeFifo},
    {may::truncate, "truncate", kTruncate},
    {may::execute, "execute", kExecute},
}};

std::uint64_t to_mask(PathRights rights) {
    std::uint64_t mask = 0;
    for (const auto& right : kRights)
        if ((rights & right.right) != 0) mask |= right.mask;
    return mask;
}

/// Structures grew with the versions: an older kernel takes a shorter one.
std::pair<RulesetAttributes, std::size_t> attributes_for(int version, Network network) {
    RulesetAttributes attributes{.files = kFirstRights | kRefer};
    std::size_t size = sizeof attributes.files;
    if (version >= 3) attributes.files |= kTruncate;
    if (version >= 4) {
        attributes.network = network == Network::none ? kBindTcp | kConnectTcp : kBindTcp;
        size += sizeof attributes.network;
    }
    if (version >= 5) attributes.files |= kIoctlDevice;
    if (version >= 6) {
        attributes.scopes = kAbstractSockets | kSignals;
        size += sizeof attributes.scopes;
    }
    return {attributes, size};
}

/// What this process cannot reach now it needs no right to.
bool is_out_of_reach(int error) {
    return error == ENOENT || error == EACCES || error == ENOTDIR || error == ELOOP;
}

Status add_rule(const UniqueFd& ruleset, const PathRule& rule, std::uint64_t handled) {
    const UniqueFd place(::open(rule.path.c_str(), O_PATH | O_CLOEXEC));
    if (!place) return is_out_of_reach(errno) ? Status(done) : errno_error("open", rule.path);
    struct stat status {};
    if (::fstat(place.number(), &status) == -1) return errno_error("stat", rule.path);
    const std::uint64_t possible = S_ISDIR(status.st_mode) ? handled : handled & kOfFiles;
    PathBeneath beneath;
    beneath.allowed = to_mask(rule.rights) & possible;
    beneath.parent = place.number();
    if (beneath.allowed == 0) return done;
    return check_call("landlock_add_rule", rule.path, [&] {
        return ::syscall(SYS_landlock_add_rule, ruleset.number(), kRuleOfPath, &beneath, 0);
    });
}

}  // namespace

std::string to_string(PathRights rights) {
    std::string text;
    for (const auto& right : kRights)
        if ((rights & right.right) != 0) text += (text.empty() ? "" : ", ") + std::string(right.name);
    return text;
}

int landlock_version() {
    constexpr unsigned ask_version = 1;
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_version);
    return version < 0 ? 0 : static_cast<int>(version);
}

std::string landlock_lacks(int version) {
    if (version >= 6) return "";
    if (version >= 4) return "signals";
    if (version == 3) return "TCP, signals";
    if (version == 2) return "truncation, TCP, signals";
    return "files, TCP, signals";
}

Status allow_only(const std::vector<PathRule>& paths, Network network) {
    const auto [attributes, size] = attributes_for(landlock_version(), network);
    const UniqueFd ruleset(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
    if (!ruleset) return errno_error("landlock_create_ruleset", "for this process");
    for (const auto& rule : paths) POSTERN_TRY(add_rule(ruleset, rule, attributes.files));
    return check_call("landlock_restrict_self", "this process",
                      [&] { return ::syscall(SYS_landlock_restrict_self, ruleset.number(), 0); });
}

}  // namespace postern::sys
