# SPDX-License-Identifier: BSD-2-Clause
"""Clients that others wrote: swaks, Postfix's smtp-source, Python's smtplib. What they send arrives exactly."""

import smtplib
import subprocess

from postern_lab import *


class Clients(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")
        self.land.write("domains/example.org/bob.account", "{}")
        self.smtp = self.start(self.land)
        self.place = f"{self.smtp.host}:{self.smtp.port}"

    def swaks(self, *words):
        return subprocess.run(["swaks", "--server", self.place, "--from", "carol@example.net", *words],
                              capture_output=True, text=True, timeout=30)

    def test_swaks_sends_to_two(self):
        done = self.swaks("--to", "alice@example.org,bob@example.org", "--header", "Subject: from swaks")
        self.assertEqual(done.returncode, 0, done.stdout)
        [queued] = self.land.queued()
        self.assertEqual([to["address"] for to in queued.envelope["to"]], ["alice@example.org", "bob@example.org"])
        self.assertIn(b"Subject: from swaks\r\n", queued.content)
        self.assertNotIn(b"\tfor <", queued.content)   # RFC 5321 §7.2: nobody learns of the other

    def test_swaks_pipelines(self):
        done = self.swaks("--to", "alice@example.org", "--pipeline")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(len(self.land.queued()), 1)

    def test_swaks_is_refused(self):
        self.assertEqual(self.swaks("--to", "eve@example.com").returncode, 24)   # no recipient was accepted

    def test_smtp_source_sends_many_at_once(self):
        smtp_source("-m", 100, "-s", 10, "-l", 5000, "-f", "carol@example.net", "-t", "alice@example.org", self.place)
        wait_until(lambda: len(self.land.spool_files("received")) == 100, what="all messages")
        self.assertEqual(len({queued.envelope["id"] for queued in self.land.queued()}), 100)

    def test_smtp_source_reuses_its_connections(self):
        smtp_source("-d", "-m", 100, "-s", 2, "-f", "carol@example.net", "-t", "alice@example.org", self.place)
        wait_until(lambda: len(self.land.spool_files("received")) == 100, what="all messages")
        self.assertEqual(len(self.land.log_lines(" closed ")), 2)

    def test_smtplib_hears_of_each_recipient(self):
        with smtplib.SMTP(*self.smtp.address) as client:
            refused = client.sendmail("carol@example.net", ["alice@example.org", "nobody@example.org"],
                                      b"From: bob@example.net\r\nSubject: hi\r\n\r\nhi\r\n")
            self.assertEqual(list(refused), ["nobody@example.org"])
            self.assertEqual(refused["nobody@example.org"][0], 550)
            self.assertTrue(client.has_extn("PIPELINING") and client.has_extn("8BITMIME"))

    def test_every_octet_arrives_as_it_was_sent(self):
        octets = bytes(octet for octet in range(1, 256) if octet not in b"\r\n")
        content = b"From: bob@example.net\r\n\r\n" + octets + b"\r\n.\r\n..\r\n.x\r\n\r\n" + octets * 3 + b"\r\n"
        send(self.smtp.address, "carol@example.net", ["alice@example.org"], content)
        [queued] = self.land.queued()
        self.assertTrue(queued.content.endswith(content))
        head = queued.content[:-len(content)]
        self.assertTrue(head.startswith(b"Received: from client.example.net"), head)
        self.assertIn(b"for <alice@example.org>", head)

    def test_what_is_no_clean_message_is_not_taken(self):
        for name, content in (("bare LF", b"Subject: x\n\r\n"), ("bare CR", b"Subject: x\ry\r\n"),
                              ("NUL", b"Subject: x\0\r\n"), ("smuggling", b"a\n.\nMAIL FROM:<>\r\n")):
            with self.subTest(name), Client(self.smtp.address) as client:
                client.hello()
                self.assertEqual(client.message("carol@example.net", ["alice@example.org"], content)[0], 550)
                client.expect(250, "NOOP")
        self.assertEqual(self.land.spool_files(), [])

    def test_a_message_over_the_limit_is_refused_at_once_or_at_its_end(self):
        self.land.config("limits.message_size", 100_000)
        with Client(self.smtp.address) as client:
            client.hello()
            client.expect(552, "MAIL FROM:<carol@example.net> SIZE=100001")
            reply = client.message("carol@example.net", ["alice@example.org"], b"From: x@y.example\r\n\r\n" + b"y\r\n" * 50_000)
            self.assertEqual(reply[0], 552)
            client.expect(250, "NOOP")
        self.assertEqual(self.land.spool_files(), [])


if __name__ == "__main__":
    main()
