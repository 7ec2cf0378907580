// SPDX-License-Identifier: BSD-2-Clause
// A client that gives messages only to hosts with TLS and REQUIRETLS (RFC 8689 §4.2.1).
#include <boost/test/unit_test.hpp>

#include "smtp/client.hpp"

namespace postern::smtp {

namespace client_require_tls_tests {

/// What the client says to a host; why it goes without giving it anything, as "status reason".
struct Host {
    Host() {
        say("220 mx.example\r\n");
        BOOST_TEST(said == "EHLO here.example\r\n");
    }

    void say(std::string_view bytes) {
        client.receive(bytes);
        pull();
    }
    void begin_tls() {
        say("250-mx.example\r\n250 STARTTLS\r\n");
        BOOST_TEST(said == "STARTTLS\r\n");
        say("220 go ahead\r\n");
        client.tls_started();
        pull();
        BOOST_TEST(said == "EHLO here.example\r\n");
    }
    void pull() {
        said.clear();
        while (const auto effect = client.next()) {
            if (const auto* send = std::get_if<Send>(&*effect)) said += send->bytes;
            if (std::holds_alternative<NeedMessage>(*effect)) is_ready = true;
            if (const auto* refused = std::get_if<HostRefused>(&*effect)) refusal = refused->why;
        }
    }

    Client client{"here.example", Dialect::smtp, ClientTls::required};
    std::string said;
    bool is_ready = false;
    std::optional<ClientResult> refusal;
};

using Kind = ClientResult::Kind;

}  // namespace client_require_tls_tests

using namespace client_require_tls_tests;

BOOST_AUTO_TEST_SUITE(client_require_tls_tests)

BOOST_AUTO_TEST_CASE(a_host_with_both_gets_the_message_and_the_parameter) {
    Host host;
    host.begin_tls();
    host.say("250-mx.example\r\n250-SIZE\r\n250 REQUIRETLS\r\n");
    BOOST_TEST(host.is_ready);
    ClientMessage message;
    message.reverse_path = mail::Address::parse("alice@here.example");
    message.recipients.emplace_back(*mail::Address::parse("bob@example.net"));
    message.requires_tls = true;
    message.size = 7;
    host.client.begin(std::move(message));
    host.pull();
    BOOST_TEST(host.said == "MAIL FROM:<alice@here.example> REQUIRETLS SIZE=7\r\n");
}

BOOST_AUTO_TEST_CASE(a_host_without_starttls_gets_nothing) {
    Host host;
    host.say("250-mx.example\r\n250 REQUIRETLS\r\n");  // in plain text it means nothing
    BOOST_REQUIRE(host.refusal);
    BOOST_TEST((host.refusal->kind == Kind::failed));
    BOOST_TEST(host.refusal->status == "5.7.10");
    BOOST_TEST(host.said == "QUIT\r\n");
    BOOST_TEST(!host.is_ready);
}

BOOST_AUTO_TEST_CASE(nor_one_that_does_not_know_ehlo) {
    Host host;
    host.say("502 what?\r\n");
    BOOST_TEST(host.said == "HELO here.example\r\n");
    host.say("250 mx.example\r\n");
    BOOST_REQUIRE(host.refusal);
    BOOST_TEST(host.refusal->status == "5.7.10");
    BOOST_TEST(!host.is_ready);
}

BOOST_AUTO_TEST_CASE(nor_one_that_cannot_begin_tls_after_all) {
    for (const auto& [reply, status, kind] : {std::tuple("454 4.7.0 not now\r\n", "4.7.10", Kind::deferred),
                                              std::tuple("502 5.5.1 what?\r\n", "5.7.10", Kind::failed)}) {
        Host host;
        host.say("250-mx.example\r\n250 STARTTLS\r\n");
        host.say(reply);
        BOOST_REQUIRE(host.refusal);
        BOOST_TEST(host.refusal->status == status);
        BOOST_TEST((host.refusal->kind == kind));
        BOOST_TEST(!host.is_ready);
    }
}

BOOST_AUTO_TEST_CASE(nor_one_that_does_not_offer_it_under_tls) {
    Host host;
    host.begin_tls();
    host.say("250-mx.example\r\n250 PIPELINING\r\n");
    BOOST_REQUIRE(host.refusal);
    BOOST_TEST((host.refusal->kind == Kind::failed));
    BOOST_TEST(host.refusal->status == "5.7.30");
    BOOST_TEST(host.said == "QUIT\r\n");
    BOOST_TEST(!host.is_ready);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::smtp
