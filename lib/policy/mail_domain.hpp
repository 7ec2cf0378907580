// SPDX-License-Identifier: BSD-2-Clause
// What the DNS says of a domain that mail comes from or goes to.
#pragma once

#include <functional>

#include "mail/domain.hpp"

namespace postern::policy {

enum class MailDomain {
    takes_mail,
    takes_none,  ///< null MX (RFC 7505)
    unknown,     ///< there is no such domain, or no host in it that mail could go to
    undecided,   ///< the DNS does not say now: nobody is refused for that
};

/// Empty where domains are not looked at (smtp.check_domains).
using LookAtDomain = std::function<MailDomain(const mail::Domain&)>;

}  // namespace postern::policy
