// SPDX-License-Identifier: BSD-2-Clause
// A simulated week: all end delivered or reported, exactly once, and tries happen when
// postern(7) says and not otherwise. The schedule is computed here once more, from the words of the manual.
#include "unit/relay/week.hpp"

#include <boost/test/unit_test.hpp>

namespace postern::relay {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t kMessages = 200;

/// The n-th pause as the manual has it.
milliseconds pause_by_the_manual(std::size_t n) {
    double minutes = 30;
    for (std::size_t i = 1; i < n; ++i) minutes *= 1.5;
    return minutes >= 240 ? 4h : milliseconds(static_cast<long>(minutes * 60'000));
}

/// What the manual says of one recipient, given when he was tried. "" = he was treated so.
std::string what_is_wrong(const WeekDestination& met, Instant arrival,
                          const std::vector<Happening>& happened) {
    const Instant last_try = arrival + 120h;
    for (std::size_t n = 0; n < happened.size(); ++n) {
        const auto& [at, fate] = happened[n];
        const std::string number = std::to_string(n + 1);
        if (n == 0 && at != arrival) return "the first try is late";
        if (n > 0) {
            const milliseconds waited = at - happened[n - 1].at, pause = pause_by_the_manual(n);
            const bool is_last = at >= last_try && at < last_try + 1min;
            if (waited < pause && !is_last) return "try " + number + " comes early";
            if (waited > pause + pause / 10 + 1min) return "try " + number + " comes late";
        }
        if (at >= last_try + 1min) return "try " + number + " comes after the last one";
        const Fate expected = met.is_unknown         ? Fate::failed
                              : met.is_available(at) ? Fate::delivered
                              : at >= last_try       ? Fate::failed
                                                     : Fate::deferred;
        if (fate != expected) return "try " + number + " ended otherwise than it should";
        if ((fate != Fate::deferred) != (n + 1 == happened.size())) return "its end is not its last try";
    }
    return happened.empty() ? "never tried" : "";
}

bool was_late(Instant arrival, const std::vector<Happening>& happened) {
    return std::ranges::any_of(
        happened, [&](const Happening& one) { return one.fate == Fate::deferred && one.at - arrival >= 4h; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(week_tests)

BOOST_AUTO_TEST_CASE(a_week_of_mail_ends_as_the_manual_says) {
    Week week(20261121, kMessages);
    week.run();
    std::size_t delivered = 0, failed = 0, tries = 0;
    for (const auto& letter : week.letters)
        for (const auto& to : letter.to) {
            const auto& happened = week.log.happened[to];
            const std::string wrong = what_is_wrong(week.destination_of(to), letter.at, happened);
            BOOST_REQUIRE_MESSAGE(wrong.empty(), to << ": " << wrong);
            const bool is_delivered = happened.back().fate == Fate::delivered;
            const bool is_remote = !to.ends_with("@here.example"), has_sender = !letter.from.empty();
            ++(is_delivered ? delivered : failed);
            tries += happened.size();
            if (is_remote) BOOST_REQUIRE_EQUAL(week.received[to], is_delivered ? 1 : 0);
            BOOST_REQUIRE_EQUAL(week.told_failed[to], is_delivered ? 0 : 1);
            const int warnings = week.told_late[to];  // one also while another recipient is tried
            BOOST_REQUIRE(warnings <= (has_sender ? 1 : 0));
            if (has_sender && was_late(letter.at, happened)) BOOST_REQUIRE_EQUAL(warnings, 1);
        }
    BOOST_TEST_MESSAGE(delivered << " delivered, " << failed << " failed, " << tries << " tries, "
                                 << week.passes << " passes");
    BOOST_TEST(delivered > kMessages);
    BOOST_TEST(failed > kMessages / 10);
    BOOST_TEST(tries > 2 * (delivered + failed));
    BOOST_TEST(week.log.alarms == 0);
    BOOST_TEST(week.spool.files.names("spool/hold").empty());
    BOOST_TEST(week.spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(two_recipients_in_trouble_are_each_on_a_schedule_of_their_own) {
    Week week(1, 0);
    const Instant arrival = week.spool.clock.now();
    week.late.changes = {arrival, arrival + 3h};  // the mailbox is all right again after three hours
    const std::string here = "late@here.example",
                      elsewhere = "nobody@d20.example";  // a host that is never there
    week.letters.push_back({arrival, "sender@senders.example", {here, elsewhere}});
    week.run();
    const auto &local = week.log.happened[here], &remote = week.log.happened[elsewhere];
    BOOST_TEST(what_is_wrong(week.late, arrival, local) == "");
    BOOST_TEST(what_is_wrong(week.destination_of(elsewhere), arrival, remote) == "");
    BOOST_TEST(local.size() == 5u);
    BOOST_TEST((local.back().fate == Fate::delivered));
    BOOST_TEST(remote.size() >= 32u);
    BOOST_TEST(remote.size() <= 35u);
    BOOST_TEST((remote.back().fate == Fate::failed));
    BOOST_TEST(week.told_late[here] == 0);
    BOOST_TEST(week.told_late[elsewhere] == 1);
    BOOST_TEST(week.told_failed[elsewhere] == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
