// SPDX-License-Identifier: BSD-2-Clause
// smtpctl limits show: who is here now, what he has done of late, and who is banned.
#include <algorithm>
#include <map>

#include "accounts/directory.hpp"
#include "commands.hpp"
#include "policy/bans.hpp"
#include "policy/limit_table.hpp"
#include "policy/rates.hpp"
#include "policy/session_slots.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

/// In the order of policy::Counted.
constexpr std::array<std::string_view, policy::kCountedThings> kNames{"connections", "messages", "recipients",
                                                                      "auth_failures", "unknown_recipients"};

struct Row {
    std::size_t sessions = 0;
    policy::Counts counts{};
    std::optional<policy::Ban> ban = std::nullopt;
};

/// By the numbers of subjects, so that those of a network stand together; what everybody has done is apart.
struct Overview {
    Row all;
    std::map<std::uint64_t, Row> rows;
    std::map<std::uint64_t, std::string> accounts;
};

void count_sessions(Overview& overview, const std::vector<policy::LiveSession>& sessions) {
    overview.all.sessions = sessions.size();
    for (const auto& session : sessions)
        for (const auto& whose : {session.source, session.account})
            if (whose) ++overview.rows[whose->number()].sessions;
}

/// An account is counted by a number that its name gives, but not the other way round.
Status name_accounts(Overview& overview, Toolbox& tools, const config::Config& config) {
    POSTERN_ASSIGN(const auto domains, accounts::list_domains(tools.files, config.accounts));
    for (const mail::Domain& domain : domains) {
        POSTERN_ASSIGN(const auto users, accounts::list_accounts(tools.files, config.accounts, domain));
        for (const std::string& user : users)
            if (const auto address = mail::Address::make(user, domain))
                overview.accounts[policy::Subject::account(*address).number()] = address->to_string();
    }
    return done;
}

Result<Overview> look(Toolbox& tools, const config::Config& config) {
    Overview overview;
    const Instant now = tools.clock.now();
    POSTERN_ASSIGN(auto table, policy::open_limit_table(config.directories.run));
    POSTERN_ASSIGN(const auto sessions, policy::SessionSlots(table, config.server.session).list());
    count_sessions(overview, sessions);
    const policy::Rates rates(policy::limit_map(table));
    overview.all.counts = rates.of_all(now);
    for (const policy::Rate& rate : rates.list(now))
        overview.rows[rate.subject.number()].counts = rate.counts;
    const policy::Bans bans(tools.files, policy::Bans::directory_in(config.directories.state));
    POSTERN_ASSIGN(const auto banned, bans.list(now));
    for (const policy::Ban& ban : banned) overview.rows[ban.source.number()].ban = ban;
    POSTERN_TRY(name_accounts(overview, tools, config));
    return overview;
}

std::pair<std::string, std::string> kind_and_name(const Overview& overview, std::uint64_t number) {
    const auto subject = policy::Subject::from_number(number);
    if (!subject.is_account()) return {"source", subject.to_string()};
    const auto account = overview.accounts.find(number);
    return {"account", account == overview.accounts.end() ? "a user who is gone" : account->second};
}

void print_json(Toolbox& tools, const std::string& kind, const std::string& name, const Row& row) {
    tools.print_json([&](JsonWriter& json) {
        json.open_object()
            .member("kind", kind)
            .member_unless_empty("name", name)
            .member("sessions", row.sessions);
        for (std::size_t i = 0; i < kNames.size(); ++i) json.member(kNames[i], row.counts[i]);
        if (row.ban)
            json.member("banned_until", format_rfc3339(row.ban->until, Precision::seconds))
                .member("reason", row.ban->reason);
        json.close_object();
    });
}

std::string right(std::string text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

void print_row(std::ostream& out, std::string name, const Row& row) {
    constexpr std::size_t name_width = 24;
    name.resize(std::max(name.size(), name_width), ' ');
    out << printable(name) << right(std::to_string(row.sessions), 9);
    for (std::size_t i = 0; i < kNames.size(); ++i)
        out << right(std::to_string(row.counts[i]), kNames[i].size() + 1);
    out << '\n';
    if (row.ban)
        out << "    banned until " << format_rfc3339(row.ban->until, Precision::seconds) << ": "
            << printable(row.ban->reason) << '\n';
}

void print_head(std::ostream& out) {
    out << std::string(24, ' ') << " sessions";
    for (const auto name : kNames) out << ' ' << name;
    out << '\n';
}

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const Overview overview, look(tools, config));
    if (json)
        print_json(tools, "all", "", overview.all);
    else
        print_head(tools.out), print_row(tools.out, "all", overview.all);
    for (const auto& [number, row] : overview.rows) {
        const auto [kind, name] = kind_and_name(overview, number);
        if (json)
            print_json(tools, kind, name, row);
        else
            print_row(tools.out, name, row);
    }
    return done;
}

}  // namespace

void add_limits_show(const Command& limits, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command =
        limits.add_subcommand("show", "Show sessions, what sources and users have done, and bans");
    command.add_flag("--json", *json, "Print one JSON object a line");
    command.describe("smtpctl limits show", {75, 77, 78});
    command.callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
