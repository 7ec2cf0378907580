// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/same_as.hpp"

#include <string>

#include "accounts/places.hpp"
#include "accounts/settings_file.hpp"

namespace postern::accounts {

namespace {

Result<std::optional<mail::Domain>> read_same_as(sys::FileSystem& files, const Options& options,
                                                 const mail::Domain& domain) {
    const std::string path = domain_file(options, domain);
    const auto text = sys::read_whole_file(files, path);
    if (text.failed_with(Fault::not_found)) return std::optional<mail::Domain>();
    if (!text) return text.error();
    POSTERN_ASSIGN(DomainSettings settings, parse_domain_settings(*text, path, domain));
    return std::move(settings.same_as);
}

}  // namespace

Result<mail::Domain> home_of(sys::FileSystem& files, const Options& options, const mail::Domain& domain) {
    POSTERN_ASSIGN(const auto home, read_same_as(files, options, domain));
    if (!home) return domain;
    const auto refuse = [&](const std::string& why) {
        return Error(Fault::configuration,
                     domain_file(options, domain) + ": 'same_as' names " + home->text() + ", " + why);
    };
    if (*home == domain) return refuse("the domain itself");
    const auto directory = files.info(domain_directory(options, *home));
    if (directory.failed_with(Fault::not_found)) return refuse("which is not served here");
    if (!directory) return directory.error();
    POSTERN_ASSIGN(const auto further, read_same_as(files, options, *home));
    if (further) return refuse("which is the same as " + further->text() + " itself");
    return *home;
}

}  // namespace postern::accounts
