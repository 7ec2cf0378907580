// SPDX-License-Identifier: BSD-2-Clause
// The JSON of a USER.account and of a domain.json. Comments are allowed; an empty text, an unknown key or
// a wrong type is Fault::configuration and names the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "accounts/method.hpp"
#include "base/result.hpp"
#include "mail/address.hpp"

namespace postern::accounts {

struct AccountSettings {
    std::uint64_t quota = 0;                  ///< octets, 0 = none
    std::vector<mail::Address> forward = {};  ///< bare names are of the account's domain
    bool keep = true;
    bool disabled = false;
    std::vector<Sender> may_send_as = {};
    std::optional<Method> method = {};  ///< `lmtp` (null = IntoMaildir) or `command`; unset: the domain's
};

/// Which of the names that are passed on exist there.
enum class Recipients {
    all,   ///< whether they do is that server's affair
    list,  ///< those in DOMAIN/recipients
};

struct DomainSettings {
    std::optional<mail::Domain> same_as = {};  ///< other names are looked up there; stands alone
    std::optional<mail::Address> catch_all = {};
    std::optional<PassOn> relay_to = {};  ///< for names that are not here; never with `catch_all`
    Recipients recipients = Recipients::all;
    std::optional<Method> method = {};  ///< of accounts that do not say
    bool verify = false;  ///< that server is asked for each; never where it is to be found by MX
};

Result<AccountSettings> parse_account(std::string_view text, const std::string& path,
                                      const mail::Domain& domain);
/// What parse_account reads back; settings that have their default are left out: "{}".
std::string format_account(const AccountSettings& settings);

Result<DomainSettings> parse_domain_settings(std::string_view text, const std::string& path,
                                             const mail::Domain& domain);

}  // namespace postern::accounts
