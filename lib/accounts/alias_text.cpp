// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/alias_text.hpp"

#include <algorithm>
#include <set>

#include "accounts/lines.hpp"
#include "accounts/target.hpp"

namespace postern::accounts {

Result<std::vector<mail::Address>> parse_alias(std::string_view text, const std::string& path,
                                               const mail::Domain& domain) {
    std::vector<mail::Address> targets;
    POSTERN_TRY(for_each_line(text, [&](std::string_view line, std::size_t number) -> Status {
        auto target = parse_target(line, domain);
        if (!target)
            return Error(Fault::configuration, path + ":" + std::to_string(number) + ": '" +
                                                   std::string(line) +
                                                   "' is neither an address nor a name of this domain");
        targets.push_back(*std::move(target));
        return done;
    }));
    if (targets.empty()) return Error(Fault::configuration, path + ": an alias needs a target");
    return targets;
}

std::string with_targets(std::string text, const std::vector<mail::Address>& targets,
                         const mail::Domain& domain) {
    std::set<std::string> there;
    (void)for_each_line(text, [&](std::string_view line, std::size_t) -> Status {
        if (const auto target = parse_target(line, domain)) there.insert(target->to_string());
        return done;
    });
    for (const mail::Address& target : targets)
        if (there.insert(target.to_string()).second) text = with_line(std::move(text), target.to_string());
    return text;
}

std::string without_target(std::string_view text, const mail::Address& target, const mail::Domain& domain) {
    return without_lines(text, [&](std::string_view line) { return parse_target(line, domain) == target; });
}

}  // namespace postern::accounts
