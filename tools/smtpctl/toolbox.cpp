// SPDX-License-Identifier: BSD-2-Clause
#include "toolbox.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "config/load.hpp"
#include "startup.hpp"
#include "sys/process.hpp"

namespace postern::smtpctl {

namespace {

constexpr std::chrono::seconds kPatience{10};

std::string lock_file(const std::string& root) { return root + "/.lock"; }

}  // namespace

Result<std::string> Toolbox::enter() {
    POSTERN_ASSIGN(std::string root, tools::find_root(root_option));
    const auto info = files.info(root);
    if (info.failed_with(Fault::not_found))
        return Error(Fault::configuration, root + " does not exist; 'smtpctl init' makes a userland");
    POSTERN_TRY(sys::take_owner_of(root));
    return root;
}

Result<config::Config> Toolbox::config() {
    POSTERN_ASSIGN(const std::string root, enter());
    return config::load(files, root);
}

Result<accounts::Editor> Toolbox::edit(const config::Config& config) {
    return accounts::Editor::open(files, config.accounts, lock_file(config.directories.root));
}

Result<sys::EditLock> Toolbox::lock(const std::string& root) {
    return sys::EditLock::acquire(files, lock_file(root), kPatience);
}

Result<mail::Address> parse_local(std::string_view text, const config::Config& config) {
    std::string whole(text);
    if (text.find('@') == std::string_view::npos) {
        if (!config.accounts.default_domain)
            return Error(Fault::permanent, whole + ": which domain? local.default_domain is not set");
        whole += "@" + config.accounts.default_domain->text();
    }
    const auto address = mail::Address::parse(whole);
    if (address && address->domain() != nullptr) return *address;
    return Error(Fault::permanent, "'" + printable(text) + "' is no address such as alice@example.org");
}

Result<mail::Domain> parse_domain(std::string_view text) {
    auto domain = mail::Domain::parse(text);
    if (domain) return *std::move(domain);
    return Error(Fault::permanent, "'" + printable(text) + "' is no domain name such as example.org");
}

Ending ending_of(const Result<accounts::Edited>& edited, const std::string& name,
                 const mail::Domain& domain) {
    if (!edited) return edited.error();
    switch (*edited) {
        case accounts::Edited::done: return done;
        case accounts::Edited::no_such_domain:
            return {status::no_such_domain,
                    domain.text() + " is not served here ('smtpctl domain list' shows which are)"};
        case accounts::Edited::no_such_name: return {status::no_such_user, name + " does not exist"};
        case accounts::Edited::already_there: return {status::bad_value, name + " exists already"};
    }
    return done;
}

Ending ending_of(std::size_t problems, int status, const std::string& found) {
    if (problems == 0) return done;
    return {status, std::to_string(problems) + (problems == 1 ? " problem " : " problems ") + found};
}

std::string printable(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    while (!text.empty()) {
        const std::string_view character =
            text.substr(0, std::max<std::size_t>(utf8::length_of_first(text), 1));
        text.remove_prefix(character.size());
        if (utf8::is_text(character))
            out += character;
        else
            for (const auto c : character)
                ((out += '%') += hex[static_cast<unsigned char>(c) >> 4]) += hex[c & 15];
    }
    return out;
}

}  // namespace postern::smtpctl
