# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 300 PROCESSORS 2
"""kill -9, 60 times, of sessions and of deliver at random moments, while mail comes in and a reader moves it
from new/ to cur/. What was answered 250 is delivered exactly once; one more pass leaves nothing behind."""

import os
import random
import signal
import subprocess
import threading
import time

from postern_lab import LabTest, children_of, main
from postern_load import Load, check_delivered

MESSAGES = 2000
KILLS = 30   # of sessions, and as many of deliver
DELIVERS = 2  # at once
USERS = [f"user{number}@example.org" for number in range(4)]


class SessionKiller(threading.Thread):
    """Kills a random session each time that some more messages have been begun."""

    def __init__(self, smtp, load):
        super().__init__()
        self.smtp = smtp
        self.load = load
        self.kills = 0
        self.may_end = threading.Event()

    def run(self):
        while self.kills < KILLS and not self.may_end.is_set():
            if len(self.load.begun) < (self.kills + 1) * MESSAGES / (KILLS + 2):
                time.sleep(0.005)
                continue
            sessions = children_of(self.smtp.pid)
            if sessions:
                self.kills += killed(random.choice(sessions))


class Deliverer(threading.Thread):
    """Runs one deliver after the other, and kills each after a moment until it has killed enough."""

    def __init__(self, land, kills):
        super().__init__()
        self.words = land.command("deliver")
        self.rest = kills
        self.failures = []

    def run(self):
        while self.rest > 0:
            deliver = subprocess.Popen(self.words, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
            try:
                deliver.wait(random.uniform(0.01, 0.25))
            except subprocess.TimeoutExpired:
                deliver.kill()
                self.rest -= 1
            said = deliver.communicate()[1].decode()
            if deliver.returncode not in (0, -signal.SIGKILL):
                self.failures.append((deliver.returncode, said))


class Reader(threading.Thread):
    """A mail program: whatever is new gets flags and goes to cur/."""

    def __init__(self, land):
        super().__init__()
        self.folders = [land.maildir(user) for user in USERS]
        self.stop = threading.Event()
        self.moved = set()
        self.seen_twice = []   # a second copy would take the place of the first in cur/

    def run(self):
        while not self.stop.wait(0.02):
            for folder in self.folders:
                for file in folder.glob("new/*"):
                    if file in self.moved:
                        self.seen_twice.append(file)
                    self.moved.add(file)
                    file.rename(folder / "cur" / f"{file.name}:2,S")


def killed(pid):
    try:
        os.kill(pid, signal.SIGKILL)
        return 1
    except ProcessLookupError:
        return 0


class SixtyKills(LabTest):
    time_limit = 240

    def test_what_was_answered_250_is_delivered_exactly_once(self):
        land = self.userland()
        land.config("queue.max_crashes", 1000)
        for user in USERS:
            land.write(f"domains/example.org/{user.split('@')[0]}.account", "{}\n")
        smtp = self.start(land, "listen")
        load = Load(smtp.address, USERS, self.folder / "journal")
        session_killer = SessionKiller(smtp, load)
        deliverers = [Deliverer(land, KILLS // DELIVERS) for _ in range(DELIVERS)]
        reader = Reader(land)
        for thread in (session_killer, *deliverers, reader):
            thread.start()
        load.send(MESSAGES)
        session_killer.may_end.set()
        for thread in (session_killer, *deliverers):
            thread.join()
        smtp.stop()
        land.deliver(timeout=120)
        reader.stop.set()
        reader.join()

        self.assertEqual(session_killer.kills, KILLS)
        self.assertEqual([failure for thread in deliverers for failure in thread.failures], [])
        self.assertGreater(len(reader.moved), 0)
        self.assertEqual(reader.seen_twice, [])
        self.assertGreater(len(load.answered()), MESSAGES - 10 * KILLS)
        self.assertEqual(check_delivered(land, load), [])
        self.assertEqual(land.spool_files(), [])


if __name__ == "__main__":
    main()
