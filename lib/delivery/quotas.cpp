// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/quotas.hpp"

#include <algorithm>

#include "accounts/places.hpp"
#include "base/escape.hpp"
#include "delivery/maildir_folders.hpp"

namespace postern::delivery {

namespace {

/// Is there a Maildir for the quota to limit?
bool has_limit(const accounts::Account& account) {
    return account.quota != 0 && accounts::keeps_copy(account) &&
           std::holds_alternative<accounts::IntoMaildir>(account.method);
}

/// The account whose mailbox this is and who has a quota for it; nothing when there is none any more.
Result<std::optional<accounts::Account>> owner_of(const accounts::Mailbox& mailbox,
                                                  const accounts::Accounts& accounts) {
    using Found = std::optional<accounts::Account>;
    const auto domain = accounts::domain_of(mailbox.domain);
    const auto local_part = unescape(mailbox.user);
    const auto address = domain && local_part ? mail::Address::make(*local_part, *domain) : std::nullopt;
    if (!address) return Found();
    POSTERN_ASSIGN(const bool served, accounts.serves(*domain));
    if (!served) return Found();
    POSTERN_ASSIGN(const accounts::Lookup found, accounts.look_up(*address));
    const auto* account = std::get_if<accounts::Account>(&found);
    const bool is_owner = account != nullptr && account->mailbox == mailbox && has_limit(*account);
    return is_owner ? Found(*account) : Found();
}

}  // namespace

Quotas::Quotas(sys::FileSystem& files, const Clock& clock, Options options, std::string process)
    : files_(files),
      clock_(clock),
      options_(std::move(options)),
      process_(std::move(process)),
      full_(files, options_.state_directory) {}

Result<Fit> Quotas::judge(const accounts::Account& account, std::uint64_t octets) {
    if (octets > account.quota) return Fit::never;
    POSTERN_ASSIGN(const std::uint64_t room, quota_of(account).room_for(octets));
    if (octets <= room) return Fit::yes;
    POSTERN_TRY(full_.note(account.mailbox, {room, octets}));
    return Fit::not_now;
}

void Quotas::add(const accounts::Account& account, std::uint64_t octets) { quota_of(account).add(octets); }

void Quotas::distrust(const accounts::Account& account) { quota_of(account).distrust(); }

Status Quotas::review(const accounts::Accounts& accounts, Log& log) {
    POSTERN_ASSIGN(const auto mailboxes, full_.list());
    for (const accounts::Mailbox& mailbox : mailboxes) {
        const Status reviewed = review(mailbox, accounts);
        if (reviewed) continue;
        log.write(Severity::err, "trouble",
                  {{"mailbox", mailbox.to_string()}, {"what", reviewed.error().what()}});
    }
    return done;
}

Status Quotas::review(const accounts::Mailbox& mailbox, const accounts::Accounts& accounts) {
    POSTERN_ASSIGN(const auto shortage, full_.find(mailbox));
    if (!shortage) return done;  // another pass was quicker
    POSTERN_ASSIGN(const auto account, owner_of(mailbox, accounts));
    return account ? review(*account, *shortage) : full_.forget(mailbox);
}

Status Quotas::review(const accounts::Account& account, const accounts::Shortage& shortage) {
    const std::uint64_t wanted = std::max<std::uint64_t>(shortage.wanted, 1);
    POSTERN_ASSIGN(const std::uint64_t room, quota_of(account).room_for(wanted));
    const bool is_awaited = wanted <= account.quota;  // else it will never come
    if (room < wanted && is_awaited) return full_.note(account.mailbox, {room, wanted});
    return full_.forget(account.mailbox);
}

Quota Quotas::quota_of(const accounts::Account& account) {
    const std::string maildir = maildir_path(options_.mail_directory, account.mailbox);
    const std::string temporary = maildir + "/tmp/maildirsize." + process_ + "." + std::to_string(++names_);
    return Quota(files_, clock_, {maildir, account.quota, temporary});
}

}  // namespace postern::delivery
