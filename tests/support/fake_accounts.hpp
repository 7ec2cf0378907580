// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "base/ascii.hpp"

namespace postern::test {

inline mail::Address address(std::string_view text) { return *mail::Address::parse(text); }

inline std::vector<mail::Address> addresses(const std::vector<std::string>& texts) {
    std::vector<mail::Address> all;
    for (const auto& text : texts) all.push_back(address(text));
    return all;
}

/// Accounts in a map: whole addresses only; catch-all and +tag are FileAccounts' affair, a test adds what
/// they would find.
class FakeAccounts : public accounts::Accounts {
public:
    void serve(const std::string& domain) { domains_.insert(domain); }
    accounts::Account& add_account(const std::string& name, const std::vector<std::string>& forward = {}) {
        const auto at = name.find('@');
        accounts::Account account{{name.substr(at + 1), name.substr(0, at)}};
        account.forward = addresses(forward);
        return std::get<accounts::Account>(entries_[name] = account);
    }
    void add_alias(const std::string& name, const std::vector<std::string>& targets,
                   const std::string& owner = "") {
        entries_[name] = accounts::Alias{address(name), addresses(targets), mail::Address::parse(owner)};
    }
    void pass_on(const std::string& name, const std::string& host) {
        entries_[name] = accounts::PassOn{accounts::OtherServer{host, 25}};
    }
    accounts::Account& account(const std::string& name) {
        return std::get<accounts::Account>(entries_.at(name));
    }
    void remove(const std::string& name) { entries_.erase(name); }
    /// Every look-up of this name or domain fails.
    void add_trouble(const std::string& name) { troubled_.insert(name); }
    void end_trouble() { troubled_.clear(); }

    Result<bool> serves(const mail::Domain& domain) const override {
        if (troubled_.contains(domain.text())) return trouble(domain.text());
        return domains_.contains(domain.text());
    }
    Result<accounts::Lookup> look_up(const mail::Address& asked) const override {
        ++look_ups;
        const std::string name = ascii::lower(asked.to_string());
        if (troubled_.contains(name)) return trouble(name);
        const auto found = entries_.find(name);
        return found == entries_.end() ? accounts::Lookup(accounts::NoSuchUser{}) : found->second;
    }

    mutable int look_ups = 0;

private:
    static Error trouble(const std::string& name) {
        return Error(Fault::no_permission, "open " + name + ": permission denied");
    }

    std::set<std::string> domains_;
    std::set<std::string> troubled_;
    std::map<std::string, accounts::Lookup> entries_;
};

}  // namespace postern::test
