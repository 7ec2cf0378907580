# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240
"""Delivery by LMTP: to Dovecot by socket and by TCP, and to a scripted server that misbehaves."""

import json

from postern_lab import DROP, LabTest, main, send

LETTER = b"From: bob@example.net\r\nSubject: hello\r\n\r\nhello\r\n.a dot\r\n"
LATER = 31 * 60


class Lmtp(LabTest):
    time_limit = 120

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.relay("127.0.0.1")
        self.smtp = self.start(self.land)

    def account(self, name, **settings):
        self.land.write(f"domains/example.org/{name}.account", json.dumps(settings) + "\n")

    def domain(self, **settings):
        self.land.write("domains/example.org/domain.json", json.dumps(settings) + "\n")

    def send(self, *names, sender="bob@example.net"):
        send(self.smtp.address, sender, [f"{name}@example.org" for name in names], LETTER)

    def retry_all(self):
        for file in self.land.queued():
            self.land.smtpctl("queue", "retry", file.envelope["id"])


class RealServer(Lmtp):
    def setUp(self):
        super().setUp()
        self.box = self.dovecot({f"{name}@example.org": None for name in ("alice", "carol")})

    def has_letter(self, name):
        (file,) = self.box.messages(f"{name}@example.org")
        raw = file.read_bytes()
        self.assertIn(b"Subject: hello", raw)
        self.assertTrue(raw.replace(b"\r\n", b"\n").endswith(b"\nhello\n.a dot\n"))
        self.assertIn(b"Return-Path: <bob@example.net>", raw)
        self.assertEqual(raw.count(b"Return-Path:"), 1)
        self.assertLessEqual(raw.count(b"Delivered-To:"), 1)   # Dovecot adds it where there is one recipient

    def test_a_domain_by_socket(self):
        self.domain(lmtp=f"unix:{self.box.lmtp_socket}")
        self.account("alice")
        self.account("carol")
        self.send("alice", "carol")
        self.land.deliver()
        self.has_letter("alice")
        self.has_letter("carol")
        self.assertEqual(self.land.spool_files(), [])
        self.assertEqual(self.land.mailbox("alice@example.org"), [])

    def test_an_account_by_tcp_beside_a_maildir(self):
        self.account("alice", lmtp="localhost:%d" % self.box.lmtp_address[1])
        self.account("dave")
        self.send("alice", "dave")
        self.land.deliver()
        self.has_letter("alice")
        self.assertEqual(len(self.land.mailbox("dave@example.org")), 1)
        self.assertEqual(self.land.spool_files(), [])

    def test_one_of_three_is_refused(self):
        self.domain(lmtp="127.0.0.1:%d" % self.box.lmtp_address[1])
        for name in ("alice", "carol", "nobox"):
            self.account(name)
        self.account("sender", lmtp=None)
        self.send("alice", "nobox", "carol", sender="sender@example.org")
        self.land.deliver()
        self.land.deliver()
        for name in ("alice", "carol"):
            self.assertEqual(len(self.box.messages(f"{name}@example.org")), 1)
        (report,) = self.land.mailbox("sender@example.org")
        self.assertIn(b"nobox@example.org", report.raw)
        self.assertIn(b"550 5.1.1", report.raw)
        self.assertNotIn(b"alice@example.org", report.raw)
        self.assertEqual(self.land.spool_files(), [])

    def test_while_it_is_down_mail_waits(self):
        self.domain(lmtp=f"unix:{self.box.lmtp_socket}")
        self.account("alice")
        self.box.stop()
        self.send("alice")
        self.send("alice")
        run = self.land.deliver()
        self.assertEqual((run.status, run.out, run.err), (0, "", ""))
        self.assertEqual(len(self.land.queued()), 2)
        self.assertEqual(len(self.land.log_lines("host-down")), 1)
        self.assertEqual({file.events()[-1] for file in self.land.queued()}, {"deferred"})


class ScriptedServer(Lmtp):
    def server(self, **options):
        box = self.lmtp_sink(**options)
        self.domain(lmtp="127.0.0.1:%d" % box.port)
        for name in ("alice", "carol", "dave"):
            self.account(name)
        return box

    def test_one_transaction_and_one_connection(self):
        box = self.server()
        self.send("alice", "carol", "dave")
        self.send("alice+tag")
        self.land.deliver()
        self.assertEqual(box.sessions, 1)
        transactions = [" ".join(["MAIL", *["RCPT"] * recipients, "DATA"]) for recipients in (3, 1)]
        said = " ".join(box.verbs())
        self.assertIn(said, [f"LHLO {first} {second} QUIT" for first, second in (transactions, transactions[::-1])])
        self.assertEqual(box.saved_for("dave@example.org")[0].split(b"\r\n\r\n")[-1], b"hello\r\n.a dot\r\n")
        self.assertNotIn(b"Return-Path", box.saved_for("dave@example.org")[0])
        self.assertEqual(len(box.saved_for("alice+tag@example.org")), 1)

    def test_each_outcome_is_recorded_on_its_own(self):
        answers = {"carol@example.org": "452 4.2.2 full", "dave@example.org": "550 5.2.1 locked"}
        box = self.server(script={"end": lambda address, _: answers.get(address)})
        self.account("sender", lmtp=None)
        self.send("alice", "carol", "dave", sender="sender@example.org")
        self.land.deliver()
        answers.clear()
        self.land.deliver()
        self.retry_all()
        self.land.deliver()
        self.assertEqual(len(box.saved_for("alice@example.org")), 1)
        self.assertEqual(len(box.saved_for("carol@example.org")), 1)
        self.assertEqual(len(box.saved_for("dave@example.org")), 0)
        (report,) = self.land.mailbox("sender@example.org")
        self.assertIn(b"550 5.2.1 locked", report.raw)
        self.assertEqual(self.land.spool_files(), [])

    def test_who_was_answered_before_the_connection_broke_is_not_repeated(self):
        answers = {"carol@example.org": DROP}
        box = self.server(script={"end": lambda address, _: answers.get(address)})
        self.send("alice", "carol", "dave")
        self.land.deliver()
        self.assertEqual(len(self.land.queued()), 1)
        answers.clear()
        self.retry_all()
        self.land.deliver()
        for name in ("alice", "carol", "dave"):
            self.assertEqual(len(box.saved_for(f"{name}@example.org")), 1, name)
        self.assertEqual(self.land.spool_files(), [])

    def test_a_hundred_and_one_recipients_are_two_transactions(self):
        box = self.server()
        names = [f"m{number}" for number in range(101)]
        for name in names:
            self.account(name)
        self.send(*names)
        self.land.deliver()
        self.assertEqual(box.verbs().count("DATA"), 2)
        self.assertEqual(len(box.saved), 101)
        self.assertEqual(self.land.spool_files(), [])

    def test_a_server_that_speaks_smtp_gets_nothing(self):
        sink = self.sink()
        self.domain(lmtp="127.0.0.1:%d" % sink.port)
        self.account("alice")
        self.send("alice")
        self.land.deliver()
        self.assertEqual(sink.received, [])
        (file,) = self.land.queued()
        self.assertEqual(file.log[-1]["status"], "4.5.1")


if __name__ == "__main__":
    main()
