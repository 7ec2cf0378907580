// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/owner.hpp"

#include <string>

#include "accounts/places.hpp"
#include "base/ascii.hpp"

namespace postern::accounts {

namespace {

constexpr std::string_view kOwnerPrefix = "owner-";

Result<bool> is_a_file(sys::FileSystem& files, const std::string& path) {
    const auto info = files.info(path);
    if (info) return true;
    if (info.failed_with(Fault::not_found)) return false;
    return info.error();
}

}  // namespace

Result<std::optional<mail::Address>> owner_of(sys::FileSystem& files, const Options& options,
                                              const mail::Domain& domain, std::string_view alias) {
    using Owner = std::optional<mail::Address>;
    const std::string name = std::string(kOwnerPrefix) + ascii::lower(alias);
    const Owner owner = mail::Address::make(name, domain);
    if (!owner || ascii::starts_ignoring_case(alias, kOwnerPrefix)) return Owner();
    for (const std::string& path : {account_file(options, domain, name), alias_file(options, domain, name)}) {
        POSTERN_ASSIGN(const bool is_there, is_a_file(files, path));
        if (is_there) return owner;
    }
    return Owner();
}

}  // namespace postern::accounts
