# SPDX-License-Identifier: BSD-2-Clause
"""Administrators at once, interrupted ones, and passwords that nobody else may see."""

import os
import pty
import random
import select
import signal
import subprocess
import time
from pathlib import Path

from lab.places import AM_ROOT
from lab.userland import OWNER
from postern_lab import LabTest, main


class Editing(LabTest):
    time_limit = 100

    def setUp(self):
        super().setUp()
        self.land = self.userland()

    def begin(self, *words, **options):
        return subprocess.Popen(self.land.command("smtpctl", *words), **options)

    def test_twenty_at_once_lose_nothing(self):
        running = [self.begin("alias", "add", "band@example.org", f"member{i}@example.net") for i in range(20)]
        running += [self.begin("relay", "add", f"192.0.2.{i}") for i in range(10)]
        running += [self.begin("config", "set", key, value) for key, value in
                    (("limits.hops", "77"), ("queue.interval", "7m"), ("log.level", "err"), ("relay.port", "2525"))]
        self.assertEqual([process.wait() for process in running], [0] * len(running))
        members = set(self.land.smtpctl("alias", "show", "band@example.org").out.split())
        self.assertEqual(members, {f"member{i}@example.net" for i in range(20)})
        self.assertEqual(len(self.land.smtpctl("relay", "list").out.split()), 10)
        settings = [self.land.smtpctl("config", "get", key).out.strip()
                    for key in ("limits.hops", "queue.interval", "log.level", "relay.port")]
        self.assertEqual(settings, ["77", "7m", "err", "2525"])

    def test_one_that_is_killed_leaves_the_old_file_or_the_new_one(self):
        path = self.land.root / "domains/example.org/band.alias"
        self.land.alias("band@example.org", "first@example.net")
        begun = time.monotonic()
        self.land.smtpctl("alias", "add", "band@example.org", "second@example.net")
        whole = time.monotonic() - begun   # a fast machine is done before a fixed time is over
        killed = 0
        for i in range(300):
            if killed == 30:
                break
            before = path.read_text()
            process = self.begin("alias", "add", "band@example.org", f"member{i}@example.net")
            time.sleep(random.uniform(0, whole))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            self.assertIn(path.read_text(), (before, before + f"member{i}@example.net\n"))
        self.assertEqual(killed, 30, "hardly one was killed in time: this test shows nothing")
        self.land.alias("band@example.org", "last@example.net")   # and no lock is left
        self.assertTrue(path.read_text().endswith("last@example.net\n"))
        self.land.smtpctl("domain", "del", "example.org", "--with-users")   # nor files that nobody removes

    def test_a_password_is_asked_for_twice_and_not_shown(self):
        status, shown = self.converse(["a long pass phrase", "a long pass phrase"], "adduser", "alice@example.org")
        self.assertEqual(status, 0, shown)
        self.assertNotIn("phrase", shown)
        stored = (self.land.root / "secrets/passwords/example.org/alice").read_text()
        self.assertTrue(stored.startswith("$argon2id$"), stored)

    def test_init_asks_for_what_it_has_to_know(self):
        self.land = self.userland("asked", init=False)
        answers = ["example.net", "mx.example.net"] + ([OWNER] if AM_ROOT else [])
        status, shown = self.converse(answers, "init")
        self.assertEqual(status, 0, shown)
        self.assertEqual(self.land.smtpctl("config", "get", "server.hostname").out, "mx.example.net\n")
        self.assertEqual(self.land.smtpctl("domain", "list").out, "example.net\n")

    def test_two_passwords_that_differ_change_nothing(self):
        status, shown = self.converse(["one phrase", "another phrase"], "adduser", "alice@example.org")
        self.assertEqual(status, 65, shown)
        self.assertFalse((self.land.root / "domains/example.org/alice.account").exists())

    def test_a_password_stands_in_no_command_line_and_no_file(self):
        process = self.begin("adduser", "alice@example.org", "--password-stdin", stdin=subprocess.PIPE)
        seen = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        process.communicate(b"hunter2hunter2\n")
        self.assertEqual(process.returncode, 0)
        self.assertNotIn(b"hunter2", seen)
        for file in self.land.root.rglob("*"):
            if file.is_file():
                self.assertNotIn(b"hunter2", file.read_bytes(), file)

    def converse(self, answers, *words):
        """smtpctl at a terminal; each answer is typed when a question stands there. Status, what was shown."""
        master, slave = pty.openpty()
        process = self.begin(*words, stdin=slave, stdout=slave, stderr=slave)
        os.close(slave)
        shown = ""
        for answer in [*answers, None]:
            asked_before = shown.count(": ")
            while shown.count(": ") <= asked_before or answer is None:
                if not select.select([master], [], [], 20)[0]:
                    self.fail(f"no question: {shown!r}")
                try:
                    octets = os.read(master, 1000)
                except OSError:   # the other side has gone
                    octets = b""
                if not octets:
                    break
                shown += octets.decode()
            if answer is not None:
                os.write(master, answer.encode() + b"\n")
        os.close(master)
        return process.wait(), shown


if __name__ == "__main__":
    main()
