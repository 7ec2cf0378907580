# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180
"""Mail servers that others wrote relay through smtpd-inetd: Postfix, Exim, OpenSMTPD, sendmail. Each gets plain, 8-bit,
UTF-8 and DSN mail from a client and carries it to Postern, as far as it can; what they say of it must arrive."""

import smtplib
import unittest

from postern_lab import *
from lab.opensmtpd import OpenSmtpd
from lab.sendmail import Sendmail

FROM = "carol@example.net"
TO = "alice@example.org"
PLAIN = b"From: carol@example.net\r\nTo: alice@example.org\r\nSubject: plain\r\n\r\nhello\r\n.\r\n..\r\n"
EIGHT_BIT = (b"From: carol@example.net\r\nTo: alice@example.org\r\nSubject: eight bit\r\nMIME-Version: 1.0\r\n"
             b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\ngr\xc3\xbc\xc3\x9fe\r\n")
UTF8_HEADER = ("From: cäröl <carol@example.net>\r\nTo: alice@example.org\r\nSubject: grüße\r\nMIME-Version: 1.0\r\n"
               "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\ngrüße\r\n").encode()


class Senders(LabTest):
    """What all of them must do."""

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")
        self.smtp = self.start(self.land)

    def begin(self, sender):
        self.addCleanup(sender.stop)
        return sender

    def relay(self, sender, content, mail_options=(), rcpt_options=(), to=TO):
        """Gives a message to the sender; what then lies in Postern's spool."""
        with smtplib.SMTP(*sender.address, timeout=30) as client:
            client.ehlo("client.example.net")
            code, words = client.mail(FROM, mail_options)
            self.assertEqual(code, 250, words)
            code, words = client.rcpt(to, rcpt_options)
            self.assertIn(code, (250, 251), words)
            code, words = client.data(content)
            self.assertEqual(code, 250, words)
        wait_until(self.land.queued, 60, f"mail from {type(sender).__name__}: {sender.log()[-2000:]}")
        [queued] = self.land.queued()
        queued.path.unlink()
        return queued

    def check_plain(self, sender):
        queued = self.relay(sender, PLAIN)
        self.assertEqual(queued.envelope["from"], FROM)
        self.assertEqual([to["address"] for to in queued.envelope["to"]], [TO])
        self.assertTrue(queued.content.endswith(b"\r\n\r\nhello\r\n.\r\n..\r\n"), queued.content)

    def check_eight_bit(self, sender):
        queued = self.relay(sender, EIGHT_BIT, ["BODY=8BITMIME"])
        self.assertTrue(queued.content.endswith("\r\n\r\ngrüße\r\n".encode()), queued.content)
        return queued

    def check_dsn(self, sender):
        queued = self.relay(sender, PLAIN, ["RET=HDRS", "ENVID=QQ+2B1"], ["NOTIFY=SUCCESS,FAILURE", "ORCPT=rfc822;bob@example.com"])
        self.assertEqual(queued.envelope.get("ret"), "HDRS")
        self.assertEqual(queued.envelope.get("envid"), "QQ+2B1")
        [to] = queued.envelope["to"]
        self.assertEqual(sorted(to["notify"].upper().split(",")), ["FAILURE", "SUCCESS"])
        self.assertEqual(to["orcpt"].lower(), "rfc822;bob@example.com")

    def check_utf8(self, sender):
        queued = self.relay(sender, UTF8_HEADER, ["SMTPUTF8", "BODY=8BITMIME"])
        self.assertTrue(queued.envelope["smtputf8"])
        self.assertIn("Subject: grüße\r\n".encode(), queued.content)


@unittest.skipUnless(Postfix.available(), "only root can start Postfix")
class FromPostfix(Senders):
    def setUp(self):
        super().setUp()
        self.sender = self.begin(Postfix(["nowhere.example"], hostname="sender.example.net", extra=(
            f"relayhost = [127.0.0.1]:{self.smtp.port}\nsmtputf8_enable = yes\n"
            "smtpd_discard_ehlo_keywords =\nsmtp_tls_security_level = none\n")))

    def test_postfix_relays_what_it_is_given(self):
        self.check_plain(self.sender)
        self.assertEqual(self.check_eight_bit(self.sender).envelope["body"], "8BITMIME")
        self.check_dsn(self.sender)
        self.check_utf8(self.sender)


@unittest.skipUnless(Exim.available(), "only root can start Exim")
class FromExim(Senders):
    def setUp(self):
        super().setUp()
        self.sender = self.begin(Exim(["nowhere.example"], hostname="sender.example.net", next_hop=self.smtp.address))

    def test_exim_relays_what_it_is_given(self):
        self.check_plain(self.sender)
        self.check_eight_bit(self.sender)
        self.check_dsn(self.sender)
        self.check_utf8(self.sender)


@unittest.skipUnless(OpenSmtpd.available(), "only root can start OpenSMTPD")
class FromOpenSmtpd(Senders):
    def test_opensmtpd_relays_what_it_is_given(self):
        sender = self.begin(OpenSmtpd(self.smtp.address, hostname="sender.example.net"))
        self.check_plain(sender)
        self.check_eight_bit(sender)
        self.check_dsn(sender)


@unittest.skipUnless(Sendmail.available(), "only root can start sendmail")
class FromSendmail(Senders):
    def test_sendmail_relays_what_it_is_given(self):
        sender = self.begin(Sendmail(self.smtp.address))
        self.check_plain(sender)
        self.check_eight_bit(sender)
        self.check_dsn(sender)


main()
