// SPDX-License-Identifier: BSD-2-Clause
// A week in the life of both runners, in memory: destinations that come and go, mailboxes that are in trouble
// for a while, and a clock that jumps from one due minute to the next. What happened is kept by recipient;
// every recipient of the week has an address of its own.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "delivery/pass.hpp"
#include "dns/zone_resolver.hpp"
#include "relay/pass.hpp"
#include "support/memory_spool.hpp"
#include "unit/delivery/fake_lmtp.hpp"
#include "unit/delivery/fake_programs.hpp"
#include "unit/relay/fake_network.hpp"

namespace postern::relay {

/// Who a recipient of this domain (or of this kind of mailbox) meets, and when.
struct WeekDestination {
    enum class When { never, always, at_times };
    std::string domain;
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

struct Happening {
    Instant at;
    Fate fate;
};

/// Keeps what became of each recipient, and counts the machine's troubles.
class WeekLog final : public Log {
public:
    explicit WeekLog(const Clock& clock) : clock_(clock) {}

    void record(Severity severity, std::string_view event, std::span<const LogField> fields) override {
        static const std::map<std::string_view, Fate> fates = {
            {"delivered", Fate::delivered}, {"deferred", Fate::deferred}, {"failed", Fate::failed}};
        if (severity <= Severity::err && event != "trouble") ++alarms;  // trouble: a mailbox's, as wanted
        const auto fate = fates.find(event);
        if (fate == fates.end()) return;
        for (const auto& [key, value] : fields)
            if (key == "to") happened[std::string(value)].push_back({clock_.now(), fate->second});
    }
    bool wants(Severity) const override { return true; }

    std::map<std::string, std::vector<Happening>> happened;
    int alarms = 0;

private:
    const Clock& clock_;
};

/// Mailboxes of one domain: their names say what they are, "here…", "late…" (in trouble at times), "gone…".
class WeekAccounts final : public accounts::Accounts {
public:
    WeekAccounts(const Clock& clock, const WeekDestination& late) : clock_(clock), late_(late) {}

    Result<bool> serves(const mail::Domain& domain) const override { return domain.text() == "here.example"; }
    Result<accounts::Lookup> look_up(const mail::Address& address) const override {
        const auto& name = address.local_part();
        if (name.starts_with("gone")) return accounts::Lookup(accounts::NoSuchUser{});
        if (name.starts_with("late") && !late_.is_available(clock_.now()))
            return Error(Fault::no_permission, "open accounts: permission denied");
        return accounts::Lookup(
            accounts::Account{{"here.example", name == "postmaster" ? name : "everybody"}});
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

    std::map<std::string, Host> hosts;
    Attendance open;

private:
    const Clock& clock_;
};

struct Week {
    Week(unsigned seed, std::size_t messages);

    void run();

    struct Letter {
        Instant at;
        std::string from;  ///< "" = the null reverse-path
        std::vector<std::string> to;
    };

    const WeekDestination& destination_of(const std::string& address) const;

    std::mt19937 random;
    test::MemorySpool spool;
    std::vector<WeekDestination> destinations;
    WeekDestination late{"late", WeekDestination::When::at_times};
    std::vector<Letter> letters;  ///< by time
    WeekLog log{spool.clock};
    WeekAccounts accounts{spool.clock, late};
    WeekNetwork network{spool.clock};
    runner::Options options;
    std::map<std::string, int> received;                ///< how many copies other hosts took for an address
    std::map<std::string, int> told_failed, told_late;  ///< reports that name an address
    unsigned passes = 0;

private:
    std::size_t below(std::size_t limit) { return random() % limit; }
    std::vector<Instant> draw_changes(std::size_t hours_up, std::size_t hours_down);
    void found_destinations();
    void write_letters(std::size_t messages);
    std::optional<Instant> next_event() const;
    void queue_what_arrives();
    void run_passes();
    void write_back();
    void look_at_the_hosts();
    void read_report(const std::string& content);

    std::size_t arrived_ = 0;
    std::string zone_text_;
    std::unique_ptr<dns::ZoneResolver> resolver_;
    std::unique_ptr<delivery::Maildir> maildir_;
    InlineErrands errands_;
    test::FakeLmtpServers lmtp_servers_;
    test::FakePrograms programs_;
};

}  // namespace postern::relay
