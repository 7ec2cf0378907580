// SPDX-License-Identifier: BSD-2-Clause
#include "wire/serve_session.hpp"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "smtp/replies.hpp"

using namespace postern;
using namespace postern::wire;
using Why = sys::ReadEnd::Why;

namespace serve_session_tests {

/// A peer that sends these pieces and then ends; everything in order stands in `story`.
class ScriptedStream : public sys::Stream {
public:
    ScriptedStream(std::vector<std::string> pieces, Why end, std::string& story)
        : pieces_(std::move(pieces)), end_(end), story_(story) {}

    sys::ReadEnd read(std::span<char> into, sys::Deadline deadline) override {
        deadlines.push_back(deadline);
        story_ += "[read]";
        if (next_ == pieces_.size()) std::this_thread::sleep_for(last_read);
        if (next_ == pieces_.size()) return {end_};
        const std::string& piece = pieces_[next_++];
        BOOST_REQUIRE(piece.size() <= into.size());
        std::copy(piece.begin(), piece.end(), into.begin());
        return {Why::bytes, piece.size()};
    }
    Status write(std::string_view bytes, sys::Deadline) override {
        if (writes_until_broken-- == 0) return Error(Fault::temporary, "write: broken pipe");
        story_ += bytes;
        return done;
    }

    std::vector<sys::Deadline> deadlines;
    int writes_until_broken = -1;
    std::chrono::milliseconds last_read{};  ///< how long the one takes that finds the end

private:
    std::vector<std::string> pieces_;
    Why end_;
    std::string& story_;
    std::size_t next_ = 0;
};

class TellingHandler : public SessionHandler {
public:
    explicit TellingHandler(std::string& story) : story_(story) {}
    smtp::Verdict sender(const smtp::AskSender&) override {
        return tell("[sender]"), smtp::Verdict::accept();
    }
    smtp::RecipientVerdict recipient(const smtp::AskRecipient&) override {
        return tell("[recipient]"), smtp::RecipientVerdict{smtp::Verdict::accept()};
    }
    smtp::Reply verify(const smtp::AskVerify&) override {
        return tell("[verify]"), smtp::replies::cannot_verify;
    }
    smtp::Verdict release(const smtp::AskRelease&) override {
        return tell("[release]"), smtp::Verdict::accept();
    }
    smtp::ClientVerdict client(const smtp::AskClient&) override {
        return tell("[client]"), smtp::ClientVerdict{smtp::Verdict::accept()};
    }
    smtp::Verdict prepare_tls() override { return tell("[prepare TLS]"), smtp::Verdict::accept(); }
    std::optional<smtp::TlsFacts> start_tls(sys::Deadline) override {
        tell("[start TLS]");
        return tls;
    }
    smtp::Answer keys(const smtp::AskKeys&) override { return tell("[keys]"), sasl::FoundKeys{}; }
    smtp::LoginVerdict login(const smtp::AskLogin&) override {
        return tell("[login]"), smtp::LoginVerdict{smtp::Verdict::accept(), "alice@example.org"};
    }
    smtp::Verdict begin(const smtp::BeginMessage&) override {
        return tell("[begin]"), smtp::Verdict::accept();
    }
    void body(std::string_view bytes) override { content += bytes; }
    smtp::CommitVerdict commit(const smtp::CommitMessage&) override {
        return tell("[commit]"), smtp::CommitVerdict{smtp::Verdict::accept(), "q1"};
    }
    void abandon() override { tell("[abandon]"); }
    void note(const smtp::Note& note) override { notes.push_back(note.text); }

    std::optional<smtp::TlsFacts> tls;  ///< what a handshake comes to
    std::string content;
    std::vector<std::string> notes;

private:
    void tell(std::string_view what) { story_ += what; }
    std::string& story_;
};

smtp::SessionFacts facts() {
    smtp::SessionFacts f;
    f.hostname = "mx.example";
    f.limits.idle_commands = 10'000;
    f.can_start_tls = true;
    return f;
}

struct Served {
    std::string story = {};
    std::string content = {};
    std::vector<std::string> notes = {};
    std::vector<sys::Deadline> deadlines = {};
};

Served serve_peer(std::vector<std::string> pieces, Why end = Why::closed,
                  Deadlines limits = {std::chrono::minutes(5), sys::Deadline::max()},
                  int writes_until_broken = -1, std::chrono::milliseconds last_read = {},
                  std::optional<smtp::TlsFacts> tls = smtp::TlsFacts{}) {
    Served out;
    smtp::Session session(facts());
    ScriptedStream stream(std::move(pieces), end, out.story);
    stream.writes_until_broken = writes_until_broken;
    stream.last_read = last_read;
    TellingHandler handler(out.story);
    handler.tls = std::move(tls);
    serve(session, stream, handler, limits);
    out.content = handler.content;
    out.notes = handler.notes;
    out.deadlines = stream.deadlines;
    return out;
}

const std::string kHello = "220 mx.example ESMTP Postern\r\n";

}  // namespace serve_session_tests

BOOST_AUTO_TEST_SUITE(serve_session_tests)

BOOST_AUTO_TEST_CASE(replies_are_written_just_before_the_next_read) {
    const auto served = serve_peer({"HELO client.example\r\nNOOP\r\n", "QUIT\r\n"});
    BOOST_TEST(served.story == kHello + "[read]250 mx.example\r\n250 2.0.0 OK\r\n[read]221 2.0.0 Bye\r\n");
}

BOOST_AUTO_TEST_CASE(the_reply_to_starttls_is_written_before_the_handshake) {
    const auto served = serve_peer({"EHLO c.example\r\nSTARTTLS\r\n", "HELO c.example\r\n"});
    const auto asked = served.story.find("[prepare TLS]"), reply = served.story.find("220 2.0.0");
    BOOST_TEST(asked < reply);
    BOOST_TEST(served.story.find("handshake\r\n[start TLS][read]250 mx.example\r\n") > reply);
    BOOST_TEST(served.story.find("[start TLS]") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(without_a_handshake_nothing_is_said_any_more) {
    const auto served = serve_peer({"EHLO c.example\r\nSTARTTLS\r\n", "NOOP\r\n"}, Why::closed,
                                   {std::chrono::minutes(5), sys::Deadline::max()}, -1, {}, std::nullopt);
    BOOST_TEST(served.story.ends_with("handshake\r\n[start TLS]"));
}

BOOST_AUTO_TEST_CASE(who_is_gone_is_offered_no_handshake) {
    const auto served = serve_peer({"EHLO c.example\r\n", "STARTTLS\r\n"}, Why::closed,
                                   {std::chrono::minutes(5), sys::Deadline::max()}, 2);
    BOOST_TEST(served.story.find("[start TLS]") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_pipelined_message_is_committed_before_its_250_is_written) {
    const auto served = serve_peer({"HELO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n",
                                    "one\r\n..two\r\n.\r\nQUIT\r\n"});
    const auto commit = served.story.find("[commit]"), ok = served.story.find("Queued as q1");
    BOOST_TEST(commit < ok);
    BOOST_TEST(ok != std::string::npos);
    BOOST_TEST(served.content == "one\r\n.two\r\n");
    BOOST_TEST(served.story.ends_with("221 2.0.0 Bye\r\n"));
}

BOOST_AUTO_TEST_CASE(a_peer_that_goes_away_in_content_leaves_no_message) {
    const auto served =
        serve_peer({"HELO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n", "one\r\n"});
    BOOST_TEST(served.story.ends_with("[read][abandon]"));
    BOOST_TEST(served.story.find("[commit]") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(each_end_has_its_last_words) {
    BOOST_TEST(serve_peer({}, Why::closed).story == kHello + "[read]");
    BOOST_TEST(serve_peer({}, Why::broken).story == kHello + "[read]");
    BOOST_TEST(serve_peer({}, Why::timed_out).story ==
               kHello + "[read]421 4.4.2 Waited too long for the client\r\n");
    BOOST_TEST(serve_peer({}, Why::told_to_stop).story ==
               kHello + "[read]421 4.3.2 The service is stopping\r\n");
}

BOOST_AUTO_TEST_CASE(when_writing_fails_the_session_ends_without_reading_more) {
    const auto served =
        serve_peer({"NOOP\r\n", "NOOP\r\n"}, Why::closed, {std::chrono::minutes(5), sys::Deadline::max()}, 1);
    BOOST_TEST(served.story == kHello + "[read]");
    BOOST_TEST(served.notes.back() == "connection lost");
}

BOOST_AUTO_TEST_CASE(many_replies_do_not_pile_up) {
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "HELP\r\n";
    const auto served = serve_peer({many, "QUIT\r\n"});
    BOOST_TEST(std::count(served.story.begin(), served.story.end(), '\n') == 1 + 2 * 5000 + 1);
}

BOOST_AUTO_TEST_CASE(no_read_waits_longer_than_idle_nor_than_the_session_may_last) {
    const auto before = std::chrono::steady_clock::now();
    const auto session_end = before + std::chrono::seconds(90);
    const auto idle = serve_peer({"NOOP\r\n"}, Why::closed, {std::chrono::seconds(60), session_end});
    for (const auto deadline : idle.deadlines) {
        BOOST_TEST((deadline >= before + std::chrono::seconds(60)));
        BOOST_TEST((deadline < session_end));
    }
    const auto last = serve_peer({"NOOP\r\n"}, Why::closed, {std::chrono::seconds(600), session_end});
    for (const auto deadline : last.deadlines) BOOST_TEST((deadline == session_end));
}

BOOST_AUTO_TEST_CASE(content_has_a_patience_of_its_own) {
    const auto before = std::chrono::steady_clock::now();
    Deadlines limits{std::chrono::seconds(60), sys::Deadline::max()};
    limits.content_idle = std::chrono::seconds(600);
    const auto served =
        serve_peer({"HELO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n", "x\r\n.\r\n"},
                   Why::closed, limits);
    BOOST_REQUIRE(served.deadlines.size() == 3u);
    BOOST_TEST((served.deadlines[0] < before + std::chrono::seconds(120)));
    BOOST_TEST((served.deadlines[1] >= before + std::chrono::seconds(600)));
    BOOST_TEST((served.deadlines[2] < before + std::chrono::seconds(120)));
}

BOOST_AUTO_TEST_CASE(content_that_comes_too_slowly_ends_the_session) {
    Deadlines limits{std::chrono::minutes(5), sys::Deadline::max()};
    limits.minimum_rate = 1000;
    limits.rate_window = std::chrono::milliseconds(0);  // so that each wait is judged
    const auto slow = serve_peer({"HELO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n"},
                                 Why::timed_out, limits, -1, std::chrono::milliseconds(20));
    BOOST_TEST(slow.story.ends_with("[abandon]" + smtp::to_wire(smtp::replies::too_slow)));
    BOOST_TEST(slow.notes.back() == "too slow");
}

BOOST_AUTO_TEST_CASE(a_command_may_come_as_slowly_as_it_likes) {
    Deadlines limits{std::chrono::minutes(5), sys::Deadline::max()};
    limits.minimum_rate = 1'000'000'000;
    limits.rate_window = std::chrono::milliseconds(0);
    const auto served = serve_peer({"NO", "OP", "\r\n"}, Why::closed, limits);
    BOOST_TEST(served.story.find("250 2.0.0 OK") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(who_speaks_before_the_greeting_is_not_served) {
    Deadlines limits{std::chrono::minutes(5), sys::Deadline::max()};
    limits.before_greeting = std::chrono::seconds(1);
    BOOST_TEST(serve_peer({"EHLO c.example\r\n"}, Why::closed, limits).story ==
               "[read]" + smtp::to_wire(smtp::replies::spoke_too_early));
    BOOST_TEST(serve_peer({}, Why::timed_out, limits).story.starts_with("[read]" + kHello + "[read]"));
    BOOST_TEST(serve_peer({}, Why::told_to_stop, limits).story ==
               "[read]" + kHello + "421 4.3.2 The service is stopping\r\n");
}

BOOST_AUTO_TEST_CASE(what_came_behind_a_proxys_header_was_too_early_as_well) {
    Deadlines limits{std::chrono::minutes(5), sys::Deadline::max()};
    limits.before_greeting = std::chrono::seconds(1);
    std::string story;
    smtp::Session session(facts());
    ScriptedStream stream({}, Why::timed_out, story);
    TellingHandler handler(story);
    session.receive("EHLO c.example\r\n");
    serve(session, stream, handler, limits);
    BOOST_TEST(story == smtp::to_wire(smtp::replies::spoke_too_early));
}

BOOST_AUTO_TEST_CASE(a_peer_that_always_has_more_ends_with_its_session) {
    const auto served = serve_peer({"NOOP\r\n", "NOOP\r\n"}, Why::closed,
                                   {std::chrono::minutes(5), std::chrono::steady_clock::now()});
    BOOST_TEST(served.story == kHello + smtp::to_wire(smtp::replies::out_of_time));
}

BOOST_AUTO_TEST_CASE(who_waits_past_the_end_of_the_session_hears_of_that) {
    const auto soon = std::chrono::steady_clock::now() + std::chrono::milliseconds(5);
    const auto served =
        serve_peer({}, Why::timed_out, {std::chrono::minutes(5), soon}, -1, std::chrono::milliseconds(10));
    BOOST_TEST(served.story == kHello + "[read]" + smtp::to_wire(smtp::replies::out_of_time));
}

BOOST_AUTO_TEST_SUITE_END()
