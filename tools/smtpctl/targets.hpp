// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>
#include <vector>

#include "accounts/target.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

/// Targets of an alias of `domain` as they were typed; Fault::permanent names the first that is none.
inline Result<std::vector<mail::Address>> parse_targets(const std::vector<std::string>& texts,
                                                        const mail::Domain& domain) {
    std::vector<mail::Address> targets;
    for (const std::string& text : texts) {
        const auto target = accounts::parse_target(text, domain);
        if (!target)
            return Error(Fault::permanent,
                         "'" + printable(text) + "' is neither an address nor a name of " + domain.text());
        targets.push_back(*target);
    }
    return targets;
}

}  // namespace postern::smtpctl
