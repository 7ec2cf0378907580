// SPDX-License-Identifier: BSD-2-Clause
// A week in the life of both runners, in memory: destinations that come and go, mailboxes that are in trouble
// for a while, and a clock that jumps from one event to the next. What happened is kept by recipient; every
// recipient of the week has an address of its own.
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
#include "unit/relay/week_world.hpp"

namespace postern::relay {

struct Letter {
    struct Recipient {
        std::string address;
        const WeekDestination* met;
        std::string notify = {};  ///< RFC 3461

        bool is_local() const { return address.ends_with("@here.example"); }
    };

    Instant at;
    std::string from;  ///< "" = the null reverse-path
    std::vector<Recipient> to;
    std::optional<spool::MessageId> id = {};  ///< once it has arrived
};

class Week {
public:
    Week(unsigned seed, std::size_t messages);

    /// Until nothing is queued any more.
    void run();
    /// A host that is never there.
    const WeekDestination& never() const { return destinations_[kSometimes]; }

    test::MemorySpool spool;
    WeekDestination here{"here"};
    WeekDestination late{"late", WeekDestination::When::at_times};
    WeekDestination gone{"gone", WeekDestination::When::always, false, true};
    std::vector<Letter> letters;  ///< by time
    WeekLog log{spool.clock};
    std::map<std::string, int> received;  ///< how many copies other hosts took for an address
    std::map<std::string, std::vector<Instant>> told_failed, told_late;  ///< reports that name an address
    unsigned passes = 0;

private:
    static constexpr std::size_t kSometimes = 20, kNever = 1, kAlways = 16, kUnknown = 3;

    std::size_t below(std::size_t limit) { return random_() % limit; }
    std::vector<Instant> draw_changes(std::size_t hours_up, std::size_t hours_down);
    void found_destinations();
    void found_destination(WeekDestination destination);
    void write_letters(std::size_t messages);
    Letter::Recipient draw_recipient(const std::string& number);
    std::optional<Instant> next_event() const;
    void queue_what_arrives();
    void run_passes();
    void look_at_the_hosts();
    void read_mail_of_postmaster();
    void read_report(const std::string& content);

    std::mt19937 random_;
    std::vector<WeekDestination> destinations_;
    WeekAccounts accounts_{spool.clock, late};
    WeekNetwork network_{spool.clock};
    runner::Options options_;
    std::size_t arrived_ = 0;
    std::string zone_text_;
    std::unique_ptr<dns::ZoneResolver> resolver_;
    std::unique_ptr<delivery::Maildir> maildir_;
    InlineErrands errands_;
    test::FakeLmtpServers lmtp_servers_;
    test::FakePrograms programs_;
    std::unique_ptr<delivery::Lmtp> lmtp_;
    std::unique_ptr<delivery::CommandDelivery> commands_;
};

}  // namespace postern::relay
