# SPDX-License-Identifier: BSD-2-Clause
"""What a proxy says of its client by XCLIENT: who the client is, and when that is forgotten."""

from postern_lab import *


class Told(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        self.land.config("smtp.xclient_from", ["127.0.0.1"])
        self.land.config("limits.exempt", [])
        self.smtp = self.start(self.land)

    def client(self, login):
        client = Client(self.smtp.address)
        self.addCleanup(client.close)
        client.expect(220, f"XCLIENT ADDR=192.0.2.1 LOGIN={login}")
        client.hello()
        return client

    def relays(self, client):
        """Whether it may send to others' hosts."""
        client.expect(250, "MAIL FROM:<alice@example.org>")
        code, _ = client.say("RCPT TO:<eve@example.com>")
        client.expect(250, "RSET")
        self.assertIn(code, (250, 550))
        return code == 250

    def begin_tls(self, client):
        client.expect(220, "STARTTLS")
        client.begin_tls()
        client.hello()

    def test_who_has_logged_in_at_the_proxy_may_relay(self):
        self.assertTrue(self.relays(self.client("alice@example.org")))
        self.assertFalse(self.relays(self.client("[UNAVAILABLE]")))

    def test_a_login_that_can_be_no_account_is_nobodys(self):
        self.assertTrue(self.relays(self.client("x" * 64)))    # of local.default_domain
        self.assertFalse(self.relays(self.client("x" * 65)))

    def test_with_tls_it_is_forgotten(self):
        client = self.client("alice@example.org")
        self.begin_tls(client)
        self.assertFalse(self.relays(client))

    def test_with_tls_the_limits_of_the_source_hold_again(self):
        self.land.config("limits.messages_per_hour", 1)
        client = self.client("alice@example.org")
        self.assertEqual([self.relays(client), self.relays(client)], [True, True])
        self.begin_tls(client)
        client.expect(451, "MAIL FROM:<bob@example.net>")


if __name__ == "__main__":
    main()
