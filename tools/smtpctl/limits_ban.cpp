// SPDX-License-Identifier: BSD-2-Clause
// smtpctl limits ban: a source is not served for a time.
#include "commands.hpp"
#include "limits_source.hpp"
#include "policy/bans.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

constexpr std::chrono::seconds kPatienceWithLock{10};

struct Options {
    std::string source;
    std::string time;
    std::string reason = "by the administrator";
};

Result<std::chrono::milliseconds> time_of(const Options& options, const config::Config& config) {
    if (options.time.empty() && config.limits.ban.count() != 0) return config.limits.ban;
    if (options.time.empty()) return Error(Fault::usage, "--for is required, since limits.ban is 0s");
    constexpr std::chrono::milliseconds shortest = std::chrono::seconds(1), longest = std::chrono::days(3650);
    const auto time = parse_duration(options.time);
    if (time && *time >= shortest && *time <= longest) return *time;
    return Error(Fault::permanent, "'" + printable(options.time) + "' is no time from 1s to 3650d");
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const policy::Subject source, parse_source(options.source));
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const auto time, time_of(options, config));
    policy::Bans bans(tools.files, policy::Bans::directory_in(config.directories.state));
    POSTERN_TRY(bans.set({source, tools.clock.now() + time, printable(options.reason)}, kPatienceWithLock));
    return done;
}

}  // namespace

void add_limits_ban(const Command& limits, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = limits.add_subcommand("ban", "Do not serve a source for a time");
    command.add_option("SOURCE", options->source, "An IPv4 address, or an IPv6 address or /64").required();
    command.add_option("--for", options->time, "How long; else limits.ban").type_name("TIME");
    command.add_option("--reason", options->reason, "Why, for 'limits show'").type_name("TEXT");
    command.describe("smtpctl limits ban 192.0.2.7 --for 1d", {65, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
