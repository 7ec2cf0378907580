# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 600 PROCESSORS 2
"""2,000 messages, 20 connections at once, through each way of starting: each exactly once, octet by octet."""

from postern_lab import *
from postern_load import Load, check_delivered


class EveryWay(LabTest):
    time_limit = 180

    def load(self, way):
        land = self.userland()
        for user in ("alice", "bob", "carol"):
            land.write(f"domains/example.org/{user}.account", "{}")
        smtp = self.start(land, way)
        load = Load(smtp.address, [f"{user}@example.org" for user in ("alice", "bob", "carol")],
                    self.folder / "journal")
        load.send(2000)
        self.assertEqual(len(load.answered()), 2000)
        land.deliver()
        self.assertEqual(check_delivered(land, load), [])
        self.assertEqual(land.spool_files(), [])

    def test_listen(self):
        self.load("listen")

    def test_inetd(self):
        self.load("inetd")

    def test_xinetd(self):
        self.load("xinetd")

    def test_tcpserver(self):
        self.load("tcpserver")

    def test_systemd(self):
        self.load("systemd")


if __name__ == "__main__":
    main()
