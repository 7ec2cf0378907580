# SPDX-License-Identifier: BSD-2-Clause
"""Sessions with a user of their own: ARCHITECTURE.md's table of directories and rights holds."""

import os
import pwd
import shutil
import unittest

from postern_lab import Client, LabTest, Process, children_of, main, send, wait_until

CONTENT = b"From: bob@example.net\r\nSubject: two users\r\n\r\nhello\r\n"


@unittest.skipUnless(os.geteuid() == 0, "two users need root to become them")
class TwoUsers(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org", "correct horse battery staple")
        self.session_user = pwd.getpwnam("daemon").pw_uid
        group = os.stat(self.land.root).st_gid
        # daemon, in the tree's group, owns incoming/ and nothing else.
        os.chown(self.land.spool / "incoming", self.session_user, group)
        os.chmod(self.land.spool / "incoming", 0o2770)

    def test_a_session_of_another_user_hands_mail_over(self):
        smtp = self.start(self.land)
        send(smtp.address, "bob@example.net", ["alice@example.org"], CONTENT)
        queued, = self.land.spool_files("received")
        self.assertEqual(queued.stat().st_uid, self.session_user)
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 1)
        self.assertEqual(self.land.spool_files(), [])

    def test_a_session_is_not_the_owner_of_the_tree(self):
        smtp = self.start(self.land)
        with Client(smtp.address) as client:
            client.hello()
            users = {self.user_of(pid) for pid in self.processes_below(smtp.pid)}
        self.assertEqual(users, {self.session_user})

    def test_a_session_of_another_user_wakes_the_watchers(self):
        self.land.config("queue.scan", "1h")
        watcher = Process(self.land.command("deliver", "--watch"), self.folder / "deliver.log")
        self.addCleanup(watcher.stop)
        pipes = [self.land.root / f"run/wake.d/deliver.{number}" for number in range(2)]
        wait_until(lambda: all(pipe.exists() for pipe in pipes), what="the pipes")
        self.assertEqual({pipe.stat().st_mode & 0o7777 for pipe in pipes}, {0o660})
        smtp = self.start(self.land)
        for count in (1, 2):   # the second cannot be found by the passes at the start
            send(smtp.address, "bob@example.net", ["alice@example.org"], CONTENT)
            wait_until(lambda: len(self.land.mailbox("alice@example.org")) == count, what="the mailbox")

    def test_a_session_makes_the_directory_of_the_pipes_for_the_runners(self):
        shutil.rmtree(self.land.root / "run/wake.d")   # as after a start of the machine, on a tmpfs
        send(self.start(self.land).address, "bob@example.net", ["alice@example.org"], CONTENT)
        self.assertEqual((self.land.root / "run/wake.d").stat().st_mode & 0o7777, 0o2770)
        self.land.deliver()
        self.assertTrue((self.land.root / "run/wake.d/deliver.0").is_fifo())

    def processes_below(self, parent):
        """The pid itself and its children."""
        return [parent, *children_of(parent)]

    def user_of(self, pid):
        return os.stat(f"/proc/{pid}").st_uid

    def test_what_is_secret_is_closed_to_the_group(self):
        self.assertEqual((self.land.root / "secrets").stat().st_mode & 0o7777, 0o710)
        for path in ("secrets/passwords", "secrets/passwords/example.org"):   # for sessions with AUTH
            self.assertEqual((self.land.root / path).stat().st_mode & 0o7777, 0o750, path)
        for path in ("mail", "spool/relay", "spool/staged", "spool/hold", "spool/damaged"):
            self.assertEqual((self.land.root / path).stat().st_mode & 0o7777, 0o700, path)
        for path in ("spool/incoming", "spool/received/now", "log", "run", "run/wake.d"):
            self.assertEqual((self.land.root / path).stat().st_mode & 0o7777, 0o2770, path)
        for path in (".", "domains", "state", "spool", "spool/received"):
            self.assertEqual((self.land.root / path).stat().st_mode & 0o7777, 0o750, path)
        for path in ("config.json", "relay-hosts", "domains/example.org/alice.account",
                     "secrets/passwords/example.org/alice", "secrets/passwords/.decoys"):
            self.assertEqual((self.land.root / path).stat().st_mode & 0o7777, 0o640, path)


if __name__ == "__main__":
    main()
