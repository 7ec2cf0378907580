# SPDX-License-Identifier: BSD-2-Clause
"""Servers that others wrote as next hops: Exim, and smtp-sink in several moods."""

from postern_lab import LabTest, main, send, wait_until

SENDER = "alice@example.org"
CONTENT = (b"From: alice@example.org\r\nTo: bob@mail.example\r\nSubject: hi\r\n\r\n"
           b".a dot in front\r\n..\r\n.\r\n" + b"x" * 900 + b"\r\nthe end\r\n")


class NextHops(LabTest):
    def prepare(self, host, port):
        self.land = self.userland()
        self.land.adduser(SENDER)
        self.land.relay("127.0.0.1")
        self.land.config("relay.port", port)
        self.zone = self.land.write("zone", f"mail.example. MX 10 mx.mail.example.\nmx.mail.example. A {host}\n")

    def relay(self, content=CONTENT, recipients=("bob@mail.example",), messages=1):
        smtp = self.start(self.land)
        for _ in range(messages):
            send(smtp.address, SENDER, list(recipients), content)
        smtp.stop()
        self.land.deliver()
        self.land.mxrun("--zone", self.zone)

    def deferred(self):
        return [record for file in self.land.queued() for record in file.log if record["event"] == "deferred"]

    def test_exim_gets_it_octet_by_octet(self):
        exim = self.exim(["mail.example"], host="127.0.1.31")
        self.prepare(exim.host, exim.port)
        self.relay(messages=5)
        self.assertEqual(self.land.spool_files(), [])
        wait_until(lambda: len(exim.mailbox()) == 5, 20, "Exim to deliver")
        for mail in exim.mailbox():
            self.assertIn(b"\n" + CONTENT.replace(b"\r\n", b"\n"), mail.raw)
            self.assertIn(b"Return-path: <alice@example.org>", mail.raw)

    def test_exim_takes_eight_bit_content(self):
        exim = self.exim(["mail.example"], host="127.0.1.31")
        self.prepare(exim.host, exim.port)
        self.relay(b"From: bob@example.net\r\nSubject: x\r\n\r\nGr\xc3\xbc\xc3\x9fe \xff\r\n")
        wait_until(exim.mailbox, 20, "Exim to deliver")
        self.assertTrue(exim.mailbox()[0].raw.endswith(b"Gr\xc3\xbc\xc3\x9fe \xff\n"))

    def test_postfix_gets_it_octet_by_octet(self):
        postfix = self.postfix(["mail.example"], host="127.0.1.33")
        self.prepare(postfix.host, postfix.port)
        self.relay(messages=5)
        self.relay(b"From: bob@example.net\r\nSubject: x\r\n\r\nGr\xc3\xbc\xc3\x9fe \xff\r\n")
        self.assertEqual(self.land.spool_files(), [])
        mails = wait_until(lambda: len(postfix.mailbox()) == 6 and postfix.mailbox(), 20, "Postfix to deliver")
        plain = [mail for mail in mails if b"\n" + CONTENT.replace(b"\r\n", b"\n") in mail.raw]
        self.assertEqual(len(plain), 5)
        [eight_bit] = [mail for mail in mails if mail not in plain]
        self.assertTrue(eight_bit.raw.endswith(b"Gr\xc3\xbc\xc3\x9fe \xff\n"))
        for mail in mails:
            self.assertIn(b"Return-Path: <alice@example.org>", mail.raw)

    def test_postfix_refuses_one_of_two(self):
        postfix = self.postfix(["mail.example"], host="127.0.1.33", extra=
                               "smtpd_recipient_restrictions = check_recipient_access inline:{nobody@mail.example=REJECT},"
                               " permit_mynetworks, reject")
        self.prepare(postfix.host, postfix.port)
        self.relay(recipients=["bob@mail.example", "nobody@mail.example"])
        self.land.deliver()
        [bounce] = self.land.mailbox(SENDER)
        self.assertIn(b"nobody@mail.example", bounce.raw)
        self.assertIn(b"5.7.1", bounce.raw)
        wait_until(postfix.mailbox, 20, "Postfix to deliver")
        self.assertEqual(len(postfix.mailbox()), 1)

    def test_exim_refuses_what_is_not_its_own(self):
        exim = self.exim(["other.example"], host="127.0.1.31")
        self.prepare(exim.host, exim.port)
        self.relay()
        self.land.deliver()
        [bounce] = self.land.mailbox(SENDER)
        self.assertIn(b"relaying is not for you", bounce.raw)

    def sink_moods(self, *options):
        sink = self.postfix_sink(*options, host="127.0.1.32")
        self.prepare(sink.host, sink.port)
        return sink

    def test_a_server_without_pipelining(self):
        self.sink_moods("-p")
        self.relay(recipients=[f"user{number}@mail.example" for number in range(20)], messages=3)
        self.assertEqual(self.land.spool_files(), [])

    def test_a_server_that_knows_only_HELO(self):
        self.sink_moods("-f", "ehlo")
        self.relay(messages=2)
        self.assertEqual(self.land.spool_files(), [])

    def test_a_server_without_8BITMIME_gets_no_eight_bit_content(self):
        self.sink_moods("-8")
        self.relay(b"From: bob@example.net\r\nSubject: x\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n")   # is converted
        self.land.deliver()
        self.assertEqual(self.land.spool_files(), [])
        self.relay(b"From: bob@example.net\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                   b"Gr\xc3\xbc\xc3\x9fe\r\n")   # cannot be
        self.land.deliver()
        [bounce] = self.land.mailbox(SENDER)
        self.assertIn(b"5.6.3", bounce.raw)

    def test_servers_that_hang_up_anywhere(self):
        for command in ("connect", "ehlo", "mail", "rcpt", "data", "."):
            with self.subTest(command):
                sink = self.sink_with(["-q", command])
                self.relay()
                self.assertEqual(len(self.deferred()), 1)
                sink.stop()

    def test_servers_that_put_us_off_anywhere(self):
        for command in ("connect", "ehlo", "mail", "rcpt", "data", "."):
            with self.subTest(command):
                sink = self.sink_with(["-r", command])
                self.relay()
                [record] = self.deferred()
                self.assertTrue(record["reply"].startswith("4"), record)
                sink.stop()

    def sink_with(self, options):
        self.moods = getattr(self, "moods", 0) + 1
        sink = self.postfix_sink(*options, host=f"127.0.1.{40 + self.moods}")
        self.land = self.userland(f"root{self.moods}")
        self.land.adduser(SENDER)
        self.land.relay("127.0.0.1")
        self.land.config("relay.port", sink.port)
        self.zone = self.land.write("zone", f"mail.example. A {sink.host}\n")
        return sink


if __name__ == "__main__":
    main()
