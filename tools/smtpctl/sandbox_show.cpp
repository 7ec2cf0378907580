// SPDX-License-Identifier: BSD-2-Clause
// smtpctl sandbox show: what each program may still do on this machine once it serves.
#include <string>
#include <vector>

#include "commands.hpp"
#include "confinements.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Shown {
    std::string program;
    sys::Confinement confinement;
};

std::vector<Shown> all_confinements(const config::Config& config) {
    std::vector<Shown> all;
    for (const auto& service : config.server.services)
        all.push_back({"smtpd-inetd --service " + std::string(service.name),
                       tools::session_confinement(config, service.rules)});
    all.push_back({"smtpd-inetd, the helper that asks other servers", tools::callouts_confinement()});
    all.push_back({"smtpd-inetd --kick", tools::kick_confinement(config)});
    all.push_back({"deliver", tools::deliver_confinement(config)});
    all.push_back({"mxrun", tools::mxrun_confinement(config)});
    return all;
}

void show_kernel(std::ostream& out) {
    const std::string missing = sys::missing_for_sandbox();
    const int version = sys::landlock_version();
    const std::string lacks = sys::landlock_lacks(version);
    if (!missing.empty()) out << "This kernel has no " << missing << '\n';
    if (version == 0) return;
    out << "Landlock version " << version;
    if (!lacks.empty()) out << ", which cannot hold back: " << lacks;
    out << '\n';
}

void show(std::ostream& out, const Shown& shown) {
    const auto& [calls, paths, network, limits] = shown.confinement;
    out << '\n' << shown.program << '\n';
    out << "  " << sys::names_in(calls).size() << " system calls, "
        << (network == sys::Network::none ? "no connections" : "connects to others") << ", "
        << (limits.memory >> 20) << " MiB, " << limits.files << " descriptors, "
        << (limits.forks ? "threads" : "no processes") << '\n';
    for (const auto& [path, rights] : paths) out << "  " << path << ": " << sys::to_string(rights) << '\n';
}

Ending run(Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    show_kernel(tools.out);
    for (const auto& shown : all_confinements(config)) show(tools.out, shown);
    return done;
}

}  // namespace

void add_sandbox_show(const Command& sandbox, Toolbox& tools) {
    const Command command =
        sandbox.add_subcommand("show", "Show what each program may still do once it serves");
    command.describe("smtpctl sandbox show", {78});
    command.callback([&tools] { tools.ending = run(tools); });
}

}  // namespace postern::smtpctl
