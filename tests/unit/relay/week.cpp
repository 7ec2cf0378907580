// SPDX-License-Identifier: BSD-2-Clause
#include "unit/relay/week.hpp"

#include <algorithm>

namespace postern::relay {

using namespace std::chrono_literals;
using When = WeekDestination::When;

namespace {

const delivery::Options kPlaces{"mail", "state"};
/// At one time: for mail, for reports on it, and for what these call for.
constexpr int kMostPasses = 5;

}  // namespace

Week::Week(unsigned seed, std::size_t messages) : random_(seed) {
    options_.hostname = "mx.here.example";
    options_.postmaster = test::address("postmaster@here.example");
    late.changes = draw_changes(30, 20);
    found_destinations();
    write_letters(messages);
    resolver_ = std::make_unique<dns::ZoneResolver>(*dns::parse_zone_file(zone_text_, "zone"));
    spool.files.make_directories("mail");
    maildir_ = std::make_unique<delivery::Maildir>(
        delivery::Maildir::Tools{spool.files, spool.randomness, spool.clock}, kPlaces, "4711");
    lmtp_ = std::make_unique<delivery::Lmtp>(lmtp_servers_, options_.hostname, log);
    commands_ = std::make_unique<delivery::CommandDelivery>(programs_, spool.files, kPlaces, log);
}

/// Half of these hours, on average.
std::vector<Instant> Week::draw_changes(std::size_t hours_up, std::size_t hours_down) {
    std::vector<Instant> changes;
    for (Instant at = spool.clock.now(); at < spool.clock.now() + 240h;) {
        const std::size_t hours = changes.size() % 2 == 0 ? hours_up : hours_down;
        at += std::chrono::minutes(below(hours * 60));
        changes.push_back(at);
    }
    return changes;
}

/// Most of those that come and go are away for a night at most, a few for longer than mail is kept.
void Week::found_destinations() {
    destinations_.reserve(kSometimes + kNever + kAlways + kUnknown + 1);  // they stay where they are
    for (std::size_t i = 0; i < kSometimes; ++i) {
        const auto changes = i < 2 ? draw_changes(10, 400) : draw_changes(30, 20);
        found_destination({"", When::at_times, i % 2 == 0, false, changes});
    }
    for (std::size_t i = 0; i < kNever; ++i) found_destination({"", When::never, true});
    for (std::size_t i = 0; i < kAlways; ++i) found_destination({""});
    for (std::size_t i = 0; i < kUnknown; ++i) found_destination({"", When::always, false, true});
    found_destination({"senders.example"});
}

void Week::found_destination(WeekDestination destination) {
    const std::string number = std::to_string(destinations_.size());
    const std::string address = "192.0.2." + number;
    if (destination.name.empty()) destination.name = "d" + number + ".example";
    zone_text_ += destination.name + ". MX 10 mx." + destination.name + ".\n";
    zone_text_ += "mx." + destination.name + ". A " + address + "\n";
    destinations_.push_back(std::move(destination));
    network_.hosts[address] = {&destinations_.back()};
}

/// Within two days, so that the week is long enough for the last of them.
void Week::write_letters(std::size_t messages) {
    for (std::size_t i = 0; i < messages; ++i) {
        const std::string number = std::to_string(i);
        Letter letter{
            spool.clock.now() + below(2 * 24 * 60 * 3) * 20s, "s" + number + "@senders.example", {}};
        if (below(20) == 0) letter.from.clear();
        for (std::size_t j = 0; j <= below(3); ++j)
            letter.to.push_back(draw_recipient(number + "-" + std::to_string(j)));
        letters.push_back(std::move(letter));
    }
    std::ranges::stable_sort(letters, {}, &Letter::at);
}

Letter::Recipient Week::draw_recipient(const std::string& number) {
    const WeekDestination* const mailboxes[] = {&here, &late, &late, &gone};
    const bool is_local = below(5) == 0;
    const auto* const met = is_local ? mailboxes[below(4)] : &destinations_[below(destinations_.size() - 1)];
    const std::string address =
        is_local ? met->name + number + "@here.example" : "u" + number + "@" + met->name;
    const char* const wishes[] = {"", "", "", "FAILURE", "FAILURE,DELAY"};
    return {address, met, wishes[below(5)]};
}

std::optional<Instant> Week::next_event() const {
    std::optional<Instant> next;
    if (arrived_ < letters.size()) next = letters[arrived_].at;
    for (const auto lane : {spool::Lane::received, spool::Lane::relay}) {
        if (!spool.files.names(spool.layout.now(lane)).empty()) return spool.clock.now();
        for (const auto& name : spool.files.names(spool.layout.lane(lane))) {
            const auto minute = parse_minute(name);
            if (!minute || spool.files.names(spool.layout.minute(lane, *minute)).empty()) continue;
            next = std::min(next.value_or(*minute), Instant(*minute));
            break;  // the names are sorted, so by time
        }
    }
    return next;
}

void Week::queue_what_arrives() {
    for (; arrived_ < letters.size() && letters[arrived_].at <= spool.clock.now(); ++arrived_) {
        Letter& letter = letters[arrived_];
        std::vector<std::string> addresses;
        for (const auto& recipient : letter.to) addresses.push_back(recipient.address);
        auto envelope = spool.envelope(addresses, letter.from);
        for (std::size_t i = 0; i < letter.to.size(); ++i)
            envelope.recipients[i].notify = letter.to[i].notify;
        letter.id = test::must(spool.queue(envelope, "Subject: week\r\n\r\nhello\r\n"));
    }
}

void Week::run() {
    int passes_now = 0;
    while (const auto next = next_event()) {
        passes_now = *next > spool.clock.now() ? 1 : passes_now + 1;
        if (passes_now > kMostPasses) throw std::runtime_error("mail is due again and again at one time");
        spool.clock.set(std::max(spool.clock.now(), *next));
        queue_what_arrives();
        run_passes();
        look_at_the_hosts();
        read_mail_of_postmaster();
    }
}

/// Each runner as if cron had started it.
void Week::run_passes() {
    ++passes;
    const auto never_stop = [] { return false; };
    const runner::Tools tools{spool.files, spool.layout, spool.clock, log};
    {
        runner::Worker worker(tools, options_, "deliver");
        delivery::OtherWays other_ways(worker, *lmtp_, *commands_, log);
        const delivery::Postman postman(worker, {accounts_, spool.clock, log}, *maildir_, other_ways, log);
        test::must(delivery::Pass(tools, worker, postman, never_stop).run().trouble);
    }
    runner::Worker worker(tools, options_, "mxrun");
    Options relay_options;
    relay_options.hostname = options_.hostname;
    const Parts parts{tools, worker, accounts_, *resolver_, spool.randomness, network_, errands_};
    test::must(run_pass(parts, relay_options, never_stop));
    spool.files.forget_calls();
}

/// The clock stood still during the passes, so each host was in one state.
void Week::look_at_the_hosts() {
    for (auto& [address, host] : network_.hosts) {
        const bool takes_all =
            host.destination->is_available(spool.clock.now()) && !host.destination->is_unknown;
        for (const auto& line : host.fake.lines)
            if (takes_all && line.starts_with("RCPT TO:<")) ++received[line.substr(9, line.find('>') - 9)];
        for (const auto& content : host.fake.contents)
            if (host.destination->name == "senders.example") read_report(content);
        host.fake.lines.clear();
        host.fake.contents.clear();
    }
}

/// He keeps none of it.
void Week::read_mail_of_postmaster() {
    const std::string mail = "mail/here.example/postmaster/new/";
    for (const auto& name : spool.files.names(mail)) {
        read_report(*spool.files.content(mail + name));
        test::must(spool.files.unlink(mail + name));
    }
}

/// Notes the recipients that a report names, by the Action that follows each.
void Week::read_report(const std::string& content) {
    constexpr std::string_view field = "\nFinal-Recipient: rfc822; ";
    for (auto at = content.find(field); at != std::string::npos; at = content.find(field, at + 1)) {
        const auto begin = at + field.size();
        const std::string address = content.substr(begin, content.find_first_of("\r\n", begin) - begin);
        const auto action = content.find("\nAction: ", begin) + 9;
        const bool is_late = content.compare(action, 7, "delayed") == 0;
        (is_late ? told_late : told_failed)[address].push_back(spool.clock.now());
    }
}

}  // namespace postern::relay
