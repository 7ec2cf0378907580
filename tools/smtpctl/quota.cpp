// SPDX-License-Identifier: BSD-2-Clause
// smtpctl quota: how full a mailbox is, and how much it may hold.
#include "delivery/quota.hpp"

#include <unistd.h>

#include "accounts/file_accounts.hpp"
#include "accounts/full_mailboxes.hpp"
#include "base/escape.hpp"
#include "commands.hpp"
#include "config/text_edit.hpp"
#include "delivery/maildir_folders.hpp"
#include "delivery/maildir_use.hpp"
#include "size_text.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string address;
    std::string size;
    bool json = false;
};

struct Standing {
    std::string address;
    std::uint64_t quota;
    delivery::Use use;
    bool is_full;
};

void print_json(Toolbox& tools, const Standing& standing) {
    tools.print_json([&](JsonWriter& json) {
        json.open_object()
            .member("address", standing.address)
            .member("quota", standing.quota)
            .member("octets", static_cast<std::uint64_t>(standing.use.octets))
            .member("messages", static_cast<std::uint64_t>(standing.use.messages))
            .member("full", standing.is_full)
            .close_object();
    });
}

void print_row(std::ostream& out, const Standing& standing) {
    out << standing.address << "  " << standing.use.octets;
    if (standing.quota != 0) out << " of " << standing.quota;
    out << " octets, " << standing.use.messages << " messages";
    if (standing.quota == 0) out << ", no quota";
    if (standing.is_full) out << ", full";
    out << '\n';
}

accounts::Mailbox mailbox_of(const mail::Address& address) {
    return {escape_file_name(address.domain()->text()), escape_file_name(address.local_part())};
}

delivery::Quota quota_on_disk(Toolbox& tools, const config::Config& config, const accounts::Mailbox& mailbox,
                              std::uint64_t octets) {
    const std::string maildir = delivery::maildir_path(config.delivery.mail_directory, mailbox);
    return {tools.files,
            tools.clock,
            {maildir, octets, maildir + "/tmp/maildirsize.smtpctl." + std::to_string(::getpid())}};
}

Result<delivery::Use> use_of(Toolbox& tools, const config::Config& config, const accounts::Mailbox& mailbox,
                             std::uint64_t octets) {
    if (octets != 0) return quota_on_disk(tools, config, mailbox, octets).use();
    return delivery::count_messages(tools.files,
                                    delivery::maildir_path(config.delivery.mail_directory, mailbox));
}

Ending show(const Options& options, const config::Config& config, const mail::Address& address,
            Toolbox& tools) {
    const accounts::FileAccounts accounts(tools.files, config.accounts);
    POSTERN_ASSIGN(const bool served, accounts.serves(*address.domain()));
    if (!served) return {status::no_such_domain, address.domain()->text() + " is not served here"};
    POSTERN_ASSIGN(const accounts::Lookup found, accounts.look_up(address));
    const auto* account = std::get_if<accounts::Account>(&found);
    if (account == nullptr || account->mailbox != mailbox_of(address))
        return {status::no_such_user, address.to_string() + " is no user"};
    POSTERN_ASSIGN(const delivery::Use use, use_of(tools, config, account->mailbox, account->quota));
    const accounts::FullMailboxes full(tools.files, config.directories.state);
    POSTERN_ASSIGN(const auto shortage, full.find(account->mailbox));
    const Standing standing{address.to_string(), account->quota, use, account->quota != 0 && shortage};
    options.json ? print_json(tools, standing) : print_row(tools.out, standing);
    return done;
}

Result<std::string> with_quota(const std::string& text, const std::string& path, std::uint64_t octets) {
    POSTERN_ASSIGN(const config::Document document, config::Document::parse(text, path));
    return octets == 0 ? config::without_member(document, "quota")
                       : config::with_member(document, "quota", std::to_string(octets));
}

/// An IMAP server would go on to enforce what stands in maildirsize.
Status forget_quota(Toolbox& tools, const config::Config& config, const accounts::Mailbox& mailbox) {
    quota_on_disk(tools, config, mailbox, 0).distrust();
    return accounts::FullMailboxes(tools.files, config.directories.state).forget(mailbox);
}

Ending change(const Options& options, const config::Config& config, const mail::Address& address,
              Toolbox& tools) {
    POSTERN_ASSIGN(const std::uint64_t octets, parse_size(options.size));
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    Ending ending = ending_of(editor.change_account(address,
                                                    [&](const std::string& text, const std::string& path) {
                                                        return with_quota(text, path, octets);
                                                    }),
                              address.to_string(), *address.domain());
    if (ending.status == 0 && octets == 0) POSTERN_TRY(forget_quota(tools, config, mailbox_of(address)));
    return ending;
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const mail::Address address, parse_local(options.address, config));
    return options.size.empty() ? show(options, config, address, tools)
                                : change(options, config, address, tools);
}

}  // namespace

void add_quota(const Command& app, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = app.add_subcommand("quota", "Show how full a mailbox is, or set its quota");
    command.add_option("ADDRESS", options->address, "alice@example.org, or alice of local.default_domain")
        .required();
    const Argument size =
        command.add_option("SIZE", options->size, "Octets, or with K, M or G behind them; none = no quota");
    command.add_flag("--json", options->json, "Print one JSON object").excludes(size);
    command.describe("smtpctl quota alice@example.org 500M", {65, 67, 68, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
