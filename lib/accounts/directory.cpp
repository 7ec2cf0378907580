// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/directory.hpp"

#include <algorithm>

#include "accounts/places.hpp"

namespace postern::accounts {

namespace {

Result<std::vector<std::string>> list_names(sys::FileSystem& files, const Options& options,
                                            const mail::Domain& domain, std::string_view suffix) {
    POSTERN_ASSIGN(const std::vector<std::string> entries, files.list(domain_directory(options, domain)));
    std::vector<std::string> names;
    for (const std::string& entry : entries)
        if (auto local_part = local_part_of(entry, suffix)) names.push_back(*std::move(local_part));
    std::ranges::sort(names);
    return names;
}

}  // namespace

Result<std::vector<mail::Domain>> list_domains(sys::FileSystem& files, const Options& options) {
    POSTERN_ASSIGN(const std::vector<std::string> entries, files.list(options.domains_directory));
    std::vector<mail::Domain> domains;
    for (const std::string& entry : entries)
        if (auto domain = domain_of(entry)) domains.push_back(*std::move(domain));
    std::ranges::sort(domains);
    return domains;
}

Result<std::vector<std::string>> list_accounts(sys::FileSystem& files, const Options& options,
                                               const mail::Domain& domain) {
    return list_names(files, options, domain, kAccountSuffix);
}

Result<std::vector<std::string>> list_aliases(sys::FileSystem& files, const Options& options,
                                              const mail::Domain& domain) {
    return list_names(files, options, domain, kAliasSuffix);
}

}  // namespace postern::accounts
