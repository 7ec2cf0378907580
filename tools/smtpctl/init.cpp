// SPDX-License-Identifier: BSD-2-Clause
// smtpctl init: a new userland, or what is missing in one. What is there stays as it is.
#include <iostream>

#include <unistd.h>

#include "accounts/credentials.hpp"
#include "base/ascii.hpp"
#include "certificates.hpp"
#include "commands.hpp"
#include "config/load.hpp"
#include "startup.hpp"
#include "sys/process.hpp"
#include "sys/random.hpp"
#include "sys/replace_file.hpp"
#include "toolbox.hpp"
#include "tree.hpp"
#include "tree_owner.hpp"

namespace postern::smtpctl {

namespace {

constexpr unsigned kFileMode = 0640;

constexpr std::string_view kRelayHosts =
    "# Who may send anywhere through this server without a password: an address, a range or a host name\n"
    "# a line. Empty, nobody may. See postern-userland(5).\n";

struct Options {
    std::string domain;
    std::string hostname;
    std::string owner;
};

/// The machine's own name if it has a domain, else the machine in the new domain.
std::string likely_hostname(const std::string& domain) {
    std::string name(256, '\0');
    if (gethostname(name.data(), name.size() - 1) != 0) return "mail." + domain;
    name.resize(name.find('\0'));
    const auto legal = mail::Domain::parse(name);
    if (!legal) return "mail." + domain;
    return legal->text().find('.') == std::string::npos ? legal->text() + "." + domain : legal->text();
}

std::string ask(const std::string& question, const std::string& proposal) {
    std::cerr << question << (proposal.empty() ? "" : " [" + proposal + "]") << ": " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return answer.empty() ? proposal : answer;
}

/// Without --domain, asks for what no option says, when there is somebody to ask.
void complete(Options& options) {
    if (!options.domain.empty() || isatty(STDIN_FILENO) == 0) return;
    options.domain = ask("Domain to serve, such as example.org", "");
    if (options.domain.empty()) return;
    if (options.hostname.empty())
        options.hostname = ask("Name of this server", likely_hostname(options.domain));
    if (options.owner.empty() && sys::is_root()) options.owner = ask("User that it shall belong to", "");
}

std::string config_text(const std::string& hostname, const std::string& domain) {
    return "{\n"
           "    // Settings of this mail server: postern.conf(5); 'smtpctl config list' names all there "
           "are.\n"
           "    \"server\": {\n"
           "        \"hostname\": \"" +
           hostname +
           "\"\n"
           "    },\n"
           "    \"local\": {\n"
           "        \"default_domain\": \"" +
           domain +
           "\"\n"
           "    }\n"
           "}\n";
}

/// What config.json says, or is going to say.
struct Plan {
    config::Config config;
    std::string new_text = {};  ///< "" = the file is there
};

Result<Plan> plan_new(const Options& options, const std::string& root) {
    if (options.domain.empty()) return Error(Fault::usage, "name the domain to serve by --domain");
    POSTERN_ASSIGN(const mail::Domain domain, parse_domain(options.domain));
    POSTERN_ASSIGN(
        const mail::Domain host,
        parse_domain(options.hostname.empty() ? likely_hostname(domain.text()) : options.hostname));
    std::string text = config_text(host.text(), domain.text());
    POSTERN_ASSIGN(const config::Document document, config::Document::parse(text, config::config_path(root)));
    return Plan{config::interpret(document, root).config, std::move(text)};
}

Result<Plan> plan_for(Toolbox& tools, const Options& options, const std::string& root, bool is_new) {
    if (is_new) return plan_new(options, root);
    POSTERN_ASSIGN(config::Config config, config::load(tools.files, root));
    if (!options.hostname.empty() && !ascii::equals_ignoring_case(options.hostname, config.server.hostname))
        return Error(Fault::permanent, root + " has server.hostname " + config.server.hostname +
                                           " already; 'smtpctl config set server.hostname' changes it");
    return Plan{std::move(config)};
}

Status add_domain(accounts::Editor& editor, const std::string& name) {
    if (name.empty()) return done;
    POSTERN_ASSIGN(const mail::Domain domain, parse_domain(name));
    POSTERN_TRY(editor.add_domain(domain));  // that it is there already is no trouble
    return done;
}

/// config.json comes last: a tree that has one is complete.
Status write_files(Toolbox& tools, const Plan& plan, const std::string& root) {
    const std::string& relay_hosts = plan.config.accounts.relay_hosts_file;
    if (tools.files.info(relay_hosts).failed_with(Fault::not_found))
        POSTERN_TRY(sys::replace_file(tools.files, relay_hosts, kRelayHosts, kFileMode));
    if (!plan.new_text.empty())
        POSTERN_TRY(sys::replace_file(tools.files, config::config_path(root), plan.new_text, kFileMode));
    return done;
}

Result<bool> has_no_config(Toolbox& tools, const std::string& root) {
    const auto info = tools.files.info(config::config_path(root));
    if (info) return false;
    if (info.failed_with(Fault::not_found)) return true;
    return info.error();
}

Ending run(Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const std::string root, tools::find_root(tools.root_option));
    POSTERN_ASSIGN(const bool seems_new, has_no_config(tools, root));
    if (seems_new) {
        complete(options);
        POSTERN_TRY(plan_new(options, root));  // before anything is made
    }
    POSTERN_TRY(settle_down(tools.files, root, options.owner));
    POSTERN_ASSIGN(auto lock, tools.lock(root));
    POSTERN_ASSIGN(const bool is_new, has_no_config(tools, root));  // another init may have been quicker
    POSTERN_ASSIGN(const Plan plan, plan_for(tools, options, root, is_new));
    accounts::Editor editor(tools.files, plan.config.accounts, std::move(lock));
    POSTERN_TRY(make_tree(tools.files, plan.config));
    POSTERN_TRY(make_first_certificate(tools, plan.config));
    sys::SystemRandomness randomness;
    POSTERN_TRY(accounts::make_decoy_secret(tools.files, plan.config.accounts, randomness));
    POSTERN_TRY(add_domain(editor, options.domain));
    POSTERN_TRY(write_files(tools, plan, root));
    tools.out << (is_new ? "Made " : "Complete: ") << root << ", server " << plan.config.server.hostname
              << '\n';
    if (is_new)
        tools.out << "Add a user: smtpctl --root " << root << " adduser alice@"
                  << ascii::lower(options.domain) << '\n';
    return done;
}

}  // namespace

void add_init(const Command& app, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = app.add_subcommand("init", "Make a new userland, or what is missing in one");
    command.add_option("--domain", options->domain, "Domain to serve; its postmaster is made, too")
        .type_name("DOMAIN");
    command.add_option("--hostname", options->hostname, "Name of this server; else the machine's own")
        .type_name("HOST");
    command
        .add_option("--owner", options->owner, "Whom the tree shall belong to; required when root makes it")
        .type_name("USER[:GROUP]");
    command.describe("smtpctl --root /srv/postern init --domain example.org --hostname mx.example.org",
                     {65, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
