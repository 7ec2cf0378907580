// SPDX-License-Identifier: BSD-2-Clause
#include "each_name.hpp"

#include "accounts/directory.hpp"

namespace postern::smtpctl {

namespace {

Result<std::vector<mail::Domain>> domains_meant(Toolbox& tools, const config::Config& config,
                                                const std::string& domain) {
    if (domain.empty()) return accounts::list_domains(tools.files, config.accounts);
    POSTERN_ASSIGN(auto only, parse_domain(domain));
    return std::vector{std::move(only)};
}

}  // namespace

Ending show_each(Toolbox& tools, const config::Config& config, const std::string& domain, ListNames& list,
                 const std::function<Status(const mail::Address&)>& show) {
    POSTERN_ASSIGN(const auto domains, domains_meant(tools, config, domain));
    for (const mail::Domain& each : domains) {
        const auto names = list(tools.files, config.accounts, each);
        if (names.failed_with(Fault::not_found))
            return {status::no_such_domain, each.text() + " is not served here"};
        if (!names) return names.error();
        for (const std::string& name : *names)
            if (const auto address = mail::Address::make(name, each)) POSTERN_TRY(show(*address));
    }
    return done;
}

}  // namespace postern::smtpctl
