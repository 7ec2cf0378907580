// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/file_accounts.hpp"

#include "accounts/alias_text.hpp"
#include "accounts/owner.hpp"
#include "accounts/places.hpp"
#include "accounts/recipient_list.hpp"
#include "accounts/same_as.hpp"
#include "base/escape.hpp"

namespace postern::accounts {

namespace {

bool is_found(const Lookup& lookup) { return !std::holds_alternative<NoSuchUser>(lookup); }

/// "alice" of "alice+lists"; "" when there is no tag.
std::string_view without_tag(std::string_view local_part) {
    const std::size_t plus = local_part.find('+');
    return plus == std::string_view::npos ? std::string_view{} : local_part.substr(0, plus);
}

Account to_account(const mail::Domain& domain, std::string_view local_part, AccountSettings settings) {
    return {.mailbox = {escape_file_name(domain.text()), escape_file_name(local_part)},
            .quota = settings.quota,
            .forward = std::move(settings.forward),
            .keep = settings.keep,
            .disabled = settings.disabled,
            .method = IntoMaildir{},
            .may_send_as = std::move(settings.may_send_as)};
}

Status expect_directory(sys::FileSystem& files, const std::string& path) {
    POSTERN_ASSIGN(const sys::FileInfo info, files.info(path));
    if (info.kind == sys::FileKind::directory) return done;
    return Error(Fault::configuration, path + " is no directory");
}

}  // namespace

Result<bool> FileAccounts::serves(const mail::Domain& domain) const {
    const Status there = expect_directory(files_, domain_directory(options_, domain));
    if (there) return true;
    if (!there.failed_with(Fault::not_found)) return there.error();
    // A tree that is not mounted must not turn every domain into a foreign one.
    const Status tree = expect_directory(files_, options_.domains_directory);
    if (tree) return false;
    return Error(Fault::configuration, tree.error().what());
}

Result<Lookup> FileAccounts::account_or_alias(const mail::Domain& domain, std::string_view local_part) const {
    const std::string account_path = account_file(options_, domain, local_part);
    auto text = sys::read_whole_file(files_, account_path);
    if (text) {
        POSTERN_ASSIGN(AccountSettings settings, parse_account(*text, account_path, domain));
        POSTERN_ASSIGN(Method method, method_of(settings, domain));
        Account account = to_account(domain, local_part, std::move(settings));
        account.method = std::move(method);
        return Lookup(std::move(account));
    }
    if (!text.failed_with(Fault::not_found)) return text.error();

    const std::string alias_path = alias_file(options_, domain, local_part);
    text = sys::read_whole_file(files_, alias_path, kLargestAlias);
    if (text.failed_with(Fault::not_found)) return Lookup(NoSuchUser{});
    if (!text) return text.error();
    POSTERN_ASSIGN(std::vector<mail::Address> targets, parse_alias(*text, alias_path, domain));
    auto name = mail::Address::make(local_part, domain);
    if (!name) return Error(Fault::internal, alias_path + ": no legal name");
    POSTERN_ASSIGN(auto owner, owner_of(files_, options_, domain, local_part));
    return Lookup(Alias{*std::move(name), std::move(targets), std::move(owner)});
}

Result<DomainSettings> FileAccounts::settings_of(const mail::Domain& domain) const {
    const std::string path = domain_file(options_, domain);
    const auto text = sys::read_whole_file(files_, path);
    if (text) return parse_domain_settings(*text, path, domain);
    if (!text.failed_with(Fault::not_found)) return text.error();
    // The directory may have gone meanwhile; then nobody knows who lives here.
    POSTERN_ASSIGN(const bool still_served, serves(domain));
    if (still_served) return DomainSettings{};
    return Error(Fault::temporary, domain_directory(options_, domain) + " does not exist");
}

Result<Method> FileAccounts::method_of(const AccountSettings& account, const mail::Domain& domain) const {
    if (account.method) return *account.method;
    POSTERN_ASSIGN(const DomainSettings settings, settings_of(domain));
    return settings.method.value_or(IntoMaildir{});
}

Result<Lookup> FileAccounts::other_name(const mail::Address& address, const mail::Domain& domain) const {
    POSTERN_ASSIGN(DomainSettings settings, settings_of(domain));
    if (settings.catch_all) return Lookup(Alias{address, {*std::move(settings.catch_all)}});
    std::optional<PassOn> pass_on = std::move(settings.relay_to);
    if (!pass_on && options_.default_host) pass_on = PassOn{options_.default_host};
    if (!pass_on) return Lookup(NoSuchUser{});
    if (settings.recipients == Recipients::list) {
        POSTERN_ASSIGN(const bool listed,
                       is_listed(files_, recipients_file(options_, domain), address.local_part()));
        if (!listed) return Lookup(NoSuchUser{});
    }
    pass_on->verify = settings.verify;
    return Lookup(*std::move(pass_on));
}

Result<Lookup> FileAccounts::exact_or_untagged(const mail::Domain& domain,
                                               std::string_view local_part) const {
    POSTERN_ASSIGN(Lookup exact, account_or_alias(domain, local_part));
    const std::string_view base = without_tag(local_part);
    if (is_found(exact) || base.empty()) return exact;
    return account_or_alias(domain, base);
}

Result<Lookup> FileAccounts::look_up(const mail::Address& address) const {
    const mail::Domain* const domain = address.domain();
    if (domain == nullptr) return Lookup(NoSuchUser{});  // address literals are not served
    POSTERN_ASSIGN(Lookup own, exact_or_untagged(*domain, address.local_part()));
    if (is_found(own)) return own;
    POSTERN_ASSIGN(const mail::Domain home, home_of(files_, options_, *domain));
    if (home == *domain) return other_name(address, home);
    POSTERN_ASSIGN(Lookup at_home, exact_or_untagged(home, address.local_part()));
    if (is_found(at_home)) return at_home;
    return other_name(mail::Address::make(address.local_part(), home).value_or(address), home);
}

}  // namespace postern::accounts
