// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/places.hpp"

#include "base/escape.hpp"

namespace postern::accounts {

std::string domain_directory(const Options& options, const mail::Domain& domain) {
    return options.domains_directory + "/" + escape_file_name(domain.text());
}

std::string domain_file(const Options& options, const mail::Domain& domain) {
    return domain_directory(options, domain) + "/domain.json";
}

std::string recipients_file(const Options& options, const mail::Domain& domain) {
    return domain_directory(options, domain) + "/" + std::string(kRecipientsFile);
}

std::string account_file(const Options& options, const mail::Domain& domain, std::string_view local_part) {
    return domain_directory(options, domain) + "/" + escape_file_name(local_part) +
           std::string(kAccountSuffix);
}

std::string alias_file(const Options& options, const mail::Domain& domain, std::string_view local_part) {
    return domain_directory(options, domain) + "/" + escape_file_name(local_part) + std::string(kAliasSuffix);
}

std::string password_directory(const Options& options, const mail::Domain& domain) {
    return options.passwords_directory + "/" + escape_file_name(domain.text());
}

std::string password_file(const Options& options, const mail::Domain& domain, std::string_view local_part) {
    return password_directory(options, domain) + "/" + escape_file_name(local_part);
}

std::optional<Mailbox> name_in_userland(const mail::Address& address) {
    if (address.domain() == nullptr) return std::nullopt;
    return Mailbox{escape_file_name(address.domain()->text()), escape_file_name(address.local_part())};
}

std::optional<std::string> local_part_of(std::string_view file_name, std::string_view suffix) {
    if (file_name.size() <= suffix.size() || !file_name.ends_with(suffix)) return std::nullopt;
    const std::string_view stem = file_name.substr(0, file_name.size() - suffix.size());
    auto local_part = unescape(stem);
    if (!local_part || escape_file_name(*local_part) != stem) return std::nullopt;
    return local_part;
}

std::optional<mail::Domain> domain_of(std::string_view directory_name) {
    auto domain = mail::Domain::parse(directory_name);
    return domain && domain->text() == directory_name ? domain : std::nullopt;
}

}  // namespace postern::accounts
