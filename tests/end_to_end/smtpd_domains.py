# SPDX-License-Identifier: BSD-2-Clause
"""smtp.check_domains: the session hears what the DNS says of senders' domains, and of recipients' elsewhere."""

from postern_lab import *

ZONES = {"mail.example": "@ MX 10 mx\nmx A 127.0.0.9", "null.example": "@ MX 0 .", "host.example": "@ A 127.0.0.9",
         "empty.example": '@ TXT "nothing"', ".": "nowhere NS nowhere\n"}


class Domains(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")
        self.land.relay("127.0.0.1")
        self.land.config("smtp.check_domains", True)
        self.land.config("dns.servers", [self.nsd(ZONES).resolver])

    def client(self):
        client = Client(self.start(self.land).address)
        self.addCleanup(client.close)
        client.hello()
        return client

    def test_senders(self):
        client = self.client()
        for sender, expected in (("bob@mail.example", (250, "2.1.0")), ("bob@host.example", (250, "2.1.0")),
                                 ("", (250, "2.1.0")), ("alice@example.org", (250, "2.1.0")),
                                 ("bob@[192.0.2.1]", (250, "2.1.0")),
                                 ("bob@null.example", (550, "5.7.27")), ("bob@empty.example", (550, "5.1.8")),
                                 ("bob@gone.mail.example", (550, "5.1.8"))):
            code, text = client.say(f"MAIL FROM:<{sender}>")
            self.assertEqual((code, text.split()[0]), expected, sender)
            client.expect(250, "RSET")

    def test_recipients(self):
        client = self.client()
        client.expect(250, "MAIL FROM:<>")
        for recipient, expected in (("bob@mail.example", (250, "2.1.5")), ("alice@example.org", (250, "2.1.5")),
                                    ("bob@null.example", (556, "5.1.10")), ("bob@gone.mail.example", (550, "5.1.2"))):
            code, text = client.say(f"RCPT TO:<{recipient}>")
            self.assertEqual((code, text.split()[0]), expected, recipient)

    def test_nobody_is_refused_because_the_dns_is_silent(self):
        self.land.config("dns.servers", [f"127.0.0.1@{free_port()}"])
        self.land.config("server.callout_timeout", "1s")
        client = self.client()
        client.expect(250, "MAIL FROM:<bob@null.example>")
        client.expect(250, "RCPT TO:<bob@null.example>")
        self.assertIn("not_verified", self.land.log_text())


main()
