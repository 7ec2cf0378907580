# SPDX-License-Identifier: BSD-2-Clause
"""One bad message never stops the others: one that kills whoever works on it ends in hold/, a damaged one in
damaged/."""

import signal
import subprocess
from datetime import datetime

from postern_lab import Client, LabTest, SpoolFile, main, send

GOOD = 100


class OneBadMessage(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        for user in ("alice", "victim"):
            self.land.write(f"domains/example.org/{user}.account", "{}\n")
        self.smtp = self.start(self.land)

    def queue_good_ones(self):
        with Client(self.smtp.address) as client:
            client.hello()
            for number in range(GOOD):
                reply = client.message("bob@example.net", ["alice@example.org"],
                                       b"From: bob@example.net\r\nSubject: good\r\n\r\n%d\r\n" % number)
                self.assertEqual(reply[0], 250)

    def queue_bad_one(self):
        before = set(self.land.spool_files())
        send(self.smtp.address, "bob@example.net", ["victim@example.org"],
             b"From: bob@example.net\r\nSubject: bad\r\n\r\nbad\r\n")
        (path,) = set(self.land.spool_files()) - before
        return path

    def deliver_to_the_death(self, inject, path):
        """One pass, killed by the first of these calls on this path."""
        words = ["strace", "-f", "-o", "/dev/null", "-P", path, "-e", f"inject={inject}:signal=SIGKILL"]
        return subprocess.run([*map(str, words), *self.land.command("deliver")], capture_output=True, timeout=60)

    def check_hold(self, bad, inject, path):
        self.land.config("queue.max_crashes", 3)
        self.queue_good_ones()
        deaths = []
        while bad.exists() and len(deaths) < 10:
            deaths.append(self.deliver_to_the_death(inject, path))
            if len(deaths) == 2:
                self.assertEqual(len(self.land.mailbox("alice@example.org")), GOOD)
        self.assertEqual([run.returncode for run in deaths], 3 * [-signal.SIGKILL] + [65])
        self.assertIn(b"hold", deaths[-1].stderr)
        self.assertEqual(len(self.land.mailbox("alice@example.org")), GOOD)
        self.assertEqual(self.land.spool_files(), [self.land.spool / "hold" / bad.name])
        self.assertEqual(self.land.deliver().err, "")   # it disturbs no later pass
        self.assertEqual(self.land.spool_files(), [self.land.spool / "hold" / bad.name])
        return self.land.mailbox("victim@example.org")

    def check_release(self, bad):
        self.land.smtpctl("queue", "retry", bad.name)
        self.land.deliver()
        self.assertEqual(self.land.spool_files(), [])
        return self.land.mailbox("victim@example.org")

    def test_a_message_that_kills_while_it_is_read(self):
        bad = self.queue_bad_one()
        self.assertEqual(self.check_hold(bad, "pread64", bad), [])
        self.assertEqual(len(self.check_release(bad)), 1)

    def test_a_message_that_kills_when_it_is_removed(self):
        bad = self.queue_bad_one()
        self.assertEqual(len(self.check_hold(bad, "/^unlink", bad)), 1)
        self.assertEqual(len(self.check_release(bad)), 1)

    def test_a_message_that_kills_before_it_is_in_the_mailbox(self):
        earlier = self.queue_bad_one()
        self.land.deliver()
        name = self.land.mailbox("victim@example.org")[0].path.name
        bad = self.queue_bad_one()
        place = self.land.maildir("victim@example.org") / "new" / self.name_in_mailbox(bad, name, earlier.name)
        self.assertEqual(len(self.check_hold(bad, "/^link", place)), 1)
        (first, second) = self.check_release(bad)
        self.assertIn(place, (first.path, second.path))

    @staticmethod
    def name_in_mailbox(bad, earlier_name, earlier_id):
        """SECONDS.ID-HASH.postern, with the mailbox's hash from an earlier name."""
        received = datetime.fromisoformat(SpoolFile.read(bad).envelope["received"])
        return f"{int(received.timestamp())}." + earlier_name.split(".", 1)[1].replace(earlier_id, bad.name)

    def test_a_damaged_message_is_set_aside_and_nothing_of_it_delivered(self):
        bad = self.queue_bad_one()
        self.queue_good_ones()
        octets = bytearray(bad.read_bytes())
        octets[octets.index(b"Subject: bad")] ^= 1
        bad.write_bytes(octets)
        run = self.land.deliver(check=False)
        self.assertEqual(run.status, 65)
        self.assertEqual(len(run.err.splitlines()), 1)
        self.assertEqual(len(self.land.mailbox("alice@example.org")), GOOD)
        self.assertEqual(self.land.mailbox("victim@example.org"), [])
        (aside,) = self.land.spool_files()
        self.assertEqual(aside.parent, self.land.spool / "damaged")
        self.assertEqual(aside.read_bytes(), octets)
        self.assertEqual(self.land.deliver().status, 0)


if __name__ == "__main__":
    main()
