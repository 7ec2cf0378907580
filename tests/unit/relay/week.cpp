// SPDX-License-Identifier: BSD-2-Clause
#include "unit/relay/week.hpp"

#include <algorithm>

namespace postern::relay {

using namespace std::chrono_literals;
using When = WeekDestination::When;

Week::Week(unsigned seed, std::size_t messages) : random(seed) {
    options.hostname = "mx.here.example";
    options.postmaster = test::address("postmaster@here.example");
    late.changes = draw_changes(10, 20);
    found_destinations();
    write_letters(messages);
    resolver_ = std::make_unique<dns::ZoneResolver>(*dns::parse_zone_file(zone_text_, "zone"));
    spool.files.make_directories("mail");
    maildir_ = std::make_unique<delivery::Maildir>(
        delivery::Maildir::Tools{spool.files, spool.randomness, spool.clock},
        delivery::Options{"mail", "state"}, "4711");
}

std::vector<Instant> Week::draw_changes(std::size_t hours_up, std::size_t hours_down) {
    std::vector<Instant> changes;
    for (Instant at = spool.clock.now(); at < spool.clock.now() + 240h;) {
        const std::size_t hours = changes.size() % 2 == 0 ? hours_up : hours_down;
        at += std::chrono::minutes(below(hours * 60));
        changes.push_back(at);
    }
    return changes;
}

void Week::found_destinations() {
    for (std::size_t i = 0; i < 40; ++i) {
        const std::string domain = "d" + std::to_string(i) + ".example";
        WeekDestination destination{domain};
        if (i < 20) destination.available = When::at_times;
        if (i < 20) destination.changes = draw_changes(12, 40);
        if (i >= 20 && i < 23) destination.available = When::never;
        destination.is_deaf = i % 2 == 0;
        destination.is_unknown = i >= 37;
        destinations.push_back(std::move(destination));
    }
    destinations.push_back({"senders.example"});
    for (std::size_t i = 0; i < destinations.size(); ++i) {
        const std::string& domain = destinations[i].domain;
        const std::string address = "192.0.2." + std::to_string(i + 1);
        zone_text_ += domain + ". MX 10 mx." + domain + ".\nmx." + domain + ". A " + address + "\n";
        network.hosts[address] = {&destinations[i]};
    }
}

/// Within two days, so that the week is long enough for the last of them.
void Week::write_letters(std::size_t messages) {
    static const char* const mailboxes[] = {"here", "late", "late", "gone"};
    for (std::size_t i = 0; i < messages; ++i) {
        Letter letter{spool.clock.now() + std::chrono::minutes(below(2 * 24 * 60)),
                      "s" + std::to_string(i) + "@senders.example",
                      {}};
        if (below(20) == 0) letter.from.clear();
        for (std::size_t j = 0; j <= below(3); ++j) {
            const std::string number = std::to_string(i) + "-" + std::to_string(j);
            letter.to.push_back(below(5) == 0 ? mailboxes[below(4)] + number + "@here.example"
                                              : "u" + number + "@" + destinations[below(40)].domain);
        }
        letters.push_back(std::move(letter));
    }
    std::ranges::stable_sort(letters, {}, &Letter::at);
}

const WeekDestination& Week::destination_of(const std::string& address) const {
    static const WeekDestination here{"here", When::always}, gone{"gone", When::always, false, true};
    if (address.starts_with("here")) return here;
    if (address.starts_with("gone")) return gone;
    if (address.starts_with("late")) return late;
    const std::string domain = address.substr(address.find('@') + 1);
    return *std::ranges::find(destinations, domain, &WeekDestination::domain);
}

std::optional<Instant> Week::next_event() const {
    std::optional<Instant> next;
    if (arrived_ < letters.size()) next = letters[arrived_].at;
    for (const auto lane : {spool::Lane::received, spool::Lane::relay}) {
        if (!spool.files.names(spool.layout.now(lane)).empty()) return spool.clock.now();
        for (const auto& name : spool.files.names(spool.layout.lane(lane))) {
            const auto minute = parse_minute(name);
            if (minute && (!next || *minute < *next)) next = *minute;
        }
    }
    return next;
}

void Week::queue_what_arrives() {
    for (; arrived_ < letters.size() && letters[arrived_].at <= spool.clock.now(); ++arrived_) {
        const Letter& letter = letters[arrived_];
        test::must(spool.queue(spool.envelope(letter.to, letter.from), "Subject: week\r\n\r\nhello\r\n"));
    }
}

void Week::run() {
    while (const auto next = next_event()) {
        spool.clock.set(std::max(spool.clock.now(), *next));
        queue_what_arrives();
        run_passes();
        look_at_the_hosts();
    }
    const std::string postmaster = "mail/here.example/postmaster/new/";
    for (const auto& name : spool.files.names(postmaster))
        read_report(*spool.files.content(postmaster + name));
}

/// As the file system does by itself every few seconds. What is not durable yet is looked through at every
/// sync, so that without this the week gets slower and slower.
void Week::write_back() {
    std::vector<std::string> directories{spool.layout.hold(), spool.layout.staged(), spool.layout.incoming(),
                                         "mail/here.example/everybody/tmp"};
    for (const auto lane : {spool::Lane::received, spool::Lane::relay}) {
        directories.push_back(spool.layout.lane(lane));
        for (const auto& name : spool.files.names(spool.layout.lane(lane)))
            directories.push_back(spool.layout.lane(lane) + "/" + name);
    }
    for (const auto& directory : directories)
        if (spool.files.exists(directory)) test::must(sys::sync_directory(spool.files, directory));
}

void Week::run_passes() {
    if (++passes % 50 == 0) write_back();
    const auto never = [] { return false; };
    const runner::Tools tools{spool.files, spool.layout, spool.clock, log};
    {
        runner::Worker worker(tools, options, "deliver");
        delivery::Lmtp lmtp(lmtp_servers_, options.hostname, log);
        delivery::CommandDelivery commands(programs_, spool.files, {"mail", "state"}, log);
        delivery::OtherWays other_ways(worker, lmtp, commands, log);
        const delivery::Postman postman(worker, {accounts, spool.clock, log}, *maildir_, other_ways, log);
        test::must(delivery::Pass(tools, worker, postman, never).run().trouble);
    }
    runner::Worker worker(tools, options, "mxrun");
    Options relay_options;
    relay_options.hostname = options.hostname;
    const Parts parts{tools, worker, accounts, *resolver_, spool.randomness, network, errands_};
    test::must(run_pass(parts, relay_options, never));
    spool.files.forget_calls();
}

/// The clock stood still during the passes, so each host was in one state.
void Week::look_at_the_hosts() {
    for (auto& [address, host] : network.hosts) {
        const bool takes_all =
            host.destination->is_available(spool.clock.now()) && !host.destination->is_unknown;
        for (const auto& line : host.fake.lines)
            if (takes_all && line.starts_with("RCPT TO:<")) ++received[line.substr(9, line.find('>') - 9)];
        for (const auto& content : host.fake.contents)
            if (host.destination->domain == "senders.example") read_report(content);
        host.fake.lines.clear();
        host.fake.contents.clear();
    }
}

/// Counts the recipients that a report names, by the Action that follows each.
void Week::read_report(const std::string& content) {
    constexpr std::string_view field = "\nFinal-Recipient: rfc822; ";
    for (auto at = content.find(field); at != std::string::npos; at = content.find(field, at + 1)) {
        const auto begin = at + field.size();
        const std::string address = content.substr(begin, content.find_first_of("\r\n", begin) - begin);
        const auto action = content.find("\nAction: ", begin) + 9;
        ++(content.compare(action, 7, "delayed") == 0 ? told_late : told_failed)[address];
    }
}

}  // namespace postern::relay
