# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 120
"""The disk is full while mxrun works: every message goes out once, none twice, and nothing is lost."""

import re
from collections import Counter

from lab.small_disk import SmallDisk, main_in_own_namespace
from lab.spool_writer import queue_for_relay

TOKEN = re.compile(rb"Subject: (\w+)")
MESSAGES = 60


class DiskFull(SmallDisk):
    def setUp(self):
        super().setUp()
        self.sink_ = self.sink(host="127.0.2.61", script={"RCPT": self.refuse_some})
        self.land = self.userland()
        self.land.config("relay.port", self.sink_.port)
        self.land.config("queue.interval", "1m")
        self.zone = self.land.write("zone", "".join(f"d{n}.example. A 127.0.2.61\n" for n in range(10)))
        self.move_to_small_disk(self.land.spool)

    def refuse_some(self, line, session):
        return "451 4.2.1 later" if "later" in line else None

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
    main_in_own_namespace()
