# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180
"""Maildirs that deliver writes are what Dovecot's IMAP server and mutt read, also while it writes them."""

import random
import signal
import subprocess
import threading
import time

from postern_lab import LabTest, Mutt, main, send

ALICE = "alice@example.org"
TEXT = "From: Bob <bob@example.net>\r\nSubject: letter {0}\r\nMessage-ID: <{0}@example.net>\r\n\r\nLine one\r\n..dots\r\nletter {0}\r\n"


class Readers(LabTest):
    time_limit = 150

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser(ALICE)
        self.smtp = self.start(self.land)

    def send(self, numbers):
        for number in numbers:
            send(self.smtp.address, "bob@example.net", [ALICE], TEXT.format(number).encode())

    def names(self, folder):
        return sorted(file.name for file in (self.land.maildir(ALICE) / folder).iterdir())

    def test_dovecot_shows_every_message_and_keeps_flags(self):
        self.send(range(10))
        self.land.deliver()
        server = self.dovecot({ALICE: self.land.maildir(ALICE)})
        with server.imap(ALICE) as imap:
            _, (found,) = imap.search(None, "ALL")
            self.assertEqual(len(found.split()), 10)
            subjects = set()
            for number in found.decode().split():
                _, ((_, raw), _) = imap.fetch(number, "(BODY.PEEK[])")
                self.assertTrue(raw.startswith(b"Return-Path: <bob@example.net>\r\nDelivered-To: alice@example.org\r\n"))
                self.assertIn(b"\r\n\r\nLine one\r\n..dots\r\n", raw)
                subjects.add(raw.split(b"Subject: ")[1].split(b"\r\n")[0])
            self.assertEqual(len(subjects), 10)
            imap.store("3", "+FLAGS", "\\Seen \\Flagged")
        self.assertEqual(self.names("new"), [])
        self.assertEqual(len(self.names("cur")), 10)
        self.assertEqual(len([name for name in self.names("cur") if name.endswith(":2,FS")]), 1)
        self.send([10])
        self.land.deliver()
        with server.imap(ALICE) as imap:
            self.assertEqual(imap.search(None, "ALL")[1], [b"1 2 3 4 5 6 7 8 9 10 11"])
            self.assertEqual(imap.search(None, "FLAGGED")[1], [b"3"])
        self.assertNotIn("Error", server.log())

    def test_mutt_shows_every_message(self):
        self.send(range(10))
        self.land.deliver()
        mutt = Mutt(self.folder)
        texts = mutt.read_all(self.land.maildir(ALICE))
        for number in range(10):
            self.assertEqual(texts.count(f"\n\nLine one\n..dots\nletter {number}\n".encode()), 1, number)
        self.assertEqual(self.names("new"), [])
        self.assertEqual([name[-4:] for name in self.names("cur")], [":2,S"] * 10)
        mutt.delete_all(self.land.maildir(ALICE))
        self.assertEqual(self.names("cur"), [])

    def test_nothing_comes_twice_while_a_reader_moves_mail_and_deliver_is_killed(self):
        for quota in ("none", "10M"):
            with self.subTest(quota=quota):
                self.land.smtpctl("quota", ALICE, quota)
                self.check_kills(seed=quota)

    def check_kills(self, seed):
        count, chance = 60, random.Random(seed)
        for old in self.land.mailbox(ALICE):
            old.path.unlink()
        self.send(range(count))
        server = self.dovecot({ALICE: self.land.maildir(ALICE)})
        stop = threading.Event()
        reader = threading.Thread(target=self.keep_reading, args=(server, stop))
        reader.start()
        try:
            for _ in range(25):
                deliver = subprocess.Popen(self.land.command("deliver"))
                time.sleep(chance.uniform(0.002, 0.05))
                deliver.send_signal(signal.SIGKILL)
                deliver.wait()
            self.deliver_the_rest()
        finally:
            stop.set()
            reader.join()
        with server.imap(ALICE) as imap:
            _, (found,) = imap.search(None, "ALL")
            numbers = [imap.fetch(number, "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")[1][0][1].strip()
                       for number in found.decode().split()]
        self.assertEqual(len(numbers), count)
        self.assertEqual(len(set(numbers)), count)

    def keep_reading(self, server, stop):
        """Selecting INBOX is what moves mail from new/ to cur/."""
        with server.imap(ALICE) as imap:
            while not stop.is_set():
                imap.select()
                imap.store("1:*", "+FLAGS.SILENT", "\\Seen")

    def deliver_the_rest(self):
        """Messages of which runners died come last; none was in hand often enough to be held."""
        for _ in range(20):
            self.land.deliver()
            waiting = self.land.queue()
            if not waiting:
                return
            for message in waiting:
                self.land.smtpctl("queue", "retry", message["id"])
        self.fail(f"left: {self.land.queue()}")


if __name__ == "__main__":
    main()
