# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 120
"""The disk is full while mxrun works: every message goes out once, none twice, and nothing is lost."""

import os
import re
import subprocess
import sys
from collections import Counter

from lab.places import AM_ROOT
from lab.spool_writer import queue_for_relay
from postern_lab import LabTest, main

TOKEN = re.compile(rb"Subject: (\w+)")
INSIDE = "POSTERN_TEST_IN_OWN_MOUNT_NAMESPACE"
MESSAGES = 60


def may_mount():
    """Is a file system of its own to be had, in a mount namespace that nobody else sees?"""
    command = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"]
    return AM_ROOT and subprocess.run(command, capture_output=True).returncode == 0


class DiskFull(LabTest):
    def setUp(self):
        super().setUp()
        if not may_mount():
            self.skipTest("mounting a small file system needs root and a mount namespace")
        if INSIDE not in os.environ:
            self.skipTest("run in the namespace by the process that made it")
        self.sink_ = self.sink(host="127.0.2.61", script={"RCPT": self.refuse_some})
        self.land = self.userland()
        self.land.config("relay.port", self.sink_.port)
        self.land.config("queue.interval", "1m")
        self.zone = self.land.write("zone", "".join(f"d{n}.example. A 127.0.2.61\n" for n in range(10)))
        self.on_small_disk()

    def refuse_some(self, line, session):
        return "451 4.2.1 later" if "later" in line else None

    def on_small_disk(self):
        """The spool moves to a tmpfs that holds it and little more."""
        old = self.land.root / "spool.old"
        spool = self.land.spool
        spool.rename(old)
        spool.mkdir()
        owner = os.stat(old)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size=2m,uid={owner.st_uid},gid={owner.st_gid},mode=750",
                        "tmpfs", spool], check=True)
        self.addCleanup(subprocess.run, ["umount", "-l", spool])
        subprocess.run(["cp", "-a", f"{old}/.", spool], check=True)

    def fill(self, leave=0):
        """Takes all room of the disk but so many blocks."""
        ballast = self.land.spool / "ballast"
        with open(ballast, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                pass
            file.truncate(max(0, file.tell() - leave * 4096))

    def make_room(self):
        (self.land.spool / "ballast").unlink()

    def queue(self):
        ids = []
        for number in range(10):
            ids += queue_for_relay(self.land, [f"bob@d{number}.example"], messages=MESSAGES // 10 - 1)
            ids += queue_for_relay(self.land, [f"bob@d{number}.example", f"later@d{number}.example"])
        return ids

    def received(self):
        return Counter(TOKEN.search(message.content)[1].decode() for message in self.sink_.received
                       if any("bob" in recipient for recipient in message.recipients))

    def test_every_message_goes_out_once(self):
        ids = self.queue()
        statuses = []
        for leave in (0, 1, 2, 5, 0):
            self.fill(leave)
            statuses.append(self.land.mxrun("--zone", self.zone, check=False).status)
            self.assertLessEqual(max(self.received().values(), default=0), 1)
            self.make_room()
        self.assertIn(75, statuses, "a disk that is full is trouble of this machine")
        self.land.mxrun("--zone", self.zone)
        self.assertEqual(self.received(), Counter(ids), "each once")
        waiting = self.land.queued()
        self.assertEqual(len(waiting), 10)
        for file in waiting:
            events = [record["event"] for record in file.log]
            self.assertEqual(events.count("delivered"), 1)
            self.assertEqual([record["recipients"] for record in file.log if record["event"] == "deferred"][0], "1")

    def test_what_cannot_be_recorded_is_not_sent(self):
        for number in range(10):   # no room left behind the content
            queue_for_relay(self.land, [f"bob@d{number}.example"],
                            content=lambda identity: b"Subject: " + identity.encode() + b"\r\n" + b"x" * 3560)
        self.fill()
        run = self.land.mxrun("--zone", self.zone, check=False)
        self.assertEqual(run.status, 75)
        self.assertEqual(run.err.count("\n"), 1)
        self.assertEqual(self.sink_.verbs(), [])
        self.make_room()
        self.land.mxrun("--zone", self.zone)
        self.assertEqual(len(self.sink_.received), 10)


if __name__ == "__main__":
    if may_mount() and INSIDE not in os.environ:
        os.environ[INSIDE] = "yes"
        os.execvp("unshare", ["unshare", "--mount", sys.executable, "-B", *sys.argv])
    main()
