// SPDX-License-Identifier: BSD-2-Clause
// Whether a domain takes mail, as far as the DNS says (RFC 5321 §5.1, RFC 7505). A session that is confined
// asks its helper, in one packet.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "callout/question.hpp"
#include "dns/resolver.hpp"
#include "mail/domain.hpp"

namespace postern::callout {

struct DomainQuestion {
    mail::Domain domain;
    bool operator==(const DomainQuestion&) const = default;
};

std::string to_packet(const DomainQuestion& question);
/// Nothing for a packet that is no such question.
std::optional<DomainQuestion> parse_domain_question(std::string_view packet);

/// `refused`: it says that it takes none (null MX); `unknown`: there is no such domain, or nothing in it that
/// mail could go to; `undecided`: the DNS does not say now.
Answer answer_to(const DomainQuestion& question, dns::Resolver& resolver);

}  // namespace postern::callout
