# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 600 PROCESSORS 2 COST 40
"""2,000 messages, 20 at once, through each way of starting smtpd-inetd; then one pass of deliver: each message
in its mailboxes exactly once and octet by octet, nothing left in the spool."""

from postern_lab import LabTest, main
from postern_load import Load, check_delivered

MESSAGES = 2000
USERS = [f"user{number}@example.org" for number in range(4)]


class EachWayOfStarting(LabTest):
    time_limit = 240

    def check(self, way):
        land = self.userland()
        for user in USERS:
            land.write(f"domains/example.org/{user.split('@')[0]}.account", "{}\n")
        smtp = self.start(land, way)
        load = Load(smtp.address, USERS, self.folder / "journal")
        load.send(MESSAGES)
        smtp.stop()
        self.assertEqual(len(load.answered()), MESSAGES)
        land.deliver(timeout=120)
        self.assertEqual(check_delivered(land, load), [])
        self.assertEqual(land.spool_files(), [])

    def test_listen(self):
        self.check("listen")

    def test_inetd(self):
        self.check("inetd")

    def test_xinetd(self):
        self.check("xinetd")

    def test_tcpserver(self):
        self.check("tcpserver")

    def test_systemd(self):
        self.check("systemd")


if __name__ == "__main__":
    main()
