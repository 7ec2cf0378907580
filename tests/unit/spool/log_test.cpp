// SPDX-License-Identifier: BSD-2-Clause
#include <boost/test/unit_test.hpp>

#include "base/hash.hpp"
#include "spool/record_codec.hpp"
#include "spool/spool_file.hpp"
#include "support/memory_spool.hpp"

using namespace postern;
using namespace postern::spool;
using test::MemorySpool;

namespace log_tests {

const Instant kNow = *parse_rfc3339("2026-11-21T20:30:05.123Z");
const MessageId kId = *MessageId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaa");

Outcome failed() {
    return {Outcome::Kind::failed,         {0, 2, 3},   "5.1.1", "no such user", "mx.example.net [192.0.2.1]",
            "550 5.1.1 100% \xff\"who?\"", std::nullopt};
}

/// The line of one record behind the chain "start", and its text without the chain.
std::string line_of(const Event& event) {
    std::string line, chain = "start";
    append_log_line(line, {kNow, event}, chain);
    return line;
}

struct LoggedMessage {
    LoggedMessage()
        : path(spool.path_in_received(
              test::must(spool.queue(spool.envelope({"bob@example.org", "eve@example.org"}), "x\r\n")))) {}

    void append(const std::vector<Record>& records) {
        auto message = spool.claim(path);
        test::must(message.append(records, Durability::synced));
    }
    std::size_t records() { return test::must(read_message(spool.files, path)).log.size(); }
    std::string octets() { return *spool.files.content(path); }
    std::size_t log_start() { return octets().find("{\"at\""); }

    MemorySpool spool;
    std::string path;
};

}  // namespace log_tests

BOOST_AUTO_TEST_SUITE(log_tests)

BOOST_AUTO_TEST_CASE(lines_are_as_the_manual_page_says) {
    Outcome deferred{Outcome::Kind::deferred, {1}, "4.4.1", "", "", "", kNow};
    const std::pair<Event, std::string> table[] = {
        {Begun{"deliver"}, R"("event":"begun","runner":"deliver")"},
        {Members{1, {test::address("a@b.example")}}, R"("event":"members","of":1,"to":["a@b.example"])"},
        {Members{1, {}, test::address("owner-l@b.example")},
         R"("event":"members","of":1,"from":"owner-l@b.example","to":[])"},
        {Expanded{}, R"("event":"expanded")"},
        {Outcome{Outcome::Kind::delivered, {1}, "2.0.0", "", "", "", {}, Outcome::Reach::silent_host},
         R"("event":"delivered","recipients":"1","status":"2.0.0","dsn":"relayed")"},
        {Outcome{Outcome::Kind::delivered, {1}, "2.0.0", "", "", "", {}, Outcome::Reach::reporting_host},
         R"("event":"delivered","recipients":"1","status":"2.0.0","dsn":"passed_on")"},
        {failed(), R"("event":"failed","recipients":"0,2-3","status":"5.1.1","reason":"no such user",)"
                   R"("host":"mx.example.net [192.0.2.1]","reply":"550 5.1.1 100%25 %FF\"who?\"")"},
        {deferred,
         R"("event":"deferred","recipients":"1","status":"4.4.1","next":"2026-11-21T20:30:05.123Z")"},
        {Child{kId, "bounce", Lane::received, {0}},
         R"("event":"child","id":"aaaaaaaaaaaaaaaaaaaaaaaaaa","purpose":"bounce","lane":"received","recipients":"0")"},
        {Held{"why"}, R"("event":"held","reason":"why")"},
        {Retried{}, R"("event":"retried")"},
        {Left{}, R"("event":"left")"},
    };
    for (const auto& [event, text] : table) {
        const std::string own = R"({"at":"2026-11-21T20:30:05.123Z",)" + text;
        BOOST_TEST(line_of(event) == own + R"(,"chain":")" + hash_hex(16, "start" + own) + "\"}\n");
    }
}

BOOST_AUTO_TEST_CASE(lines_are_read_back) {
    const auto read = parse_log_line(line_of(failed()));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->at == kNow));
    const Outcome& outcome = std::get<Outcome>(read->event);
    BOOST_TEST((outcome.kind == Outcome::Kind::failed));
    BOOST_TEST(outcome.recipients == failed().recipients, boost::test_tools::per_element());
    BOOST_TEST(outcome.reply == failed().reply);
    BOOST_TEST(outcome.host == failed().host);
    BOOST_TEST(!outcome.next.has_value());
    const auto members = parse_log_line(line_of(Members{1, {test::address("a@b.example")}}));
    BOOST_TEST(std::get<Members>(members->event).to.size() == 1u);
    BOOST_TEST(!std::get<Members>(members->event).from.has_value());
    const auto owned = parse_log_line(line_of(Members{1, {}, test::address("owner-l@b.example")}));
    BOOST_TEST((std::get<Members>(owned->event).from == test::address("owner-l@b.example")));
    BOOST_TEST(
        !parse_log_line(R"({"at":"2026-11-21T20:30:05Z","event":"members","of":1,"from":"","to":[]})"));
    const auto child = parse_log_line(line_of(Child{kId, "relay", Lane::relay, {4}}));
    BOOST_TEST((std::get<Child>(child->event).id == kId));
    BOOST_TEST((std::get<Child>(child->event).lane == Lane::relay));
}

BOOST_AUTO_TEST_CASE(lines_read_the_same_whether_the_parser_is_needed_or_not) {
    const Event events[] = {Begun{"deliver"},
                            Expanded{},
                            failed(),
                            Outcome{Outcome::Kind::deferred, {1}, "4.4.1", "100% {full}", "", "", kNow},
                            Members{1, {test::address("a@b.example")}, test::address("owner-l@b.example")},
                            Child{kId, "bounce", Lane::received, {0}},
                            Held{"caf\xc3\xa9\n", "root"}};
    for (const auto& event : events) {
        const std::string line = line_of(event), plain = line.substr(0, line.size() - 1);
        for (const auto& written : {plain, "{ " + plain.substr(1), line}) {
            const auto read = parse_log_line(written);
            BOOST_REQUIRE_MESSAGE(read, written);
            BOOST_TEST((read->at == kNow));
            BOOST_TEST(line_of(read->event) == line);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_object_is_no_line) {
    const std::string start = R"({"at":"2026-11-21T20:30:05Z","event":"held","reason":"why)",
                      good = start + "\"}";
    BOOST_TEST(parse_log_line(good).has_value());
    for (const std::string& bad :
         {good + "x", start, start + "\"", start + "\",}", start + "\t\"}", start + "\xff\"}",
          start + "\\q\"}", "[" + good + "]", good + good, good.substr(1), std::string("{"), std::string()})
        BOOST_TEST(!parse_log_line(bad), bad);
}

BOOST_AUTO_TEST_CASE(members_are_a_list_of_addresses_and_of_nothing_else) {
    const auto with = [](const std::string& of, const std::string& to) {
        return parse_log_line(R"({"at":"2026-11-21T20:30:05Z","event":"members","of":)" + of + R"(,"to":)" +
                              to + "}");
    };
    BOOST_TEST(with("1", R"(["a@b.example"])").has_value());
    for (const std::string to :
         {"7", "\"a@b.example\"", R"(["a@b.example",7])", R"([["a@b.example"]])", R"([null])",
          R"([{"x":"a@b.example"}])", R"({"x":"a@b.example"})", R"(["nobody"])"})
        BOOST_TEST(!with("1", to), to);
    for (const std::string of : {"-1", "1.5", "\"1\"", "[1]", "{\"of\":1}"}) BOOST_TEST(!with(of, "[]"), of);
}

BOOST_AUTO_TEST_CASE(a_line_fits_only_behind_its_predecessor) {
    std::string line = line_of(Held{"why"});
    line.pop_back();
    std::string chain = "start";
    BOOST_TEST(continues_chain(line, chain));
    BOOST_TEST(chain != "start");
    BOOST_TEST(!continues_chain(line, chain));
    std::string other = "stark";
    BOOST_TEST(!continues_chain(line, other));
    BOOST_TEST(other == "stark");
}

BOOST_FIXTURE_TEST_CASE(a_log_is_read_as_far_as_its_chain_holds, LoggedMessage) {
    append({{kNow, Held{"one"}}, {kNow, Held{"two"}}});
    append({{kNow, Held{"three"}}});
    BOOST_TEST(records() == 3u);
    const std::string good = octets();
    const std::size_t second = good.find("\n", log_start()) + 1, third = good.find("\n", second) + 1;
    const std::size_t end = good.find("\n", third) + 1;
    for (std::size_t i = log_start(); i < end; ++i) {
        std::string bad = good;
        bad[i] ^= 1;
        spool.files.put(path, bad);
        BOOST_TEST(records() == (i < second ? 0u : i < third ? 1u : 2u), "octet " << i);
    }
}

BOOST_FIXTURE_TEST_CASE(a_torn_line_is_no_line_and_the_next_one_takes_its_place, LoggedMessage) {
    append({{kNow, Held{"one"}}});
    const std::string before = octets();
    append({{kNow, Held{"a long reason that will be torn off in the middle"}}});
    const std::string after = octets();
    const std::size_t start = before.find("\n", log_start()) + 1, end = after.find("\n", start);
    for (std::size_t cut = start; cut < end; cut += 7) {
        spool.files.put(path, after.substr(0, cut) + before.substr(cut));
        BOOST_TEST(records() == 1u);
        append({{kNow, Retried{}}});
        BOOST_TEST(records() == 2u);
    }
}

BOOST_FIXTURE_TEST_CASE(lines_of_another_file_are_forged_lines, LoggedMessage) {
    LoggedMessage other;
    other.spool.randomness = test::FakeRandomness(77);
    append({{kNow, Held{"one"}}});
    const std::string line = octets().substr(log_start(), octets().find("\n", log_start()) + 1 - log_start());
    const auto id = test::must(other.spool.queue(other.spool.envelope({"bob@example.org"}), "y\r\n"));
    const std::string target = other.spool.path_in_received(id);
    const auto story = test::must(read_message(other.spool.files, target));
    std::string octets = *other.spool.files.content(target);
    octets.replace(story.content_offset + story.content_size, line.size(), line);
    other.spool.files.put(target, octets);
    BOOST_TEST(test::must(read_message(other.spool.files, target)).log.empty());
}

BOOST_FIXTURE_TEST_CASE(events_that_are_not_known_are_skipped_but_chained, LoggedMessage) {
    const auto file = test::must(spool.files.open(path, sys::Access::read));
    const auto told = std::get<SpoolFile>(test::must(read_spool_file(*file)));
    const std::string own = R"({"at":"2026-11-21T20:30:05.123Z","event":"from the future","to":[1])";
    const std::string line = own + R"(,"chain":")" + hash_hex(16, told.chain + own) + "\"}\n";
    std::string changed = octets();
    changed.replace(told.log_end, line.size(), line);
    spool.files.put(path, changed);
    append({{kNow, Held{"one"}}});
    BOOST_TEST(records() == 1u);
    BOOST_TEST(octets().find("from the future") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_log_longer_than_its_room_grows_by_whole_blocks, LoggedMessage) {
    for (int i = 0; i < 100; ++i) append({{kNow, Held{"a reason of some length, as they are"}}});
    BOOST_TEST(records() == 100u);
    BOOST_TEST(octets().size() % 4096 == 0u);
    BOOST_TEST(octets().size() > 4096u);
}

BOOST_AUTO_TEST_SUITE_END()
