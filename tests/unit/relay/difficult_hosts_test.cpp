// SPDX-License-Identifier: BSD-2-Clause
// Passes of mxrun that meet hosts which refuse, hang up, fall silent or know less.
#include "relay/pass.hpp"
#include "unit/relay/pass_fixture.hpp"

namespace postern::relay {

using State = spool::RecipientHistory::State;

BOOST_FIXTURE_TEST_SUITE(difficult_hosts_tests, PassFixture)

BOOST_AUTO_TEST_CASE(a_host_that_drops_the_connection_in_the_content_has_delivered_nothing) {
    network.host("192.0.2.10").replies["."] = kDrop;
    queue({"bob@a.example"});
    pass();
    BOOST_TEST((left().state == State::open));
    BOOST_TEST(left().last->status == "4.4.2");
}

BOOST_AUTO_TEST_CASE(a_host_that_keeps_dropping_is_not_called_for_each_message) {
    auto& host = network.host("192.0.2.10");
    host.replies["."] = kDrop;
    for (int i = 0; i < 10; ++i) queue({"bob@a.example"});
    pass();
    BOOST_TEST(host.connections == 3u);
    BOOST_TEST(spool.queued().size() == 10u);
}

BOOST_AUTO_TEST_CASE(without_a_usable_tls_mail_goes_and_the_log_says_why_once) {
    options.tls.ciphers = "NO-SUCH-CIPHER";
    for (const auto* address : {"192.0.2.10", "192.0.2.20"}) network.host(address).extensions = "STARTTLS";
    queue({"bob@a.example"});
    queue({"bob@b.example"});
    pass();
    BOOST_TEST(spool.queued().empty());
    BOOST_TEST(network.host("192.0.2.10").count("STARTTLS") == 0u);
    BOOST_TEST(log.count_of("tls_unusable") == 1u);
}

BOOST_AUTO_TEST_CASE(a_host_that_ends_the_conversation_between_messages_is_called_again) {
    auto& host = network.host("192.0.2.10");
    host.replies["RSET"] = "421 4.7.0 enough";
    host.replies["RCPT TO:<nobody"] = "550 no";
    queue({"nobody@a.example"}, "x\r\n", "");  // held as a double bounce; refused, so RSET follows
    queue({"bob@a.example"});
    pass();
    BOOST_TEST(host.connections == 2u);
    BOOST_TEST(host.contents.size() == 1u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(a_host_that_replies_once_too_often_gets_every_message_whole) {
    auto& host = network.host("192.0.2.10");
    host.replies["."] = "250 taken\r\n250 and again";
    for (int i = 0; i < 3; ++i) queue({"bob@a.example"});
    pass();
    BOOST_TEST(host.contents == std::vector<std::string>(3, "Subject: x\r\n\r\nhello\r\n"),
               boost::test_tools::per_element());
    BOOST_TEST(spool.queued().empty());

    PassFixture greeting;
    greeting.network.host("192.0.2.10").replies["EHLO"] = "250 fake\r\n250 again";
    greeting.queue({"bob@a.example"});
    greeting.pass();
    BOOST_TEST((greeting.left().state == State::open));
}

BOOST_AUTO_TEST_CASE(a_host_that_refuses_a_recipient_and_hangs_up_fails_nobody_else) {
    auto& host = network.host("192.0.2.10");
    host.replies["RCPT"] = "550 no";
    host.replies["DATA"] = kDrop;
    for (int i = 0; i < 5; ++i) queue({"bob@a.example"});
    pass();
    BOOST_TEST(host.connections == 3u);
    BOOST_REQUIRE(spool.queued().size() == 5u);  // and no bounces
    for (const auto& path : spool.queued()) BOOST_TEST(path.starts_with("spool/relay/2026"));
}

BOOST_AUTO_TEST_CASE(a_host_that_hangs_up_in_the_dialogue_leaves_the_message_to_the_next_one) {
    network.host("192.0.2.99").replies["MAIL"] = kDrop;
    auto& backup = network.host("192.0.2.10");
    queue({"bob@two.example"});
    pass();
    BOOST_TEST(backup.contents.size() == 1u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(octets_that_trickle_in_win_a_host_no_time) {
    auto& host = network.host("192.0.2.10");
    host.replies[""] = "220-" + std::string(500, 'x') + "\r\n220 x";
    host.octets_a_read = 1;
    host.pause = std::chrono::minutes(1);
    queue({"bob@a.example"});
    pass();
    BOOST_TEST(left().last->reason == "the host did not answer in time");
    BOOST_TEST((host.now - sys::Deadline{} < std::chrono::minutes(10)));
}

BOOST_AUTO_TEST_CASE(a_host_that_refuses_the_greeting_for_good_fails_its_mail) {
    network.host("192.0.2.10").replies[""] = "554 no mail here";
    queue({"bob@a.example"});
    queue({"eve@a.example"}, "x\r\n", "");
    pass();
    BOOST_TEST(network.calls.size() == 1u);
    BOOST_TEST(says(bounce(), "554 no mail here"));
}

BOOST_AUTO_TEST_CASE(one_host_that_may_take_it_later_is_enough_to_wait) {
    network.host("192.0.2.10").replies[""] = "554 no mail here";
    queue({"bob@two.example"});  // its other host is dead
    pass();
    BOOST_TEST((left().state == State::open));
}

BOOST_AUTO_TEST_CASE(a_silent_host_is_given_up) {
    network.host("192.0.2.10").replies["EHLO"] = kSilence;
    queue({"bob@a.example"});
    pass();
    BOOST_TEST(left().last->reason == "the host did not answer in time");
}

BOOST_AUTO_TEST_CASE(eight_bit_content_needs_a_host_that_takes_it) {
    network.host("192.0.2.10");
    const std::string_view content = "Subject: gr\xc3\xbc\xc3\x9f\r\n\r\nx\r\n";  // nothing converts a header
    queue({"bob@a.example"}, content);
    pass();
    BOOST_TEST(says(bounce(), "5.6.3"));

    PassFixture capable;
    auto& host = capable.network.host("192.0.2.10");
    host.extensions = "8BITMIME";
    capable.queue({"bob@a.example"}, content);
    capable.pass();
    BOOST_TEST(host.count("MAIL FROM:<alice@here.example> BODY=8BITMIME") == 1u);
    BOOST_TEST(host.contents.front() == content);
}

// RFC 3030 §3: it would be text behind DATA, and an LF-dot-LF in it the end for some hosts.
BOOST_AUTO_TEST_CASE(binary_content_is_never_sent_behind_data) {
    auto& host = network.host("192.0.2.10");
    host.extensions = "8BITMIME";
    body = mail::BodyType::binary_mime;
    queue({"bob@a.example"}, "Subject: x\r\n\r\n\n.\nMAIL FROM:<x@y.example>\nend");
    pass();
    BOOST_TEST(says(bounce(), "5.6.1"));
    BOOST_TEST(host.contents.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
