// SPDX-License-Identifier: BSD-2-Clause
// A simulated week: all end delivered or reported, exactly once, and tries happen when postern(7) says and
// not otherwise. The timetable of each recipient is computed here once more, from the words of the manual;
// only what is added to pauses, at most a tenth, is taken from runner/retry.
#include "unit/relay/week.hpp"

#include <set>

#include <boost/test/unit_test.hpp>

#include "runner/retry.hpp"

namespace postern::relay {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace week_tests {

constexpr std::size_t kMessages = WEEK_MESSAGES;

/// Recipients of a letter in one spool file, by their indices there.
struct Part {
    const Letter& letter;
    spool::MessageId id;
    std::map<std::size_t, const Letter::Recipient*> recipients = {};
};

/// What the manual says of a recipient.
struct Timetable {
    std::vector<Happening> tries = {};
    std::vector<Instant> warned = {}, failed = {};
};

/// The n-th pause as the manual has it.
milliseconds pause_by_the_manual(std::size_t n) {
    double minutes = 30;
    for (std::size_t i = 1; i < n; ++i) minutes *= 1.5;
    return minutes >= 240 ? 4h : milliseconds(static_cast<long>(minutes * 60'000));
}

/// Of those who meet the same, and so stay together; `first`: the first of them.
std::vector<Happening> tries_by_the_manual(const Part& part, const WeekDestination& met, std::size_t first) {
    const Instant last_try = part.letter.at + 120h;
    std::vector<Happening> tries;
    for (Instant at = part.letter.at;;) {
        const Fate fate = met.is_unknown         ? Fate::failed
                          : met.is_available(at) ? Fate::delivered
                          : at >= last_try       ? Fate::failed
                                                 : Fate::deferred;
        tries.push_back({at, fate, part.id});
        if (fate != Fate::deferred) return tries;
        const auto pause = pause_by_the_manual(tries.size());
        const auto more = runner::jitter(pause, part.id, first, static_cast<unsigned>(tries.size()));
        at = minute_not_before(std::min(at + pause + more, last_try));
    }
}

/// With the first try of the message, from four hours on, after which the recipient is still put off: whoever
/// of them was tried.
std::vector<Instant> warned_by_the_manual(const Part& part, const Letter::Recipient& recipient, Instant end,
                                          const std::set<Instant>& tries_of_message) {
    const bool is_wanted = recipient.notify.empty() || recipient.notify.find("DELAY") != std::string::npos;
    if (part.letter.from.empty() || !is_wanted) return {};
    const auto try_then = tries_of_message.lower_bound(part.letter.at + 4h);
    if (try_then == tries_of_message.end() || *try_then >= end) return {};
    return {*try_then};
}

std::map<const Letter::Recipient*, Timetable> timetables(const Part& part) {
    std::map<const WeekDestination*, std::vector<Happening>> tries;
    std::set<Instant> tries_of_message;
    for (const auto& [index, recipient] : part.recipients) {
        if (tries.contains(recipient->met)) continue;
        const auto& some = tries[recipient->met] = tries_by_the_manual(part, *recipient->met, index);
        for (const auto& one : some) tries_of_message.insert(one.at);
    }
    std::map<const Letter::Recipient*, Timetable> timetables;
    for (const auto& [index, recipient] : part.recipients) {
        auto& [own, warned, failed] = timetables[recipient];
        own = tries[recipient->met];
        warned = warned_by_the_manual(part, *recipient, own.back().at, tries_of_message);
        if (own.back().fate == Fate::failed) failed = {own.back().at};
    }
    return timetables;
}

/// A letter is split where a mailbox here is in trouble and there are others elsewhere: these are one message
/// then, with an id of its own that the log tells.
std::vector<Part> parts_of(const Week& week, const Letter& letter) {
    Part local{letter, *letter.id};
    std::vector<const Letter::Recipient*> elsewhere;
    bool is_late = false;
    for (std::size_t i = 0; i < letter.to.size(); ++i) {
        local.recipients[i] = &letter.to[i];
        if (!letter.to[i].is_local()) elsewhere.push_back(&letter.to[i]);
        if (letter.to[i].met == &week.late) is_late = is_late || !week.late.is_available(letter.at);
    }
    if (!is_late || elsewhere.empty()) return {local};
    std::erase_if(local.recipients, [](const auto& one) { return !one.second->is_local(); });
    Part remote{letter, week.log.happened.at(elsewhere.front()->address).front().id};
    BOOST_REQUIRE(remote.id != *letter.id);
    for (const auto* recipient : elsewhere) remote.recipients[remote.recipients.size()] = recipient;
    return {local, remote};
}

/// "" = a recipient was treated as the timetable says.
std::string what_is_wrong(Week& week, const Letter::Recipient& recipient, const Timetable& timetable) {
    const auto& happened = week.log.happened[recipient.address];
    for (std::size_t n = 0; n < std::max(happened.size(), timetable.tries.size()); ++n) {
        const std::string number = std::to_string(n + 1);
        if (n == timetable.tries.size()) return "try " + number + " is one too many";
        if (n == happened.size()) return "try " + number + " is missing";
        const auto &is = happened[n], &should = timetable.tries[n];
        if (is.at != should.at)
            return "try " + number + " comes at " + format_rfc3339(is.at) + ", not " +
                   format_rfc3339(should.at);
        if (is != should) return "try " + number + " ends otherwise than it should";
    }
    const bool is_delivered = timetable.tries.back().fate == Fate::delivered;
    const std::string mailbox = recipient.address.substr(0, recipient.address.find('@'));
    const std::size_t copies = recipient.is_local()
                                   ? week.spool.files.names("mail/here.example/" + mailbox + "/new").size()
                                   : static_cast<std::size_t>(week.received[recipient.address]);
    if (copies != (is_delivered ? 1 : 0)) return "there are " + std::to_string(copies) + " copies";
    if (week.told_failed[recipient.address] != timetable.failed) return "it is not reported once as failed";
    if (week.told_late[recipient.address] != timetable.warned)
        return timetable.warned.empty() ? "a warning is sent" : "the warning is not sent once in time";
    return "";
}

struct Tally {
    std::size_t recipients = 0, delivered = 0, failed = 0, tries = 0, warned = 0;
    std::size_t warned_with_others = 0;  ///< when another recipient was tried
};

void compare_with_the_manual(Week& week, Tally& tally) {
    for (const auto& letter : week.letters)
        for (const auto& part : parts_of(week, letter))
            for (const auto& [recipient, timetable] : timetables(part)) {
                const std::string wrong = what_is_wrong(week, *recipient, timetable);
                BOOST_REQUIRE_MESSAGE(wrong.empty(), recipient->address << ": " << wrong);
                ++tally.recipients;
                ++(timetable.failed.empty() ? tally.delivered : tally.failed);
                tally.tries += timetable.tries.size();
                tally.warned += timetable.warned.size();
                if (!timetable.warned.empty() && std::ranges::find(timetable.tries, timetable.warned[0],
                                                                   &Happening::at) == timetable.tries.end())
                    ++tally.warned_with_others;
                week.log.happened.erase(recipient->address);
            }
    for (const auto& [address, happened] : week.log.happened)  // those who were told
        for (const auto& one : happened) BOOST_REQUIRE_MESSAGE(one.fate == Fate::delivered, address);
    BOOST_TEST(week.log.alarms == 0);
    BOOST_TEST(week.spool.files.names("spool/hold").empty());
    BOOST_TEST(week.spool.queued().empty());
}

}  // namespace week_tests

BOOST_AUTO_TEST_SUITE(week_tests)

BOOST_AUTO_TEST_CASE(a_week_of_mail_ends_as_the_manual_says) {
    Week week(20261121, kMessages);
    week.run();
    Tally tally;
    compare_with_the_manual(week, tally);
    BOOST_TEST_MESSAGE(kMessages << " messages, " << tally.recipients << " recipients, " << tally.delivered
                                 << " delivered, " << tally.failed << " failed, " << tally.tries << " tries, "
                                 << tally.warned << " warned of, " << tally.warned_with_others
                                 << " of them with others, " << week.passes << " passes");
    BOOST_TEST(tally.delivered > kMessages);
    BOOST_TEST(tally.failed > kMessages / 10);
    BOOST_TEST(tally.warned > kMessages / 10);
    BOOST_TEST(tally.warned_with_others > 0u);
    BOOST_TEST(tally.tries > 2 * tally.recipients);
}

BOOST_AUTO_TEST_CASE(two_recipients_in_trouble_are_each_on_a_schedule_of_their_own) {
    Week week(1, 0);
    const Instant arrival = week.spool.clock.now();
    week.late.changes = {arrival, arrival + 3h};  // the mailbox is all right again after three hours
    const std::string here = "late@here.example", elsewhere = "nobody@" + week.never().name;
    week.letters.push_back(
        {arrival, "sender@senders.example", {{here, &week.late}, {elsewhere, &week.never()}}});
    week.run();
    BOOST_TEST(week.log.happened[here].size() == 5u);
    BOOST_TEST(week.log.happened[elsewhere].size() >= 32u);
    BOOST_TEST(week.log.happened[elsewhere].size() <= 35u);
    Tally tally;
    compare_with_the_manual(week, tally);
    BOOST_TEST(tally.delivered == 1u);
    BOOST_TEST(tally.warned == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
