// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/check.hpp"

#include <algorithm>

#include "accounts/alias_text.hpp"
#include "accounts/directory.hpp"
#include "accounts/expansion.hpp"
#include "accounts/file_accounts.hpp"
#include "accounts/places.hpp"
#include "accounts/recipient_list.hpp"
#include "accounts/relay_hosts.hpp"
#include "accounts/same_as.hpp"
#include "accounts/settings_file.hpp"

namespace postern::accounts {

namespace {

class Inspection {
public:
    Inspection(sys::FileSystem& files, const Options& options)
        : files_(files), options_(options), accounts_(files, options) {}

    Findings run() {
        if (const auto hosts = RelayHosts::load(files_, options_.relay_hosts_file); !hosts)
            complain(hosts.error());
        const auto names = files_.list(options_.domains_directory);
        if (!names) complain(names.error());
        if (names)
            for (const std::string& name : visible(*names)) visit_domain(name);
        if (const auto& domain = options_.default_domain) expect_served(*domain);
        return std::move(findings_);
    }

private:
    /// Without hidden names: a repository, or what a killed program left.
    static std::vector<std::string> visible(std::vector<std::string> names) {
        std::erase_if(names, [](const std::string& name) { return name.starts_with('.'); });
        std::ranges::sort(names);
        return names;
    }
    void complain(const Error& error) { complain(error.what()); }
    /// Once, even of a file that several names lead to.
    void complain(std::string what) {
        if (std::ranges::find(findings_.problems, what) == findings_.problems.end())
            findings_.problems.push_back(std::move(what));
    }

    void visit_domain(const std::string& directory) {
        const std::string path = options_.domains_directory + "/" + directory;
        const auto domain = domain_of(directory);
        if (!domain) return complain(path + ": no name of a domain; it is ignored");
        const auto names = files_.list(path);
        if (!names) return complain(names.error());
        const auto home = home_of(files_, options_, *domain);
        if (!home) complain(home.error());
        for (const std::string& name : visible(*names)) visit_file(*domain, name, path + "/" + name);
        if (const auto address = mail::Address::make("postmaster", *domain)) expect_postmaster(*address);
        visit_settings(*domain);
    }

    void visit_file(const mail::Domain& domain, const std::string& name, const std::string& path) {
        if (const auto user = local_part_of(name, kAccountSuffix)) return visit_account(domain, *user, path);
        if (const auto alias = local_part_of(name, kAliasSuffix)) return visit_alias(domain, *alias, path);
        if (name != "domain.json" && name != kRecipientsFile)
            complain(path + ": neither an account nor an alias; it is ignored");
    }

    void visit_account(const mail::Domain& domain, const std::string& user, const std::string& path) {
        const auto address = mail::Address::make(user, domain);
        if (!address) return complain(path + ": no legal address; it is ignored");
        const auto found = accounts_.look_up(*address);
        if (!found) return complain(found.error());
        if (const auto* account = std::get_if<Account>(&*found)) {
            expect_targets(account->forward, path);
            if (!account->forward.empty()) expect_ends(*address);
            expect_program(account->method);
            const bool has_maildir = std::holds_alternative<IntoMaildir>(account->method);
            if (account->quota != 0 && !(has_maildir && keeps_copy(*account)))
                findings_.remarks.push_back(path +
                                            ": the quota has no effect: no mail goes into the Maildir");
        }
        if (files_.info(alias_file(options_, domain, user)))
            complain(path +
                     ": there is an alias of the same name, too; the account wins, the alias is ignored");
    }

    void visit_alias(const mail::Domain& domain, const std::string& alias, const std::string& path) {
        const auto text = sys::read_whole_file(files_, path, kLargestAlias);
        if (!text) return complain(text.error());
        const auto targets = parse_alias(*text, path, domain);
        if (!targets) return complain(targets.error());
        const auto address = mail::Address::make(alias, domain);
        if (!address) return complain(path + ": no legal address; it is ignored");
        expect_targets(*targets, path);
        expect_ends(*address);
    }

    void visit_settings(const mail::Domain& domain) {
        const std::string path = domain_file(options_, domain);
        const auto text = sys::read_whole_file(files_, path);
        if (text.failed_with(Fault::not_found)) return visit_recipients(domain, {});
        if (!text) return complain(text.error());
        const auto settings = parse_domain_settings(*text, path, domain);
        if (!settings) return complain(settings.error());
        if (settings->catch_all) expect_targets({*settings->catch_all}, path);
        visit_recipients(domain, *settings);
        visit_passing_on(*settings, path);
    }

    void visit_passing_on(const DomainSettings& settings, const std::string& path) {
        const bool is_passed_on = settings.relay_to || (!settings.catch_all && options_.default_host);
        const std::string no_effect = " has no effect: no mail of the domain is passed on";
        if (settings.recipients == Recipients::list && !is_passed_on)
            complain(path + ": 'recipients'" + no_effect);
        if (settings.verify && !is_passed_on) complain(path + ": 'verify'" + no_effect);
        if (settings.verify && is_passed_on && !options_.callouts)
            complain(path + ": 'verify' needs server.callouts; without it all recipients are put off");
    }

    void visit_recipients(const mail::Domain& domain, const DomainSettings& settings) {
        const std::string path = recipients_file(options_, domain);
        const bool is_wanted = settings.recipients == Recipients::list;
        if (!is_wanted && files_.info(path)) complain(path + ": domain.json does not say that it counts");
        if (!is_wanted) return;
        if (const Status sound = check_recipient_list(files_, path); !sound) complain(sound.error());
    }

    void expect_program(const Method& method) {
        const auto* command = std::get_if<DeliveryCommand>(&method);
        if (command == nullptr) return;
        const auto info = files_.info(command->arguments.front());
        if (!info || info->kind != sys::FileKind::regular)
            complain(command->arguments.front() +
                     ": no such program, and it is the delivery command of accounts");
    }

    void expect_postmaster(const mail::Address& address) {
        const auto found = accounts_.look_up(address);
        if (found && std::holds_alternative<NoSuchUser>(*found))
            complain(address.to_string() + " does not exist; RFC 5321 wants it: add the account or an alias");
    }

    void expect_served(const mail::Domain& domain) {
        const auto served = accounts_.serves(domain);
        if (served && !*served)
            complain("local.default_domain is " + domain.text() +
                     ", which is not served here: 'smtpctl domain add' it");
    }

    void expect_targets(const std::vector<mail::Address>& targets, const std::string& path) {
        for (const mail::Address& target : targets) {
            if (target.domain() == nullptr) continue;
            const auto local = accounts_.serves(*target.domain());
            if (!local || !*local) continue;
            const auto found = accounts_.look_up(target);
            if (found && std::holds_alternative<NoSuchUser>(*found))
                complain(path + ": " + target.to_string() + " is nobody here");
        }
    }

    /// Circles that nobody leaves, and too many members.
    void expect_ends(const mail::Address& name) {
        const auto ends = expand(accounts_, name, Standing::of_envelope);
        if (!ends) complain(ends.error());
    }

    sys::FileSystem& files_;
    const Options& options_;
    FileAccounts accounts_;
    Findings findings_;
};

}  // namespace

Findings check(sys::FileSystem& files, const Options& options) { return Inspection(files, options).run(); }

}  // namespace postern::accounts
