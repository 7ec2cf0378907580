// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/editor.hpp"

#include "accounts/alias_text.hpp"
#include "accounts/credentials.hpp"
#include "accounts/lines.hpp"
#include "accounts/places.hpp"
#include "accounts/same_as.hpp"

namespace postern::accounts {

namespace {

constexpr std::chrono::seconds kPatience{10};
constexpr unsigned kFileMode = 0640, kDirectoryMode = 0750;

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

Status make_durable_directory(sys::FileSystem& files, const std::string& path, unsigned mode) {
    const Status made = files.make_directory(path, mode);
    if (made.failed_with(Fault::exists)) return done;
    POSTERN_TRY(made);
    return sys::sync_directory(files, parent_of(path));
}

/// The file's text, or "" when there is none yet.
Result<std::string> read_or_empty(sys::FileSystem& files, const std::string& path) {
    auto text = sys::read_whole_file(files, path, kLargestAlias);
    if (text.failed_with(Fault::not_found)) return std::string();
    return text;
}

/// "#a@example.net" would be read back as a comment.
Status expect_holdable(const mail::Address& target) {
    const std::string line = target.to_string();
    if (content_of_line(line) == line) return done;
    return Error(Fault::permanent, line + " cannot stand in an alias: what follows # is a comment there");
}

bool names(std::string_view line, const RelayHost& host) {
    const auto named = parse_relay_host(line);
    return named && to_string(*named) == to_string(host);
}

}  // namespace

Result<Editor> Editor::open(sys::FileSystem& files, Options options, const std::string& lock_file) {
    POSTERN_ASSIGN(sys::EditLock lock, sys::EditLock::acquire(files, lock_file, kPatience));
    return Editor(files, std::move(options), std::move(lock));
}

Result<bool> Editor::exists(const std::string& path) const {
    const auto info = files_.info(path);
    if (info) return true;
    if (info.failed_with(Fault::not_found)) return false;
    return info.error();
}

Result<Edited> Editor::add_domain(const mail::Domain& domain) {
    const std::string directory = domain_directory(options_, domain);
    POSTERN_TRY(make_durable_directory(files_, directory, kDirectoryMode));
    for (const std::string& path :
         {account_file(options_, domain, "postmaster"), alias_file(options_, domain, "postmaster")}) {
        POSTERN_ASSIGN(const bool there, exists(path));
        if (there) return Edited::already_there;
    }
    POSTERN_TRY(sys::replace_file(files_, account_file(options_, domain, "postmaster"), format_account({}),
                                  kFileMode));
    return Edited::done;
}

Result<Edited> Editor::add_other_name(const mail::Domain& domain, const mail::Domain& home) {
    POSTERN_ASSIGN(const bool is_home_there, exists(domain_directory(options_, home)));
    if (!is_home_there) return Edited::no_such_domain;
    POSTERN_ASSIGN(const mail::Domain furthest, home_of(files_, options_, home));
    if (furthest != home || home == domain)
        return Error(Fault::permanent, home.text() + " is only another name of " + furthest.text());
    const std::string directory = domain_directory(options_, domain);
    POSTERN_TRY(make_durable_directory(files_, directory, kDirectoryMode));
    POSTERN_ASSIGN(const auto entries, files_.list(directory));
    if (!entries.empty()) return Edited::already_there;  // empty: an earlier one came no further
    POSTERN_TRY(sys::replace_file(files_, domain_file(options_, domain),
                                  "{\"same_as\":\"" + home.text() + "\"}\n", kFileMode));
    return Edited::done;
}

Status Editor::expect_plain_files(const std::string& directory) const {
    POSTERN_ASSIGN(const std::vector<std::string> entries, files_.list(directory));
    for (const std::string& entry : entries) {
        POSTERN_ASSIGN(const sys::FileInfo info, files_.info(directory + "/" + entry));
        if (info.kind != sys::FileKind::regular)
            return Error(Fault::permanent, directory + "/" + entry + " is no plain file; move it away first");
    }
    return done;
}

Status Editor::remove_tree(const std::string& directory) {
    const auto entries = files_.list(directory);
    if (entries.failed_with(Fault::not_found)) return done;
    if (!entries) return entries.error();
    for (const std::string& entry : *entries) POSTERN_TRY(files_.unlink(directory + "/" + entry));
    POSTERN_TRY(files_.remove_directory(directory));
    return sys::sync_directory(files_, parent_of(directory));
}

Result<Edited> Editor::remove_domain(const mail::Domain& domain) {
    const std::string directory = domain_directory(options_, domain);
    POSTERN_ASSIGN(const bool there, exists(directory));
    if (!there) return Edited::no_such_domain;
    POSTERN_TRY(expect_plain_files(directory));
    const std::string hidden = options_.domains_directory + "/." + domain.text() + ".removed";
    POSTERN_TRY(remove_tree(hidden));  // of one that was interrupted
    POSTERN_TRY(files_.rename_new(directory, hidden));
    POSTERN_TRY(sys::sync_directory(files_, options_.domains_directory));
    POSTERN_TRY(remove_tree(hidden));
    POSTERN_TRY(remove_tree(password_directory(options_, domain)));
    return Edited::done;
}

Result<Edited> Editor::add_account(const mail::Address& address, const AccountSettings& settings,
                                   std::string_view password_hash) {
    const mail::Domain& domain = *address.domain();
    POSTERN_ASSIGN(const bool served, exists(domain_directory(options_, domain)));
    if (!served) return Edited::no_such_domain;
    for (const std::string& path : {account_file(options_, domain, address.local_part()),
                                    alias_file(options_, domain, address.local_part())}) {
        POSTERN_ASSIGN(const bool taken, exists(path));
        if (taken) return Edited::already_there;
    }
    // The password first: an account that is there without it would be one that nobody expects.
    POSTERN_TRY(store_credentials(address, {.password_hash = std::string(password_hash)}));
    POSTERN_TRY(sys::replace_file(files_, account_file(options_, domain, address.local_part()),
                                  format_account(settings), kFileMode));
    return Edited::done;
}

Result<Edited> Editor::remove_account(const mail::Address& address) {
    const mail::Domain& domain = *address.domain();
    POSTERN_ASSIGN(const bool served, exists(domain_directory(options_, domain)));
    if (!served) return Edited::no_such_domain;
    const Status gone = sys::remove_file(files_, account_file(options_, domain, address.local_part()));
    if (gone.failed_with(Fault::not_found)) return Edited::no_such_name;
    POSTERN_TRY(gone);
    POSTERN_TRY(store_credentials(address, {}));
    return Edited::done;
}

Result<Edited> Editor::change_account(const mail::Address& address, const Change& change) {
    const mail::Domain& domain = *address.domain();
    POSTERN_ASSIGN(const bool served, exists(domain_directory(options_, domain)));
    if (!served) return Edited::no_such_domain;
    const std::string path = account_file(options_, domain, address.local_part());
    const auto before = sys::read_whole_file(files_, path);
    if (before.failed_with(Fault::not_found)) return Edited::no_such_name;
    if (!before) return before.error();
    POSTERN_TRY(parse_account(*before, path, domain));  // what is not understood is not ours to change
    POSTERN_ASSIGN(const std::string after, change(*before, path));
    POSTERN_TRY(parse_account(after, path, domain));
    if (after != *before) POSTERN_TRY(sys::replace_file(files_, path, after, kFileMode));
    return Edited::done;
}

Result<Edited> Editor::set_password(const mail::Address& address, std::string_view password_hash,
                                    std::optional<sasl::ScramKeys> scram) {
    return change_credentials(address, [&](Credentials& credentials) -> Result<Edited> {
        credentials.password_hash = password_hash;
        credentials.scram = std::move(scram);
        return Edited::done;
    });
}

Result<Edited> Editor::change_credentials(const mail::Address& address, const CredentialsChange& change) {
    const mail::Domain& domain = *address.domain();
    POSTERN_ASSIGN(const bool served, exists(domain_directory(options_, domain)));
    if (!served) return Edited::no_such_domain;
    POSTERN_ASSIGN(const bool there, exists(account_file(options_, domain, address.local_part())));
    if (!there) return Edited::no_such_name;
    POSTERN_ASSIGN(Credentials credentials, read_credentials(files_, options_, *name_in_userland(address)));
    POSTERN_ASSIGN(const Edited edited, change(credentials));
    if (edited == Edited::done) POSTERN_TRY(store_credentials(address, credentials));
    return edited;
}

Status Editor::store_credentials(const mail::Address& address, const Credentials& credentials) {
    const std::string path = password_file(options_, *address.domain(), address.local_part());
    if (credentials.is_empty()) {
        const Status gone = sys::remove_file(files_, path);
        return gone.failed_with(Fault::not_found) ? Status(done) : gone;
    }
    POSTERN_TRY(make_durable_directory(files_, options_.passwords_directory, kSecretDirectoryMode));
    POSTERN_TRY(make_durable_directory(files_, password_directory(options_, *address.domain()),
                                       kSecretDirectoryMode));
    return sys::replace_file(files_, path, format_credentials(credentials), kSecretMode);
}

Result<Edited> Editor::add_alias(const mail::Address& alias, const std::vector<mail::Address>& targets) {
    const mail::Domain& domain = *alias.domain();
    POSTERN_ASSIGN(const bool served, exists(domain_directory(options_, domain)));
    if (!served) return Edited::no_such_domain;
    POSTERN_ASSIGN(const bool is_account, exists(account_file(options_, domain, alias.local_part())));
    if (is_account)
        return Error(Fault::exists,
                     alias.to_string() + " is an account; an alias beside it would have no effect");
    for (const mail::Address& target : targets) POSTERN_TRY(expect_holdable(target));
    const std::string path = alias_file(options_, domain, alias.local_part());
    POSTERN_ASSIGN(const std::string before, read_or_empty(files_, path));
    const std::string after = with_targets(before, targets, domain);
    if (after == before) return Edited::already_there;
    POSTERN_TRY(parse_alias(after, path, domain));
    POSTERN_TRY(sys::replace_file(files_, path, after, kFileMode));
    return Edited::done;
}

Result<Edited> Editor::remove_alias(const mail::Address& alias, const std::vector<mail::Address>& targets) {
    const mail::Domain& domain = *alias.domain();
    POSTERN_ASSIGN(const bool served, exists(domain_directory(options_, domain)));
    if (!served) return Edited::no_such_domain;
    const std::string path = alias_file(options_, domain, alias.local_part());
    const auto before = sys::read_whole_file(files_, path, kLargestAlias);
    if (before.failed_with(Fault::not_found)) return Edited::no_such_name;
    if (!before) return before.error();

    std::string after = targets.empty() ? std::string() : *before;
    for (const mail::Address& target : targets) {
        std::string without = without_target(after, target, domain);
        if (without == after) return Edited::no_such_name;
        after = std::move(without);
    }
    if (!has_content(after)) {
        POSTERN_TRY(sys::remove_file(files_, path));
        return Edited::done;
    }
    POSTERN_TRY(parse_alias(after, path, domain));  // what is not understood is not ours to change
    POSTERN_TRY(sys::replace_file(files_, path, after, kFileMode));
    return Edited::done;
}

Result<Edited> Editor::add_relay_host(const RelayHost& host) {
    const std::string& path = options_.relay_hosts_file;
    POSTERN_ASSIGN(std::string text, read_or_empty(files_, path));
    if (without_lines(text, [&](std::string_view line) { return names(line, host); }) != text)
        return Edited::already_there;
    text = with_line(std::move(text), to_string(host));
    POSTERN_TRY(RelayHosts::parse(text, path));  // not beside a line that makes the whole file an error
    POSTERN_TRY(sys::replace_file(files_, path, text, kFileMode));
    return Edited::done;
}

Result<Edited> Editor::remove_relay_host(const RelayHost& host) {
    const std::string& path = options_.relay_hosts_file;
    POSTERN_ASSIGN(const std::string before, read_or_empty(files_, path));
    const std::string after = without_lines(before, [&](std::string_view line) { return names(line, host); });
    if (after == before) return Edited::no_such_name;
    POSTERN_TRY(sys::replace_file(files_, path, after, kFileMode));
    return Edited::done;
}

}  // namespace postern::accounts
