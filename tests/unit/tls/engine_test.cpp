// SPDX-License-Identifier: BSD-2-Clause
// The engine against itself, server and client, with what goes between them cut into pieces of every size.
#include "tls/engine.hpp"

#include <boost/test/unit_test.hpp>

#include "engine_pair.hpp"
#include "other_signatures.hpp"

using namespace postern;
using namespace postern::test;
using tls::Engine;
using tls::KeyKind;
using State = Engine::State;

namespace engine_tests {

CertificateFiles one_certificate() { return {{"mx.example.org.ecdsa.pem", self_signed({"mx.example.org"})}}; }

}  // namespace engine_tests

BOOST_AUTO_TEST_SUITE(engine_tests)

BOOST_AUTO_TEST_CASE(a_conversation_is_the_same_at_every_chunking) {
    for (const std::size_t piece : {1, 2, 3, 7, 64, 500, 1 << 20}) {
        Pair pair(one_certificate());
        pair.shake_hands(piece);
        BOOST_REQUIRE((pair.server->state() == State::open));
        BOOST_REQUIRE((pair.client->state() == State::open));
        const std::string much(40'000, 'x');
        pair.client->write("EHLO client.example\r\n");
        pair.client->write(much);
        Pair::pass(*pair.client, *pair.server, piece);
        BOOST_TEST((Pair::read_all(*pair.server) == "EHLO client.example\r\n" + much));
        pair.server->write("250 mx.example\r\n");
        Pair::pass(*pair.server, *pair.client, piece);
        BOOST_TEST(Pair::read_all(*pair.client) == "250 mx.example\r\n");
    }
}

BOOST_AUTO_TEST_CASE(both_sides_agree_on_what_came_about) {
    Pair pair(one_certificate());
    pair.shake_hands();
    const auto server = pair.server->facts(), client = pair.client->facts();
    BOOST_TEST(server.protocol == "TLSv1.3");
    BOOST_TEST(server.cipher == "TLS_AES_256_GCM_SHA384");
    BOOST_TEST(client.cipher == server.cipher);
    BOOST_TEST(server.exporter.size() == 32u);
    BOOST_TEST((client.exporter == server.exporter));
    BOOST_TEST(server.end_point.size() == 32u);
    BOOST_TEST((client.end_point == server.end_point));
}

BOOST_AUTO_TEST_CASE(
    the_end_point_is_as_long_as_the_digest_in_the_signature_but_never_weak) {  // RFC 5929 §4.1
    for (const auto& [pem, octets] : {std::pair(kSignedBySha1, 32U), std::pair(kSignedBySha384, 48U)}) {
        Pair pair({{"mx.example.org.ecdsa.pem", std::string(pem)}}, {}, {}, "", tls::Certificates::any,
                  *parse_rfc3339("2030-01-01T00:00:00Z"));
        pair.shake_hands();
        BOOST_TEST(pair.server->facts().end_point.size() == octets);
        BOOST_TEST((pair.client->facts().end_point == pair.server->facts().end_point));
    }
}

BOOST_AUTO_TEST_CASE(no_two_connections_have_the_same_binding) {
    Pair one(one_certificate()), other(one_certificate());
    one.shake_hands();
    other.shake_hands();
    BOOST_TEST((one.server->facts().exporter != other.server->facts().exporter));
}

BOOST_AUTO_TEST_CASE(a_client_that_asks_for_a_name_gets_its_certificate) {
    auto certificates = one_certificate();
    certificates.emplace_back("mail.example.net.ecdsa.pem", self_signed({"mail.example.net"}));
    Pair usual(certificates), other(certificates, {}, {}, "mail.example.net"),
        unknown(certificates, {}, {}, "nobody.example.net"), same(certificates, {}, {}, "mx.example.org");
    for (Pair* pair : {&usual, &other, &unknown, &same}) pair->shake_hands();
    BOOST_TEST(other.server->facts().server_name == "mail.example.net");
    BOOST_TEST((usual.client->facts().end_point != other.client->facts().end_point));
    BOOST_TEST((usual.client->facts().end_point == unknown.client->facts().end_point));
    BOOST_TEST((usual.client->facts().end_point == same.client->facts().end_point));
    BOOST_TEST((other.client->facts().end_point == other.server->facts().end_point));
}

BOOST_AUTO_TEST_CASE(a_broken_file_of_another_name_gives_the_usual_certificate) {
    auto certificates = one_certificate();
    certificates.emplace_back("mail.example.net.ecdsa.pem", "nonsense");
    Pair pair(certificates, {}, {}, "mail.example.net"), usual(certificates);
    pair.shake_hands();
    usual.shake_hands();
    BOOST_TEST((pair.server->state() == State::open));
    BOOST_TEST((pair.client->facts().end_point == usual.client->facts().end_point));
}

BOOST_AUTO_TEST_CASE(with_both_kinds_of_keys_a_client_gets_the_one_it_knows) {
    auto both = one_certificate();
    both.emplace_back("mx.example.org.rsa.pem", self_signed({"mx.example.org"}, KeyKind::rsa));
    for (const std::string kind : {"RSA", "ECDSA"}) {
        tls::Options old;
        old.ciphers = "ECDHE-" + kind + "-AES128-GCM-SHA256";
        old.maximum = tls::Version::tls12;
        Pair pair(both, {}, old);
        pair.shake_hands();
        BOOST_TEST(pair.client->facts().protocol == "TLSv1.2");
        BOOST_TEST(pair.client->facts().cipher == "TLS_ECDHE_" + kind + "_WITH_AES_128_GCM_SHA256");
        BOOST_TEST(pair.client->facts().exporter.size() == 32u);
        BOOST_TEST((pair.client->facts().exporter == pair.server->facts().exporter));
    }
}

BOOST_AUTO_TEST_CASE(too_old_a_client_is_told_so_and_the_log_can_say_why) {
    tls::Options newest, old;
    newest.minimum = tls::Version::tls13;
    old.maximum = tls::Version::tls12;
    Pair pair(one_certificate(), newest, old);
    pair.shake_hands();
    BOOST_TEST((pair.server->state() == State::failed));
    BOOST_TEST(pair.server->trouble().what() == "TLS handshake: unsupported protocol");
    BOOST_TEST((pair.client->state() == State::failed));
    BOOST_TEST(pair.client->trouble().what() == "TLS handshake: tlsv1 alert protocol version");
    BOOST_TEST((pair.client->trouble().fault() == Fault::permanent));
}

BOOST_AUTO_TEST_CASE(what_is_no_tls_fails) {
    Pair pair(one_certificate());
    pair.server->receive("EHLO client.example\r\n");
    pair.server->proceed();
    BOOST_TEST((pair.server->state() == State::failed));
    BOOST_TEST(!pair.server->trouble().what().empty());
}

BOOST_AUTO_TEST_CASE(an_end_that_was_said_leaves_the_other_direction_open) {
    Pair pair(one_certificate());
    pair.shake_hands();
    pair.client->write("QUIT\r\n");
    pair.client->close();
    Pair::pass(*pair.client, *pair.server, 1000);
    BOOST_TEST(Pair::read_all(*pair.server) == "QUIT\r\n");
    BOOST_TEST((pair.server->state() == State::closed));
    pair.server->write("221 Bye\r\n");
    BOOST_TEST(!pair.server->take_output().empty());
    BOOST_TEST((pair.server->state() == State::closed));
}

BOOST_AUTO_TEST_CASE(an_octet_that_was_changed_ends_it) {
    Pair pair(one_certificate());
    pair.shake_hands();
    pair.client->write("QUIT\r\n");
    std::string octets = pair.client->take_output();
    octets.back() = static_cast<char>(octets.back() ^ 1);
    pair.server->receive(octets);
    BOOST_TEST(Pair::read_all(*pair.server) == "");
    BOOST_TEST((pair.server->state() == State::failed));
}

BOOST_AUTO_TEST_CASE(there_are_no_tickets) {
    Pair pair(one_certificate());
    while (pair.server->state() != State::open) {
        pair.client->proceed();
        Pair::pass(*pair.client, *pair.server, 1 << 20);
        if (pair.server->state() != State::open) Pair::pass(*pair.server, *pair.client, 1 << 20);
    }
    BOOST_TEST(pair.server->take_output().empty());  // TLS 1.3 would send them behind the handshake
}

BOOST_AUTO_TEST_CASE(the_order_of_the_servers_ciphers_counts) {
    tls::Options of_client;
    of_client.maximum = tls::Version::tls12;
    of_client.ciphers = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256";
    Pair pair(one_certificate(), {}, of_client);
    pair.shake_hands();
    BOOST_TEST(pair.server->facts().cipher == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
}

BOOST_AUTO_TEST_CASE(ciphers_that_openssl_does_not_know_are_refused) {
    tls::Options options;
    BOOST_TEST(static_cast<bool>(tls::check_ciphers(options)));
    options.ciphers = "NO-SUCH-CIPHER";
    const auto checked = tls::check_ciphers(options);
    BOOST_REQUIRE(!checked);
    BOOST_TEST(checked.error().what() == "tls.ciphers: no cipher match");
}

BOOST_AUTO_TEST_SUITE_END()
