# SPDX-License-Identifier: BSD-2-Clause
"""Whom smtpd-inetd takes mail for, at RCPT time, over real connections."""

from lab.one_session import OneSession
from postern_lab import *

OFFICE = "127.0.0.9"   # the address of a peer that a DNS names


class Dialogue(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")

    def session(self, **how):
        session = OneSession(self.land, **how)
        self.addCleanup(session.__exit__)
        self.assertEqual(session.banner[0], 220)
        session.client.hello()
        session.client.expect(250, "MAIL FROM:<bob@example.net>")
        return session.client

    def verdict(self, recipient, **how):
        code, text = self.session(**how).say(f"RCPT TO:<{recipient}>")
        return f"{code} {text.split()[0]}"


class Recipients(Dialogue):
    def test_users_are_known_when_they_are_named(self):
        self.assertEqual(self.verdict("alice@example.org"), "250 2.1.5")
        self.assertEqual(self.verdict("Alice+lists@EXAMPLE.org"), "250 2.1.5")
        self.assertEqual(self.verdict("nobody@example.org"), "550 5.1.1")

    def test_one_line_of_the_log_names_peer_and_reason(self):
        self.verdict("nobody@example.org")
        [line] = self.land.log_lines("nobody@example.org")
        self.assertIn(" refused ", line)
        self.assertIn("peer=127.0.0.1", line)
        self.assertIn("550 5.1.1", line)

    def test_a_file_that_cannot_be_read_refuses_nobody_for_good(self):
        for content in ("", "{ half", '{"quota": "much"}'):
            with self.subTest(content):
                self.land.write("domains/example.org/alice.account", content)
                self.assertEqual(self.verdict("alice@example.org"), "451 4.3.0")
                self.assertIn("alice.account", self.land.log_lines(" trouble ")[-1])

    def test_a_file_without_rights_refuses_nobody_for_good(self):
        self.land.write("domains/example.org/alice.account", "{}").chmod(0)
        self.assertEqual(self.verdict("alice@example.org"), "451 4.3.0")

    def test_a_disabled_account_takes_nothing(self):
        self.land.write("domains/example.org/alice.account", '{"disabled": true}')
        self.assertEqual(self.verdict("alice@example.org"), "550 5.2.1")

    def test_the_postmaster_is_always_there(self):
        self.land.config("server.addresses", ["127.0.0.1"])
        client = self.session()
        for name in ("postmaster", "PostMaster", "postmaster@example.org", "Postmaster@mx.example.org",
                     "postmaster@[127.0.0.1]"):
            with self.subTest(name):
                client.expect(250, f"RCPT TO:<{name}>")
        self.assertEqual(client.content(b"From: bob@example.net\r\nSubject: help\r\n\r\n")[0], 250)
        [queued] = self.land.queued()
        self.assertEqual({to["address"].lower() for to in queued.envelope["to"]}, {"postmaster@example.org"})

    def test_a_bare_name_needs_a_default_domain(self):
        self.land.write("config.json", '{"server": {"hostname": "mx.example.org"}}')
        self.assertEqual(self.verdict("alice"), "501 5.1.3")
        self.land.config("local.default_domain", "example.org")
        client = self.session()
        client.expect(250, "RCPT TO:<alice>")
        client.content(b"From: bob@example.net\r\nSubject: hi\r\n\r\n")
        self.assertEqual(self.land.queued()[0].envelope["to"], [{"address": "alice@example.org"}])

    def test_the_null_reverse_path_is_accepted(self):
        client = self.session()
        client.expect(250, "RSET")
        self.assertEqual(client.message("", ["alice@example.org"], b"From: postmaster@example.net\r\n\r\n")[0], 250)
        self.assertEqual(self.land.queued()[0].envelope["from"], "")


class Relaying(Dialogue):
    def test_nobody_may_relay_at_first(self):
        self.assertEqual(self.verdict("eve@example.com"), "550 5.7.1")
        self.assertEqual(self.verdict("eve@[192.0.2.1]"), "550 5.7.1")
        self.assertEqual(self.verdict("eve%example.com@example.org"), "550 5.1.1")

    def test_addresses_and_ranges_may(self):
        self.land.relay("127.0.0.1")
        self.assertEqual(self.verdict("eve@example.com"), "250 2.1.5")
        self.land.smtpctl("relay", "del", "127.0.0.1")
        self.assertEqual(self.verdict("eve@example.com"), "550 5.7.1")
        self.land.relay("127.0.0.0/8")
        self.assertEqual(self.verdict("eve@example.com"), "250 2.1.5")

    def test_ipv6_peers_are_known_by_their_own_address(self):
        self.land.relay("127.0.0.1")
        self.assertEqual(self.verdict("eve@example.com", host="::1"), "550 5.7.1")
        self.assertIn("peer=::1", self.land.log_lines("eve@example.com")[-1])
        self.land.relay("::1")
        self.assertEqual(self.verdict("eve@example.com", host="::1"), "250 2.1.5")

    def test_a_file_that_cannot_be_read_matters_only_to_who_would_relay(self):
        self.land.write("relay-hosts", "127.0.0.1/99\n")
        self.assertEqual(self.verdict("eve@example.com"), "451 4.3.0")
        self.assertIn("relay-hosts", self.land.log_lines(" trouble ")[-1])
        self.assertEqual(self.verdict("alice@example.org"), "250 2.1.5")

    def names(self, reverse, forward):
        nsd = self.nsd({"127.in-addr.arpa": f"9.0.0 PTR {reverse}.", "example.net": forward})
        self.land.config("dns.servers", [nsd.resolver])

    def from_office(self):
        smtp = self.start(self.land)
        with Client(smtp.address, source=OFFICE) as client:
            self.assertEqual(client.banner[0], 220)
            client.hello()
            client.expect(250, "MAIL FROM:<bob@example.net>")
            return client.say("RCPT TO:<eve@example.com>")[0]

    def test_a_host_name_may_when_both_zones_agree(self):
        self.land.relay("office.example.net")
        self.names("office.example.net", f"office A {OFFICE}")
        self.assertEqual(self.from_office(), 250)

    def test_a_host_name_that_only_the_peer_claims_may_not(self):
        self.land.relay("office.example.net")
        self.names("office.example.net", "office A 127.0.0.10")
        self.assertEqual(self.from_office(), 550)

    def test_the_name_of_the_peer_is_recorded(self):
        self.land.relay("office.example.net")
        self.names("office.example.net", f"office A {OFFICE}")
        smtp = self.start(self.land)
        send(smtp.address, "bob@example.net", ["alice@example.org"], b"From: bob@example.net\r\n\r\n", source=OFFICE)
        [queued] = self.land.queued()
        self.assertEqual(queued.envelope["peer"]["name"], "office.example.net")
        self.assertIn(b"office.example.net [127.0.0.9]", queued.content.split(b"\r\nFrom")[0].replace(b"\r\n\t", b" "))

    def test_without_a_host_name_in_the_file_no_dns_is_asked(self):
        self.land.config("dns.servers", ["127.0.0.1@9"])   # nobody is there: asking would take seconds
        self.land.relay("192.0.2.0/24")
        self.assertEqual(self.verdict("eve@example.com"), "550 5.7.1")


if __name__ == "__main__":
    main()
