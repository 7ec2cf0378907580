// SPDX-License-Identifier: BSD-2-Clause
// Messages that require TLS (RFC 8689) among others, and hosts that do not have it. Those that have it take a
// real handshake: tests/end_to_end/require_tls.py.
#include <fstream>

#include "support/temporary_directory.hpp"
#include "unit/relay/pass_fixture.hpp"
#include "unit/tls/certificates.hpp"

namespace postern::relay {

namespace require_tls_tests {

struct RequireTlsFixture : PassFixture {
    RequireTlsFixture() {
        resolver.proven = {"a.example", "two.example"};
        options.tls.authorities = directory.path() + "/authorities.pem";
        std::ofstream(options.tls.authorities) << test::self_signed({"ca.example"});
    }

    std::string queue_secure(const std::vector<std::string>& to,
                             std::string_view from = "alice@here.example") {
        requires_tls = true;
        auto name = queue(to, "Subject: x\r\n\r\nsecret\r\n", from);
        requires_tls = false;
        return name;
    }

    test::TemporaryDirectory directory;
};

}  // namespace require_tls_tests

BOOST_FIXTURE_TEST_SUITE(require_tls_tests, require_tls_tests::RequireTlsFixture)

BOOST_AUTO_TEST_CASE(a_host_without_tls_hears_nothing_of_it_and_its_sender_does) {
    auto& host = network.host("192.0.2.10");
    queue_secure({"bob@a.example"});
    pass();
    BOOST_TEST(host.count("MAIL") == 0u);
    BOOST_TEST(host.lines.back() == "QUIT");
    const auto report = bounce();
    BOOST_TEST(says(report, "Status: 5.7.10\r\n"));
    BOOST_TEST(says(report, "the host offers none"));
    BOOST_TEST(log.count_of("host-unfit") == 1u);
}

BOOST_AUTO_TEST_CASE(other_mail_for_that_host_goes) {
    auto& host = network.host("192.0.2.10");
    queue_secure({"bob@a.example"});
    queue({"bob@a.example"});
    queue_secure({"eve@a.example"});
    queue({"eve@a.example"});
    pass();
    BOOST_TEST(host.contents.size() == 2u);
    BOOST_TEST(host.count("MAIL") == 2u);
    BOOST_TEST(log.count_of("host-unfit") == 1u);  // asked once a pass
}

BOOST_AUTO_TEST_CASE(the_next_host_is_asked_too) {
    network.host("192.0.2.99");
    auto& second = network.host("192.0.2.10");
    queue_secure({"bob@two.example"});
    pass();
    BOOST_TEST(second.count("EHLO") == 1u);
    BOOST_TEST(second.count("MAIL") == 0u);
    BOOST_TEST(says(bounce(), "Status: 5.7.10\r\n"));
}

BOOST_AUTO_TEST_CASE(one_that_may_have_it_later_defers_it) {
    network.host("192.0.2.10");  // the other one is down
    queue_secure({"bob@two.example"});
    pass();
    BOOST_TEST(left().last->status == "4.4.1");
}

// Other mail is sent in plain text then, this never.
BOOST_AUTO_TEST_CASE(a_host_that_falls_silent_in_the_handshake_gets_it_later) {
    auto& host = network.host("192.0.2.10");
    host.extensions = "STARTTLS,REQUIRETLS";
    queue_secure({"bob@a.example"});
    queue({"eve@a.example"});
    pass();
    BOOST_TEST(left().last->status == "4.7.10");
    BOOST_TEST(host.count("MAIL") == 1u);
    BOOST_TEST(host.count("RCPT TO:<eve@a.example>") == 1u);
}

BOOST_AUTO_TEST_CASE(without_proof_of_the_hosts_name_nobody_is_called) {
    auto& host = network.host("192.0.2.20");
    queue_secure({"bob@b.example"});
    pass();
    BOOST_TEST(host.connections == 0u);
    BOOST_TEST(says(bounce(), "Status: 5.7.10\r\n"));
}

BOOST_AUTO_TEST_CASE(a_server_that_can_verify_nothing_defers_it_and_calls_nobody) {
    options.tls.authorities = "/nonexistent";
    auto& host = network.host("192.0.2.10");
    queue_secure({"bob@a.example"});
    pass();
    BOOST_TEST(host.connections == 0u);
    BOOST_TEST(left().last->status == "4.3.5");
    BOOST_TEST(log.count_of("tls_unusable") == 1u);
}

// §5: it has the header of what it tells of, which must not go where that might not.
BOOST_AUTO_TEST_CASE(a_report_goes_in_no_other_way) {
    auto& host = network.host("192.0.2.10");
    queue_secure({"bob@a.example"}, "");
    pass();
    BOOST_TEST(host.contents.empty());
    BOOST_TEST(host.count("MAIL") == 0u);
    const auto held = spool.files.names("spool/hold");  // there is no postmaster here
    BOOST_REQUIRE(held.size() == 1u);
    const auto report = test::must(spool::read_message(spool.files, "spool/hold/" + held.front()));
    BOOST_TEST(report.history.recipients()[0].last->status == "5.7.10");
}

BOOST_AUTO_TEST_CASE(a_report_waits_for_what_may_come_later) {
    resolver.troubled = {"a.example"};
    queue_secure({"bob@a.example"}, "");
    pass();
    BOOST_TEST(left().last->status == "4.4.3");
}

BOOST_AUTO_TEST_CASE(its_bounce_requires_it_too_and_returns_the_header_alone) {
    network.host("192.0.2.10");
    queue_secure({"bob@a.example"});
    pass();
    const auto report = test::must(spool::read_message(spool.files, spool.queued().front()));
    BOOST_TEST(report.envelope.requires_tls);
    BOOST_TEST(!says(bounce(), "secret"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
