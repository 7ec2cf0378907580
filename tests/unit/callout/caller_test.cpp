// SPDX-License-Identifier: BSD-2-Clause
// What another server hears when it is asked for a recipient, and what its replies come to.
#include "callout/caller.hpp"

#include <boost/test/unit_test.hpp>

#include "dns/zone_resolver.hpp"

using namespace postern;
using namespace postern::callout;
using Kind = Answer::Kind;

namespace caller_tests {

/// A server that says these pieces, one at each read, and then ends or is silent.
class FakeServer final : public sys::Stream {
public:
    FakeServer(std::vector<std::string> pieces, std::string& heard)
        : pieces_(std::move(pieces)), heard_(heard) {}
    sys::ReadEnd read(std::span<char> into, sys::Deadline) override {
        if (next_ == pieces_.size()) return {sys::ReadEnd::Why::closed};
        const std::string piece = pieces_[next_++];
        if (piece == "silence") return {sys::ReadEnd::Why::timed_out};
        piece.copy(into.data(), into.size());
        return {sys::ReadEnd::Why::bytes, piece.size()};
    }
    Status write(std::string_view bytes, sys::Deadline) override {
        heard_ += bytes;
        return done;
    }

private:
    std::vector<std::string> pieces_;
    std::string& heard_;
    std::size_t next_ = 0;
};

const std::string kHello = "220 in.example\r\n";
const std::string kPipelining = "250-in.example\r\n250-SIZE 1000\r\n250 PIPELINING\r\n";

struct Site {
    Site() { options.hostname = "mx.example.org"; }

    /// The next connection meets a server that says this.
    void next_server(std::vector<std::string> pieces) { servers.push_back(std::move(pieces)); }

    Answer ask(const std::string& recipient, const accounts::OtherServer& server = {"192.0.2.5", 25}) {
        return caller().ask({server, *mail::Address::parse(recipient)});
    }
    Caller& caller() {
        if (!caller_) {
            resolver.emplace(*dns::parse_zone_file(zone, "zone"));
            caller_.emplace(
                *resolver,
                [this](const sys::Endpoint& to,
                       std::chrono::milliseconds) -> Result<std::unique_ptr<sys::Stream>> {
                    calls.push_back(to.to_string());
                    if (servers.empty()) return Error(Fault::temporary, "connect: connection refused");
                    auto server = std::make_unique<FakeServer>(servers.front(), heard);
                    servers.erase(servers.begin());
                    return std::unique_ptr<sys::Stream>(std::move(server));
                },
                options);
        }
        return *caller_;
    }

    Options options;
    std::string zone;
    std::string heard;
    std::vector<std::string> calls;
    std::vector<std::vector<std::string>> servers;
    std::optional<dns::ZoneResolver> resolver;
    std::optional<Caller> caller_;
};

}  // namespace caller_tests

BOOST_FIXTURE_TEST_SUITE(caller_tests, caller_tests::Site)

BOOST_AUTO_TEST_CASE(a_question_is_a_transaction_without_a_message) {
    next_server({kHello, kPipelining, "250 ok\r\n250 ok\r\n", "221 bye\r\n"});
    BOOST_TEST((ask("bob@example.org") == Answer{Kind::accepted, ""}));
    caller().hang_up();
    BOOST_TEST(heard == "EHLO mx.example.org\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\nQUIT\r\n");
}

BOOST_AUTO_TEST_CASE(the_next_recipient_is_asked_for_over_the_same_connection) {
    next_server({kHello, kPipelining, "250 ok\r\n250 ok\r\n", "250 ok\r\n250 ok\r\n550 5.1.1 who?\r\n"});
    BOOST_TEST((ask("bob@example.org").kind == Kind::accepted));
    heard.clear();
    BOOST_TEST(
        (ask("eve@example.org") == Answer{Kind::refused, "the host refused the recipient: 550 5.1.1 who?"}));
    BOOST_TEST(heard == "RSET\r\nMAIL FROM:<>\r\nRCPT TO:<eve@example.org>\r\n");
    BOOST_TEST(calls.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_no_verdict_on_the_recipient_is_none) {
    next_server({kHello, kPipelining, "250 ok\r\n451 4.7.1 greylisted\r\n"});
    BOOST_TEST((ask("bob@example.org").kind == Kind::undecided));
    next_server({kHello, kPipelining, "550 no null sender\r\n503 no\r\n"});
    BOOST_TEST((ask("bob@example.org", {"192.0.2.6", 25}).kind == Kind::undecided));
    next_server({"554 go away\r\n", "221 bye\r\n"});
    BOOST_TEST((ask("bob@example.org", {"192.0.2.7", 25}).kind == Kind::undecided));
    next_server({kHello, kPipelining, "250 ok\r\n"});
    BOOST_TEST((ask("bob@example.org", {"192.0.2.8", 25}).kind == Kind::undecided));
}

BOOST_AUTO_TEST_CASE(a_connection_that_was_closed_meanwhile_is_opened_again) {
    next_server({kHello, kPipelining, "250 ok\r\n250 ok\r\n"});
    BOOST_TEST((ask("bob@example.org").kind == Kind::accepted));
    next_server({kHello, kPipelining, "250 ok\r\n250 ok\r\n"});
    BOOST_TEST((ask("dave@example.org").kind == Kind::accepted));
    BOOST_TEST(calls.size() == 2u);
}

BOOST_AUTO_TEST_CASE(who_could_not_be_asked_is_not_called_again) {
    BOOST_TEST((ask("bob@example.org") == Answer{Kind::undecided, "connect: connection refused"}));
    BOOST_TEST((ask("eve@example.org").kind == Kind::undecided));
    BOOST_TEST(calls.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_server_that_falls_silent_is_not_waited_for_twice) {
    next_server({kHello, kPipelining, "silence"});
    next_server({kHello, kPipelining, "250 ok\r\n250 ok\r\n"});
    BOOST_TEST((ask("bob@example.org").kind == Kind::undecided));
    BOOST_TEST((ask("bob@example.org").kind == Kind::undecided));
    BOOST_TEST(calls.size() == 1u);
}

BOOST_AUTO_TEST_CASE(all_addresses_of_a_name_are_tried) {
    zone = "in.example. A 192.0.2.5\nin.example. AAAA 2001:db8::5\n";
    BOOST_TEST((ask("bob@example.org", {"in.example", 2525}).kind == Kind::undecided));
    BOOST_TEST(calls == (std::vector<std::string>{"[2001:db8::5]:2525", "192.0.2.5:2525"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_name_without_address_is_undecided) {
    const auto answer = ask("bob@example.org", {"gone.example", 25});
    BOOST_TEST((answer == Answer{Kind::undecided, "gone.example has no address"}));
}

BOOST_AUTO_TEST_CASE(this_server_does_not_ask_itself) {
    zone = "mx.example.org. A 192.0.2.1\nalso.example.org. A 192.0.2.2\n";
    options.server_addresses = {*IpAddress::parse("192.0.2.2")};
    for (const char* host : {"MX.example.org", "also.example.org", "192.0.2.2"})
        BOOST_TEST((ask("bob@example.org", {host, 25}).words.ends_with("is this server itself")));
    BOOST_TEST(calls.empty());
    (void)ask("bob@example.org", {"192.0.2.2", 10025});
    BOOST_TEST(calls.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_server_is_not_asked_what_it_asks) {
    zone = "in.example. A 192.0.2.5\nin.example. AAAA 2001:db8::5\n";
    const accounts::OtherServer server{"in.example", 25};
    for (const char* peer : {"192.0.2.5", "2001:db8::5"}) {
        const auto answer =
            caller().ask({server, *mail::Address::parse("bob@example.org"), IpAddress::parse(peer)});
        BOOST_TEST((answer.kind == Kind::accepted));
    }
    BOOST_TEST(calls.empty());
    (void)caller().ask({server, *mail::Address::parse("bob@example.org"), IpAddress::parse("192.0.2.6")});
    BOOST_TEST(calls.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_server_that_never_pauses_is_late_all_the_same) {
    options.patience = std::chrono::milliseconds(0);
    next_server({kHello, kPipelining, "250 ok\r\n250 ok\r\n"});
    BOOST_TEST((ask("bob@example.org").kind == Kind::undecided));
}

BOOST_AUTO_TEST_SUITE_END()
