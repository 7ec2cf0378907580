// SPDX-License-Identifier: BSD-2-Clause
#include "mail/release_domain.hpp"

#include "mail/domain.hpp"

namespace postern::mail {

std::optional<std::string> parse_release_domain(std::string_view text) {
    const bool below_too = text.starts_with('@');
    if (below_too) text.remove_prefix(1);
    const auto domain = Domain::parse(text);
    if (!domain) return std::nullopt;
    return (below_too ? "@" : "") + domain->text();
}

}  // namespace postern::mail
