# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240 COST 80
"""One message in, one message out, always: what is accepted from a client that plays with the end of content, carried
on to other servers, is there exactly as it was sent, and nothing else is."""

import random
import unittest

from postern_lab import *
from lab.client import stuffed
from lab.opensmtpd import OpenSmtpd

FALSE_ENDS = [b"\n.\n", b"\n.\r\n", b"\r.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b"\n.\r", b"\r\r\n.\r\r\n", b"\r\n\0.\r\n",
              b"\r\n.\0\r\n", b"\n\n.\n\n", b"\r\n.\r\0\n", b"\0\r\n.\n", b"\r\n..\r\n", b"\r\n. \r\n", b"\r\n.x\r\n"]
SMUGGLED = b"MAIL FROM:<evil@example.net>\r\nRCPT TO:<victim@example.com>\r\nDATA\r\nFrom: evil@example.net\r\n\r\nsmuggled\r\n"
SENDER = "carol@example.net"
RECIPIENT = "bob@example.com"


class Smuggling(LabTest):
    time_limit = 200

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.relay("127.0.0.1")
        self.smtp = self.start(self.land)

    def send(self, contents):
        """Those contents that were accepted; over as few connections as may be."""
        accepted, waiting = [], list(contents)
        while waiting:
            with Client(self.smtp.address) as client:
                client.hello()
                for content in waiting[:100]:
                    client.raw(f"MAIL FROM:<{SENDER}>\r\nRCPT TO:<{RECIPIENT}>\r\nDATA\r\n".encode())
                    self.assertEqual([client.reply()[0] for _ in range(3)], [250, 250, 354])
                    client.raw(content + b"RSET\r\n")
                    code, words = client.reply()
                    self.assertIn(code, (250, 550, 554), words)
                    self.assertEqual(client.reply()[0], 250)
                    if code == 250:
                        accepted.append(content)
            waiting = waiting[100:]
        return accepted

    def carry_on(self, address):
        self.land.config("relay.gateway", {"host": address[0], "port": address[1]})
        self.land.config("relay.always", True)
        self.land.deliver()
        self.land.mxrun(timeout=120)

    def cases(self):
        return [b"From: carol@example.net\r\nX-Case: %d\r\n\r\none" % number + end + SMUGGLED + b".\r\n"
                for number, end in enumerate(FALSE_ENDS)]

    def check(self, address, arrived):
        accepted = self.send(self.cases())
        self.assertGreaterEqual(len(accepted), 3)      # the last three are clean
        self.carry_on(address)
        mails = wait_until(lambda: (lambda found: found if len(found) >= len(accepted) else None)(arrived()), 60, "the mail")
        self.assertEqual(len(mails), len(accepted))
        for raw in mails:
            self.assertEqual(raw.count(b"X-Case:"), 1)
            self.assertIn(b"smuggled", raw)

    @unittest.skipUnless(Postfix.available(), "only root can start Postfix")
    def test_by_postfix(self):
        postfix = Postfix(["example.com"])
        self.addCleanup(postfix.stop)
        self.check(postfix.address, lambda: [mail.raw for mail in postfix.mailbox()])

    @unittest.skipUnless(Exim.available(), "only root can start Exim")
    def test_by_exim(self):
        exim = Exim(["example.com"])
        self.addCleanup(exim.stop)
        self.check(exim.address, lambda: [mail.raw for mail in exim.mailbox()])

    @unittest.skipUnless(OpenSmtpd.available(), "only root can start OpenSMTPD")
    def test_by_opensmtpd(self):
        sink = Sink()
        self.addCleanup(sink.stop)
        opensmtpd = OpenSmtpd(sink.address)
        self.addCleanup(opensmtpd.stop)
        self.check(opensmtpd.address, lambda: [message.content for message in sink.received])
        self.assertEqual({message.reverse_path for message in sink.received}, {SENDER})

    def test_what_a_strict_reader_decodes_is_what_was_sent(self):
        dice = random.Random(4)
        clean = [b"\r\n", b".", b"a", b"b", b"..", b"\r\n.", b"\r\n..\r\n", b". "]
        foul = [b"\r", b"\n", b"\0", b"\n.\n", b"\r.\r"]
        sent = {}
        for number in range(10_000):
            parts = clean if dice.random() < 0.2 else clean + foul
            body = b"".join(dice.choices(parts, k=dice.randrange(12)))
            content = b"From: carol@example.net\r\nX-Case: %d\r\n\r\n" % number + body + b"\r\n"
            sent[b"X-Case: %d\r\n" % number] = (content, any(octet in body.replace(b"\r\n", b"") for octet in b"\r\n\0"))
        by_wire = {stuffed(content): key for key, (content, _) in sent.items()}
        accepted = [by_wire[wire] for wire in self.send(by_wire)]
        self.assertEqual(set(accepted), {key for key, (_, is_foul) in sent.items() if not is_foul})
        sink = Sink()
        self.addCleanup(sink.stop)
        self.carry_on(sink.address)
        self.assertEqual(len(sink.received), len(accepted))
        for message in sink.received:
            content = message.content[message.content.index(b"From: carol"):]
            self.assertEqual(content, sent[content[content.index(b"X-Case"):content.index(b"\r\n\r\n") + 2]][0])


main()
