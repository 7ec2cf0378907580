# SPDX-License-Identifier: BSD-2-Clause
"""Watchers of a userland whose queue.scan is an hour: whatever happens within seconds, somebody was woken for."""

import os
import shutil
import time

from postern_lab import LabTest, Process, children_of, send, wait_until

USERS = [f"user{number}@example.org" for number in range(3)]
AWAY = "bob@mail.example"
PPOLL = "271" if os.uname().machine == "x86_64" else "73"   # the number of the system call
CONTENT = b"From: bob@example.net\r\nSubject: hi\r\n\r\nhello\r\n"


class Watching(LabTest):
    time_limit = 150

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.config("queue.scan", "1h")
        for user in USERS:
            self.land.write(f"domains/example.org/{user.split('@')[0]}.account", "{}\n")

    def watch(self, name, *options):
        """A watcher whose workers are at their places, asleep or at work."""
        process = Process(self.land.command(name, "--watch", *options), self.folder / f"{name}.watch.log")
        self.addCleanup(process.stop)
        pipes = {"deliver": 2, "mxrun": 1}[name]
        wait_until(lambda: len(workers(process)) == pipes and self.all_asleep(process), what=f"{name} to sleep")
        return process

    def all_asleep(self, process):
        """Do all workers wait in ppoll(2) with their pipes open?"""
        return all(has_pipe(pid) and is_asleep(pid) for pid in workers(process))

    def queue_unseen(self, user=USERS[0]):
        """A message that comes into received/now without a call."""
        smtp = self.start(self.land)
        shutil.move(self.land.root / "run/wake.d", self.land.root / "run/nobody")
        send(smtp.address, "alice@example.net", [user], CONTENT)
        smtp.stop()
        shutil.rmtree(self.land.root / "run/wake.d")
        shutil.move(self.land.root / "run/nobody", self.land.root / "run/wake.d")
        time.sleep(0.3)
        self.assertEqual(len(self.land.spool_files("received")), 1)

    def wait_for_mail(self, count=1, user=USERS[0]):
        wait_until(lambda: len(self.land.mailbox(user)) == count, what=f"{count} messages for {user}")

    def route_away(self):
        """mail.example is a sink on this machine."""
        self.land.relay("127.0.0.1")
        sink = self.sink(host="127.0.1.53")
        self.land.config("relay.port", sink.port)
        return sink, self.land.write("zone", "mail.example. A 127.0.1.53\n")


def workers(process):
    return children_of(process.pid)


def has_pipe(pid):
    try:
        return any("/wake.d/" in os.readlink(f"/proc/{pid}/fd/{name}") for name in os.listdir(f"/proc/{pid}/fd"))
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_asleep(pid):
    """Does it wait in ppoll(2)?"""
    try:
        with open(f"/proc/{pid}/syscall") as file:
            return file.read().split()[0] == PPOLL
    except (FileNotFoundError, ProcessLookupError):
        return False
