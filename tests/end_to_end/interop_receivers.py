# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 120
"""What was accepted with BDAT goes on to Exim and Postfix, and is there as it was sent."""

import unittest

from postern_lab import *

SENDER = "carol@example.net"
HEADER = b"From: carol@example.net\r\nSubject: in chunks\r\n\r\n"
BODIES = {"plain": b"hello\r\n", "dots": b".\r\n..\r\n.x\r\n", "a long one": b"0123456789" * 9 + b"\r\n"}


class Receivers(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.relay("127.0.0.1")
        self.smtp = self.start(self.land)

    def send_in_chunks(self, content, size):
        with Client(self.smtp.address) as client:
            client.hello()
            client.expect(250, f"MAIL FROM:<{SENDER}>")
            client.expect(250, "RCPT TO:<bob@example.com>")
            pieces = [content[at:at + size] for at in range(0, len(content), size)]
            for number, piece in enumerate(pieces, 1):
                last = b" LAST" if number == len(pieces) else b""
                client.raw(b"BDAT %d%s\r\n" % (len(piece), last) + piece)
                self.assertEqual(client.reply()[0], 250)

    def check(self, server):
        self.addCleanup(server.stop)
        self.land.config("relay.gateway", {"host": server.host, "port": server.port})
        self.land.config("relay.always", True)
        for body in BODIES.values():
            self.send_in_chunks(HEADER + body, 13)
        self.land.deliver()
        self.land.mxrun()
        mails = wait_until(lambda: (lambda found: found if len(found) == len(BODIES) else None)(server.mailbox()), 60, "mail")
        arrived = sorted(mail.raw.replace(b"\r\n", b"\n").split(b"\n\n", 1)[1] for mail in mails)
        self.assertEqual(arrived, sorted(body.replace(b"\r\n", b"\n") for body in BODIES.values()))

    @unittest.skipUnless(Postfix.available(), "only root can start Postfix")
    def test_postfix(self):
        self.check(Postfix(["example.com"]))

    @unittest.skipUnless(Exim.available(), "only root can start Exim")
    def test_exim(self):
        self.check(Exim(["example.com"]))


main()
