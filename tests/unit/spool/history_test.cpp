// SPDX-License-Identifier: BSD-2-Clause
#include "spool/history.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_spool.hpp"

using namespace postern;
using namespace postern::spool;
using test::address;
using State = RecipientHistory::State;
using Kind = Outcome::Kind;

namespace history_tests {

const Instant kNow = *parse_rfc3339("2026-11-21T20:30:00Z");

History history_of(std::size_t recipients, const std::vector<Event>& events) {
    mail::Envelope envelope;
    for (std::size_t i = 0; i < recipients; ++i)
        envelope.recipients.push_back({address("user" + std::to_string(i) + "@example.org")});
    History history(envelope);
    for (const Event& event : events) history.apply({kNow, event});
    return history;
}

Outcome outcome(Kind kind, RecipientSet recipients, std::optional<Instant> next = {}) {
    return {kind, std::move(recipients), "4.0.0", "", "", "", next};
}

Child child(std::string purpose, RecipientSet recipients) {
    return {*MessageId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaa"), std::move(purpose), Lane::received,
            std::move(recipients)};
}

std::string states(const History& history) {
    std::string text;
    for (const RecipientHistory& recipient : history.recipients())
        text += "odfrxh"[static_cast<int>(recipient.state)];
    return text;
}

}  // namespace history_tests

BOOST_AUTO_TEST_SUITE(history_tests)

BOOST_AUTO_TEST_CASE(records_add_up_to_states) {
    struct {
        const char* what;
        std::vector<Event> events;
        const char* states;
    } const table[] = {
        {"nothing yet", {}, "ooo"},
        {"delivered", {outcome(Kind::delivered, {0, 2})}, "dod"},
        {"deferred stays open", {outcome(Kind::deferred, {1})}, "ooo"},
        {"failed", {outcome(Kind::failed, {1})}, "ofo"},
        {"reported", {outcome(Kind::failed, {1}), child("bounce", {1})}, "oro"},
        {"a bounce reports only what failed", {child("bounce", {1})}, "ooo"},
        {"handed over", {child("relay", {0, 1})}, "hho"},
        {"a warning leaves them open", {outcome(Kind::deferred, {1}), child("delay", {1})}, "ooo"},
        {"what is delivered is not handed over", {outcome(Kind::delivered, {0}), child("relay", {0})}, "doo"},
        {"no second outcome", {outcome(Kind::delivered, {0}), outcome(Kind::failed, {0})}, "doo"},
        {"nobody of this index", {outcome(Kind::delivered, {7})}, "ooo"},
        {"retried brings back what failed", {outcome(Kind::failed, {0}), Retried{}}, "ooo"},
        {"but not what was reported", {outcome(Kind::failed, {0}), child("bounce", {0}), Retried{}}, "roo"},
        {"members without the closing record are none", {Members{0, {address("a@b.example")}}}, "ooo"},
        {"expanded", {Members{1, {address("a@b.example"), address("c@d.example")}}, Expanded{}}, "oxooo"},
        {"to nobody new", {Members{1, {}}, Expanded{}}, "oxo"},
        {"what a dead runner did not close counts for nothing",
         {Begun{}, Members{1, {address("a@b.example")}}, Begun{}, Members{1, {address("c@d.example")}},
          Expanded{}},
         "oxoo"},
        {"members get outcomes by their indices",
         {Members{0, {address("a@b.example")}}, Expanded{}, outcome(Kind::delivered, {3})},
         "xood"},
        {"an index that is not there is not expanded",
         {Members{9, {address("a@b.example")}}, Expanded{}},
         "ooo"},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what) { BOOST_TEST(states(history_of(3, row.events)) == row.states); }
    }
}

BOOST_AUTO_TEST_CASE(members_have_the_reverse_path_of_their_record_or_of_their_alias) {
    const auto owner = address("owner-list@example.org"), other = address("owner-other@example.org");
    const std::vector<Event> events = {Members{0, {address("a@b.example"), address("c@b.example")}, owner},
                                       Members{0, {address("d@b.example")}, other},
                                       Members{1, {address("e@b.example")}},
                                       Expanded{},
                                       Members{2, {address("f@b.example")}},
                                       Members{2, {address("g@b.example")}, owner},
                                       Expanded{}};
    mail::Envelope envelope{address("sender@example.net"),
                            {{address("list@example.org")}, {address("user@example.org")}}};
    const auto reverse_paths = [&] {
        History history(envelope);
        for (const Event& event : events) history.apply({kNow, event});
        std::string text;
        for (std::size_t i = 0; i < history.recipients().size(); ++i) {
            const auto& path = history.reverse_path_of(i);
            text += (path ? path->local_part() : "<>") + " ";
        }
        return text;
    };
    BOOST_TEST(reverse_paths() ==
               "sender sender owner-list owner-list owner-other sender owner-list owner-list ");
    envelope.reverse_path.reset();
    BOOST_TEST(reverse_paths() == "<> <> <> <> <> <> <> <> ");
}

BOOST_AUTO_TEST_CASE(recipients_are_told_apart_by_their_reverse_paths) {
    const auto owner = address("owner@example.org"), other = address("other@example.org");
    const mail::Envelope envelope{address("sender@example.net"), {{address("list@example.org")}}};
    History history(envelope);
    for (const Event& event : std::vector<Event>{Members{0, {address("a@b.example")}, owner},
                                                 Members{0, {address("c@b.example")}, other},
                                                 Members{0, {address("d@b.example")}, owner}, Expanded{}})
        history.apply({kNow, event});
    const std::vector<RecipientSet> expected = {{1, 3}, {2}};
    BOOST_TEST((history.by_reverse_path({1, 2, 3}) == expected));
    BOOST_TEST((history.by_reverse_path({0, 2}) == std::vector<RecipientSet>{{0}, {2}}));
    BOOST_TEST(history.by_reverse_path({}).empty());
}

BOOST_AUTO_TEST_CASE(a_transaction_has_one_reverse_path_and_stands_for_one_name) {
    const auto name = address("alice@example.org"), list = address("list@example.org");
    mail::Envelope envelope{address("sender@example.net"), {{address("x@b.example")}, {list}, {name}}};
    envelope.recipients.push_back({address("y@b.example"), "", "", name});
    History history(envelope);
    for (const Event& event : std::vector<Event>{
             Members{1, {address("a@b.example")}, address("o@example.org")},
             Members{1, {address("c@b.example")}}, Members{2, {address("d@b.example")}}, Expanded{}})
        history.apply({kNow, event});
    const std::vector<RecipientSet> expected = {{0}, {3, 6}, {4}, {5}};
    BOOST_TEST((history.by_transaction({0, 3, 4, 5, 6}) == expected));
    BOOST_TEST(history.on_behalf_of(0) == nullptr);
    BOOST_TEST((*history.on_behalf_of(3) == name));
    BOOST_TEST((*history.on_behalf_of(4) == list));
    BOOST_TEST((*history.on_behalf_of(6) == name));
}

BOOST_AUTO_TEST_CASE(begins_are_unfinished_until_a_record_ends_the_attempt) {
    const std::vector<Event> enders = {outcome(Kind::deferred, {0}), child("relay", {0}), Held{}, Retried{},
                                       Left{}};
    BOOST_TEST(history_of(1, {}).unfinished_begins() == 0u);
    BOOST_TEST(history_of(1, {Begun{}, Begun{}}).unfinished_begins() == 2u);
    BOOST_TEST(history_of(1, {Begun{}, Members{0, {}}, Expanded{}}).unfinished_begins() == 1u);
    for (const Event& end : enders) {
        BOOST_TEST(history_of(1, {Begun{}, Begun{}, end}).unfinished_begins() == 0u);
        BOOST_TEST(history_of(1, {Begun{}, end, Begun{}}).unfinished_begins() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(all_begins_are_counted_whatever_came_of_them) {
    BOOST_TEST(history_of(1, {}).begins() == 0u);
    BOOST_TEST(history_of(1, {Begun{}, outcome(Kind::deferred, {0}), Begun{}, Left{}, Retried{}, Begun{}})
                   .begins() == 3u);
}

BOOST_AUTO_TEST_CASE(due_is_the_earliest_next_try_of_those_who_are_open) {
    const Instant later = kNow + std::chrono::minutes(30), much_later = kNow + std::chrono::hours(2);
    BOOST_TEST(!history_of(2, {outcome(Kind::deferred, {0}, later)}).due().has_value());  // 1 was never tried
    const History both =
        history_of(2, {outcome(Kind::deferred, {0}, much_later), outcome(Kind::deferred, {1}, later)});
    BOOST_TEST((both.due() == later));
    BOOST_TEST(both.ready(kNow).empty());
    BOOST_TEST(both.ready(later) == RecipientSet{1}, boost::test_tools::per_element());
    const History one_left =
        history_of(2, {outcome(Kind::deferred, {0}, much_later), outcome(Kind::delivered, {1})});
    BOOST_TEST((one_left.due() == much_later));
    BOOST_TEST(!history_of(1, {outcome(Kind::deferred, {0}, later), Retried{}}).due().has_value());
}

BOOST_AUTO_TEST_CASE(tries_are_counted_and_the_newest_words_kept) {
    Outcome second = outcome(Kind::deferred, {0});
    second.reply = "451 later";
    const History history = history_of(1, {outcome(Kind::deferred, {0}), second});
    BOOST_TEST(history.recipients()[0].tries == 2u);
    BOOST_TEST(history.recipients()[0].last->reply == "451 later");
}

BOOST_AUTO_TEST_CASE(finished_means_nobody_open_and_nobody_unreported) {
    BOOST_TEST(!history_of(1, {}).is_finished());
    BOOST_TEST(!history_of(1, {outcome(Kind::failed, {0})}).is_finished());
    BOOST_TEST(history_of(1, {outcome(Kind::failed, {0}), child("bounce", {0})}).is_finished());
    BOOST_TEST(history_of(1, {outcome(Kind::delivered, {0})}).is_finished());
}

BOOST_AUTO_TEST_CASE(a_hold_ends_with_a_retry) {
    BOOST_TEST(history_of(1, {Held{}}).is_held());
    BOOST_TEST(!history_of(1, {Held{}, Retried{}}).is_held());
}

BOOST_AUTO_TEST_CASE(who_was_told_of_as_late_is_known) {
    const History history = history_of(3, {outcome(Kind::deferred, {0, 1}), child("delay", {1, 7})});
    BOOST_TEST(!history.recipients()[0].is_warned);
    BOOST_TEST(history.recipients()[1].is_warned);
}

// RFC 3461 §4.1
BOOST_AUTO_TEST_CASE(who_wants_no_report_of_a_failure_is_done_when_he_fails) {
    const auto failed = [](const std::string& notify) {
        mail::Envelope envelope;
        envelope.reverse_path = address("alice@example.net");
        envelope.recipients.push_back({address("bob@example.org"), notify});
        History history(envelope);
        history.apply({kNow, outcome(Kind::failed, {0})});
        return states(history);
    };
    BOOST_TEST(failed("") == "f");
    BOOST_TEST(failed("FAILURE") == "f");
    BOOST_TEST(failed("NEVER") == "r");
    BOOST_TEST(failed("SUCCESS,DELAY") == "r");
}

BOOST_AUTO_TEST_CASE(who_is_to_be_told_of_a_success_is_not_done_before) {
    mail::Envelope envelope;
    envelope.reverse_path = address("alice@example.net");
    envelope.recipients.push_back({address("bob@example.org"), "SUCCESS"});
    History history(envelope);
    Outcome delivered = outcome(Kind::delivered, {0});
    history.apply({kNow, delivered});
    BOOST_TEST(states(history) == "d");
    BOOST_TEST(!history.is_finished());
    BOOST_TEST((history.owing_success() == RecipientSet{0}));
    history.apply({kNow, child("success", {0})});
    BOOST_TEST(history.is_finished());

    History passed_on(envelope);
    delivered.reach = Outcome::Reach::reporting_host;
    passed_on.apply({kNow, delivered});
    BOOST_TEST(passed_on.is_finished());
}

BOOST_AUTO_TEST_SUITE_END()
