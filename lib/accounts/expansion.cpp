// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/expansion.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <string>

#include "accounts/places.hpp"
#include "base/ascii.hpp"

namespace postern::accounts {

namespace {

/// Is its domain served here? Address literals never are.
Result<bool> is_served(const Accounts& accounts, const mail::Address& address) {
    if (!address.domain()) return false;
    return accounts.serves(*address.domain());
}

bool ends_here(const Account& account, Standing standing) {
    return standing == Standing::of_expansion || account.disabled || account.forward.empty();
}

Mailbox name_of(const Lookup& found) {
    if (const auto* account = std::get_if<Account>(&found)) return account->mailbox;
    if (const auto* alias = std::get_if<Alias>(&found))
        return name_in_userland(alias->name).value_or(Mailbox{});
    return {};
}

/// Follows names to their ends, breadth first, so that no chain of aliases costs stack.
class Walk {
public:
    Walk(const Accounts& accounts, std::size_t most) : accounts_(accounts), most_(most) {}

    Result<Members> run(const mail::Address& from, const Lookup& found) {
        seen_.insert(local_key(from));
        members_.of = name_of(found);
        POSTERN_TRY(follow({from, group_of(std::nullopt)}, found));
        for (; !waiting_.empty(); waiting_.pop_front()) POSTERN_TRY(visit(waiting_.front()));
        std::erase_if(members_.groups, [](const Members::Group& group) { return group.to.empty(); });
        if (!members_.groups.empty()) return std::move(members_);
        return Error(Fault::configuration, "the aliases of " + from.to_string() + " lead only to each other");
    }

private:
    struct Name {
        mail::Address address;
        std::size_t group;  ///< of members_.groups, by the owner of the lists that led to it
    };

    /// Local parts of this server are matched without regard to case; those of others are not ours to judge.
    static std::string local_key(const mail::Address& name) { return ascii::lower(name.to_string()); }

    Status visit(const Name& name) {
        POSTERN_ASSIGN(const bool served, is_served(accounts_, name.address));
        const bool is_new = seen_.insert(served ? local_key(name.address) : name.address.to_string()).second;
        if (!is_new) return done;
        if (!served) return add(name);
        POSTERN_ASSIGN(const Lookup found, accounts_.look_up(name.address));
        return follow(name, found);
    }

    Status follow(const Name& name, const Lookup& found) {
        if (const auto* alias = std::get_if<Alias>(&found))
            return wait_for(alias->targets, alias->owner ? group_of(alias->owner) : name.group);
        if (const auto* account = std::get_if<Account>(&found)) return follow(name, *account);
        return add(name);  // passed on; or unknown: it stays a member, so that the sender hears of it
    }

    Status follow(const Name& name, const Account& account) {
        if (!mailboxes_.insert(account.mailbox).second) return done;
        if (account.disabled) return add(name);
        if (keeps_copy(account)) POSTERN_TRY(add(name));
        return wait_for(account.forward, name.group);
    }

    Status wait_for(const std::vector<mail::Address>& names, std::size_t group) {
        for (const mail::Address& name : names) waiting_.push_back({name, group});
        return check_size(waiting_.size());
    }

    Status add(const Name& name) {
        members_.groups[name.group].to.push_back(name.address);
        return check_size(++count_);
    }

    std::size_t group_of(const std::optional<mail::Address>& owner) {
        const auto known = std::ranges::find(members_.groups, owner, &Members::Group::owner);
        if (known != members_.groups.end()) return static_cast<std::size_t>(known - members_.groups.begin());
        members_.groups.push_back({owner});
        return members_.groups.size() - 1;
    }

    Status check_size(std::size_t size) const {
        if (size <= most_) return done;
        return Error(Fault::configuration,
                     members_.of.to_string() + " has more than " + std::to_string(most_) + " members");
    }

    const Accounts& accounts_;
    std::size_t most_;
    std::set<std::string> seen_;
    std::set<Mailbox> mailboxes_;
    std::deque<Name> waiting_;
    Members members_;
    std::size_t count_ = 0;
};

}  // namespace

bool keeps_copy(const Account& account) {
    if (account.keep || account.forward.empty()) return true;
    return std::ranges::any_of(account.forward, [&](const mail::Address& address) {
        return name_in_userland(address) == account.mailbox;
    });
}

Result<Way> way_of(const Accounts& accounts, const mail::Address& address) {
    POSTERN_ASSIGN(const bool served, is_served(accounts, address));
    if (!served) return Way(Remote{});
    POSTERN_ASSIGN(const Lookup found, accounts.look_up(address));
    if (const auto* pass_on = std::get_if<PassOn>(&found)) return Way(*pass_on);
    return Way(Local{});
}

Result<Destination> expand(const Accounts& accounts, const mail::Address& recipient, Standing standing,
                           std::size_t most_members) {
    POSTERN_ASSIGN(const bool served, is_served(accounts, recipient));
    if (!served) return Destination(Remote{});
    POSTERN_ASSIGN(const Lookup found, accounts.look_up(recipient));
    if (std::holds_alternative<PassOn>(found)) return Destination(Remote{});
    if (std::holds_alternative<NoSuchUser>(found)) return Destination(NoSuchUser{});
    if (const auto* account = std::get_if<Account>(&found); account && ends_here(*account, standing)) {
        if (account->disabled) return Destination(MailboxDisabled{});
        return Destination(*account);
    }
    POSTERN_ASSIGN(Members members, Walk(accounts, most_members).run(recipient, found));
    return Destination(std::move(members));
}

}  // namespace postern::accounts
