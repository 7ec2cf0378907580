// SPDX-License-Identifier: BSD-2-Clause
// A client that goes on in TLS where the host offers it (RFC 3207).
#include <boost/test/unit_test.hpp>

#include "smtp/client.hpp"

namespace postern::smtp {

namespace client_starttls_tests {

/// What the client does because of what the host says, in one word each; its lines as they are.
class Host {
public:
    explicit Host(ClientTls tls = ClientTls::if_offered) : client("here.example", Dialect::smtp, tls) {}

    std::string say(std::string_view bytes) {
        client.receive(bytes);
        return pull();
    }
    std::string pull() {
        std::string story;
        while (const auto effect = client.next()) {
            if (const auto* send = std::get_if<Send>(&*effect)) story += send->bytes;
            if (std::holds_alternative<StartTls>(*effect)) story += "[TLS]";
            if (std::holds_alternative<NeedMessage>(*effect)) story += "[ready]";
            if (std::holds_alternative<HostRefused>(*effect)) story += "[refused]";
            if (std::holds_alternative<Close>(*effect)) story += "[close]";
        }
        return story;
    }

    Client client;
};

constexpr std::string_view kOffer = "250-mx.example\r\n250-PIPELINING\r\n250 STARTTLS\r\n";

}  // namespace client_starttls_tests

using namespace client_starttls_tests;

BOOST_AUTO_TEST_SUITE(client_starttls_tests)

BOOST_AUTO_TEST_CASE(behind_the_handshake_the_host_is_asked_again_what_it_offers) {
    Host host;
    BOOST_TEST(host.say("220 mx.example\r\n") == "EHLO here.example\r\n");
    BOOST_TEST(host.say(kOffer) == "STARTTLS\r\n");
    BOOST_TEST(host.say("220 go ahead\r\n") == "[TLS]");
    host.client.tls_started();
    BOOST_TEST(host.pull() == "EHLO here.example\r\n");
    BOOST_TEST(host.say("250-mx.example\r\n250 DSN\r\n") == "[ready]");
    BOOST_TEST(host.client.offers().dsn);
    BOOST_TEST(!host.client.offers().pipelining);  // that was said in plain text
}

BOOST_AUTO_TEST_CASE(an_offer_under_tls_means_nothing) {
    Host host;
    host.say("220 mx.example\r\n");
    host.say(kOffer);
    host.say("220 go ahead\r\n");
    host.client.tls_started();
    BOOST_TEST(host.pull() == "EHLO here.example\r\n");
    BOOST_TEST(host.say(kOffer) == "[ready]");
}

BOOST_AUTO_TEST_CASE(what_came_in_plain_text_behind_the_220_is_not_looked_at) {
    Host host;
    host.say("220 mx.example\r\n");
    host.say(kOffer);
    BOOST_TEST(host.say("220 go ahead\r\n250-mx.example\r\n250 SMTPUTF8\r\n250 ha") == "[TLS]");
    host.client.tls_started();
    BOOST_TEST(host.pull() == "EHLO here.example\r\n");
    BOOST_TEST(host.say("250 mx.example\r\n") == "[ready]");
    BOOST_TEST(!host.client.offers().smtputf8);
}

BOOST_AUTO_TEST_CASE(a_host_that_cannot_after_all_gets_its_mail_without) {
    for (const auto* reply : {"454 4.7.0 not now\r\n", "502 5.5.1 what?\r\n"}) {
        Host host;
        host.say("220 mx.example\r\n");
        host.say(kOffer);
        BOOST_TEST(host.say(reply) == "[ready]");
        BOOST_TEST(host.client.offers().pipelining);
    }
}

BOOST_AUTO_TEST_CASE(nobody_asks_who_is_not_told_to) {
    Host never(ClientTls::never), plain;
    for (Host* host : {&never, &plain}) host->say("220 mx.example\r\n");
    BOOST_TEST(never.say(kOffer) == "[ready]");
    BOOST_TEST(plain.say("250 mx.example\r\n") == "[ready]");
}

BOOST_AUTO_TEST_CASE(a_failed_handshake_ends_the_conversation) {
    Host host;
    host.say("220 mx.example\r\n");
    host.say(kOffer);
    host.say("220 go ahead\r\n");
    host.client.receive_end(End::broken);
    BOOST_TEST(host.pull() == "[refused][close]");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::smtp
