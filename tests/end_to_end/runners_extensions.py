# SPDX-License-Identifier: BSD-2-Clause
"""DSN, SMTPUTF8 and 8BITMIME from MAIL to the mailbox, or to the next hop that has them or has not."""

import email
import email.policy

from postern_lab import Client, LabTest, main

SENDER = "carol@example.org"
LETTER = b"From: carol@example.org\r\nSubject: hello\r\n\r\nhello\r\n"
UTF8_LETTER = "From: carol@example.org\r\nSubject: \u00e4\r\n\r\nx\r\n".encode()
EIGHT_BIT = ("From: carol@example.org\r\nMIME-Version: 1.0\r\n"
             "Subject: two parts\r\nContent-Type: multipart/mixed; boundary=B\r\n"
             "Content-Transfer-Encoding: 8bit\r\n\r\n"
             "--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
             "Gr\u00fc\u00dfe = {blanks}  \r\n.\r\n--B\r\nContent-Type: application/octet-stream\r\n"
             "Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--B--\r\n").encode()


class Extensions(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        for user in ("alice", "carol"):
            self.land.write(f"domains/example.org/{user}.account", "{}\n")
        self.land.relay("127.0.0.1")
        self.smtp = self.start(self.land)

    def next_hop(self, *extensions):
        sink = self.sink(host="127.0.1.35", extensions=("PIPELINING", *extensions))
        self.land.config("relay.port", sink.port)
        self.zone = self.land.write("zone", f"mail.example. MX 10 mx.mail.example.\nmx.mail.example. A {sink.host}\n")
        return sink

    def send(self, mail, *rcpts, content=LETTER):
        """MAIL and RCPT with their parameters, as they stand behind the colon."""
        with Client(self.smtp.address) as client:
            client.hello()
            client.expect(250, f"MAIL FROM:{mail}")
            for rcpt in rcpts:
                client.expect(250, f"RCPT TO:{rcpt}")
            self.assertEqual(client.content(content)[0], 250)
            client.quit()

    def run_all(self):
        self.land.deliver()
        self.land.mxrun("--zone", self.zone)
        self.land.deliver()

    def reports(self, user="carol"):
        return [mail.parsed for mail in self.land.mailbox(f"{user}@example.org")]

    def recipients_in(self, report):
        _, status, _ = report.iter_parts()
        return status.get_payload()[1:]


class Reports(Extensions):
    def test_a_delivery_is_reported(self):
        self.send(f"<{SENDER}> RET=FULL ENVID=QQ+2B314", "<alice@example.org> NOTIFY=SUCCESS ORCPT=rfc822;Al+2Bx@example.org")
        self.land.deliver()
        self.land.deliver()
        [report] = self.reports()
        self.assertEqual(report.get_content_type(), "multipart/report")
        _, status, header = report.iter_parts()
        self.assertEqual(status.get_payload()[0]["Original-Envelope-Id"], "QQ+314")
        [alice] = self.recipients_in(report)
        self.assertEqual(alice["Original-Recipient"], "rfc822;Al+x@example.org")
        self.assertEqual((alice["Action"], alice["Status"]), ("delivered", "2.0.0"))
        self.assertEqual(header.get_content_type(), "text/rfc822-headers")
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 1)
        self.assertEqual(self.land.spool_files(), [])

    def fail(self, mail, rcpt):
        self.send(mail, rcpt)
        (self.land.root / "domains/example.org/alice.account").unlink()
        self.land.deliver()
        self.land.deliver()
        self.assertEqual(self.land.spool_files(), [])

    def test_a_failure_returns_the_whole_message_where_it_is_asked_for(self):
        self.fail(f"<{SENDER}> RET=FULL", "<alice@example.org>")
        [report] = self.reports()
        *_, whole = report.iter_parts()
        self.assertEqual(whole.get_content_type(), "message/rfc822")
        self.assertEqual(whole.get_payload()[0].get_content(), "hello\n")

    def test_who_wants_no_report_gets_none(self):
        self.fail(f"<{SENDER}>", "<alice@example.org> NOTIFY=NEVER")
        self.assertEqual(self.reports(), [])

    def test_a_host_without_dsn_leaves_the_report_to_us(self):
        sink = self.next_hop()
        self.send(f"<{SENDER}>", "<bob@mail.example> NOTIFY=SUCCESS")
        self.run_all()
        self.assertEqual(sink.received[0].recipients, ["<bob@mail.example>"])
        [report] = self.reports()
        [bob] = self.recipients_in(report)
        self.assertEqual(bob["Action"], "relayed")

    def test_a_host_with_dsn_takes_it_over(self):
        sink = self.next_hop("DSN")
        self.send(f"<{SENDER}> RET=HDRS ENVID=X1", "<bob@mail.example> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;B@mail.example")
        self.run_all()
        [received] = sink.received
        self.assertEqual(received.sender, f"<{SENDER}> RET=HDRS ENVID=X1")
        self.assertEqual(received.recipients, ["<bob@mail.example> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;B@mail.example"])
        self.assertEqual(self.reports(), [])
        self.assertEqual(self.land.spool_files(), [])


class International(Extensions):
    def test_it_goes_to_a_host_with_smtputf8(self):
        sink = self.next_hop("SMTPUTF8", "8BITMIME")
        self.send(f"<{SENDER}> SMTPUTF8 BODY=8BITMIME", "<gr\u00fc\u00df@mail.example>", content=UTF8_LETTER)
        self.run_all()
        [received] = sink.received
        self.assertEqual(received.sender, f"<{SENDER}> SMTPUTF8 BODY=8BITMIME")
        self.assertEqual(received.recipients, ["<gr\u00fc\u00df@mail.example>"])
        self.assertIn("Subject: \u00e4\r\n".encode(), received.content)

    def test_without_smtputf8_there_is_a_report_in_ascii(self):
        sink = self.next_hop("8BITMIME")
        self.send(f"<{SENDER}> SMTPUTF8", "<gr\u00fc\u00df@mail.example>", content=UTF8_LETTER)
        self.run_all()
        self.assertEqual(sink.received, [])
        [report] = self.land.mailbox(SENDER)
        self.assertTrue(report.raw.isascii())
        _, status, header = report.parsed.iter_parts()
        self.assertEqual(status.get_content_type(), "message/global-delivery-status")
        self.assertIn("Final-Recipient: utf-8; gr=C3=BC=C3=9F@mail.example", report.raw.decode())
        self.assertIn("Status: 5.6.7", report.raw.decode())
        self.assertEqual(header.get_content_type(), "message/global-headers")


class EightBit(Extensions):
    def test_a_host_without_8bitmime_gets_quoted_printable(self):
        sink = self.next_hop("SIZE 1000000")
        self.send(f"<{SENDER}> BODY=8BITMIME", "<bob@mail.example>", content=EIGHT_BIT)
        self.run_all()
        [received] = sink.received
        self.assertTrue(received.content.isascii())
        self.assertIn(f"SIZE={len(received.content)}", received.sender)
        policy = email.policy.default
        sent, got = email.message_from_bytes(EIGHT_BIT, policy=policy), email.message_from_bytes(received.content, policy=policy)
        for before, after in zip(sent.iter_parts(), got.iter_parts(), strict=True):
            self.assertEqual(after.get_content(), before.get_content())
            self.assertEqual(after.get_content_type(), before.get_content_type())

    def test_a_host_with_8bitmime_gets_it_as_it_is(self):
        sink = self.next_hop("8BITMIME")
        self.send(f"<{SENDER}> BODY=8BITMIME", "<bob@mail.example>", content=EIGHT_BIT)
        self.run_all()
        self.assertTrue(sink.received[0].content.endswith(EIGHT_BIT))


if __name__ == "__main__":
    main()
