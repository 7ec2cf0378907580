# SPDX-License-Identifier: BSD-2-Clause
"""The table that sessions share, on a disk without room: no session dies of it."""

from lab.small_disk import SmallDisk, main_in_own_namespace
from postern_lab import *


class FullDisk(SmallDisk):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")
        self.land.config("limits.connections_per_minute", 2)
        self.land.config("limits.exempt", [])
        self.smtp = self.start(self.land)

    def codes(self, count):
        codes = []
        for _ in range(count):
            with Client(self.smtp.address) as client:
                codes.append(client.banner[0])
                client.say("QUIT")
        return codes

    def test_a_table_that_cannot_be_made_stops_no_mail(self):
        self.move_to_small_disk(self.land.root / "run")
        self.fill(leave=100)   # room for a third of it
        before = sorted(path.name for path in (self.land.root / "run").iterdir())
        self.assertEqual(self.codes(3), [220] * 3)
        self.assertEqual(len(self.land.log_lines("limits_off")), 3)
        self.assertEqual(sorted(path.name for path in (self.land.root / "run").iterdir()), before)
        self.make_room()
        self.assertEqual(self.codes(3), [220, 220, 421])

    def test_a_table_that_is_there_needs_no_more_room(self):
        self.move_to_small_disk(self.land.root / "run")
        self.assertEqual(self.codes(1), [220])
        self.fill()
        self.assertEqual(self.codes(2), [220, 421])
        for number in range(2, 40):   # whose counts are all over the table
            with Client(self.smtp.address, f"127.0.0.{number}") as client:
                self.assertEqual(client.banner[0], 220)
        self.assertEqual(self.land.log_lines("limits_off"), [])
        self.assertEqual(self.land.log_lines("session_died"), [])


if __name__ == "__main__":
    main_in_own_namespace()
