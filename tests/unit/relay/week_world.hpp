// SPDX-License-Identifier: BSD-2-Clause
// Whom the mail of a simulated week meets: hosts and mailboxes that are there or not, by the clock; and who
// keeps a record of what became of it.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "spool/message_id.hpp"
#include "support/fake_clock.hpp"
#include "unit/relay/fake_network.hpp"

namespace postern::relay {

/// Who a recipient of this domain, or of this kind of mailbox, meets, and when.
struct WeekDestination {
    enum class When { never, always, at_times };
    std::string name;
    When available = When::always;
    bool is_deaf = false;               ///< while unavailable: no connection; otherwise it says 451
    bool is_unknown = false;            ///< it says 550, always
    std::vector<Instant> changes = {};  ///< at_times: available before the first, not before the second, …

    bool is_available(Instant at) const {
        if (available != When::at_times) return available == When::always;
        return (std::ranges::upper_bound(changes, at) - changes.begin()) % 2 == 0;
    }
};

enum class Fate { delivered, deferred, failed };

/// A try, in the message with this id.
struct Happening {
    Instant at;
    Fate fate;
    spool::MessageId id;
    bool operator==(const Happening&) const = default;
};

/// Keeps what became of each recipient, and counts the machine's troubles.
class WeekLog final : public Log {
public:
    explicit WeekLog(const Clock& clock) : clock_(clock) {}

    void record(Severity severity, std::string_view event, std::span<const LogField> fields) override {
        if (severity <= Severity::err && event != "trouble") ++alarms;  // trouble: a mailbox's, as wanted
        const auto fate = event == "delivered"  ? std::optional(Fate::delivered)
                          : event == "deferred" ? std::optional(Fate::deferred)
                          : event == "failed"   ? std::optional(Fate::failed)
                                                : std::nullopt;
        if (!fate) return;
        const auto id = *spool::MessageId::parse(value_of("id", fields));
        happened[std::string(value_of("to", fields))].push_back({clock_.now(), *fate, id});
    }
    bool wants(Severity) const override { return true; }

    std::map<std::string, std::vector<Happening>> happened;  ///< by recipient
    int alarms = 0;

private:
    static std::string_view value_of(std::string_view key, std::span<const LogField> fields) {
        return std::ranges::find(fields, key, &LogField::first)->second;
    }

    const Clock& clock_;
};

/// Mailboxes of one domain, each user has his own: their names say what they are, "here…", "late…" (in
/// trouble at times), "gone…".
class WeekAccounts final : public accounts::Accounts {
public:
    WeekAccounts(const Clock& clock, const WeekDestination& late) : clock_(clock), late_(late) {}

    Result<bool> serves(const mail::Domain& domain) const override { return domain.text() == "here.example"; }
    Result<accounts::Lookup> look_up(const mail::Address& address) const override {
        const auto& name = address.local_part();
        if (name.starts_with("gone")) return accounts::Lookup(accounts::NoSuchUser{});
        if (name.starts_with("late") && !late_.is_available(clock_.now()))
            return Error(Fault::no_permission, "open accounts: permission denied");
        return accounts::Lookup(accounts::Account{{"here.example", name}});
    }

private:
    const Clock& clock_;
    const WeekDestination& late_;
};

/// Hosts that listen when their destination is available.
class WeekNetwork final : public Transport {
public:
    struct Host {
        const WeekDestination* destination;
        FakeHost fake = {};
    };

    explicit WeekNetwork(const Clock& clock) : clock_(clock) {}

    Task<Result<std::unique_ptr<Connection>>> connect(IpAddress address, std::uint16_t, Patience) override {
        Host& host = hosts.at(address.to_string());
        co_await breathe();
        const bool is_available = host.destination->is_available(clock_.now());
        if (!is_available && host.destination->is_deaf) co_return Error(Fault::temporary, "no connection");
        host.fake.replies.clear();
        if (host.destination->is_unknown) host.fake.replies["RCPT"] = "550 5.1.1 unknown";
        if (!is_available) host.fake.replies["RCPT"] = "451 4.2.1 later";
        ++host.fake.connections;
        co_return std::make_unique<FakeConnection>(host.fake, open);
    }

    std::map<std::string, Host> hosts;  ///< by address
    Attendance open;

private:
    const Clock& clock_;
};

}  // namespace postern::relay
