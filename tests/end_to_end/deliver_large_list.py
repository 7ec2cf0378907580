# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240
"""A list of 50,000 members: written down in records of at most 500, in bounded memory, each of them sent to
once; one member more is a mistake that loses no mail."""

import os
import subprocess

from postern_lab import LabTest, free_port, main, send

MEMBERS = 50_000
MOST_MEMORY = 96 * 1024   # KiB


class LargeList(LabTest):
    time_limit = 200

    def setUp(self):
        super().setUp()
        port = free_port()
        self.sink = self.sink(host="127.0.1.3", port=port)
        self.zone = self.folder / "zone"
        self.zone.write_text("c.example MX 10 mx.c.example\nmx.c.example A 127.0.1.3\n")
        self.land = self.userland()
        self.land.config("relay.port", port)
        self.members = [f"member.number.{number}@c.example" for number in range(MEMBERS)]
        self.write_list(self.members)

    def write_list(self, members):
        self.land.write("domains/example.org/list.alias", "".join(f"{member}\n" for member in members))

    def queue_message(self):
        smtp = self.start(self.land)
        send(smtp.address, "sender@c.example", ["list@example.org"], b"From: bob@example.net\r\n\r\nhello\r\n")
        smtp.stop()

    def memory_of(self, name, *arguments):
        """Runs a program that must end well; its peak of memory in KiB."""
        process = subprocess.Popen(self.land.command(name, *arguments), stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0, self.land.log_text())
        print(f"{name}: {usage.ru_maxrss // 1024} MiB, {usage.ru_utime + usage.ru_stime:.1f} s")
        return usage.ru_maxrss

    def test_fifty_thousand_members(self):
        self.queue_message()
        self.assertLess(self.memory_of("deliver"), MOST_MEMORY)
        [message] = self.land.queued()
        records = [record for record in message.log if record["event"] == "members"]
        self.assertEqual([len(record["to"]) for record in records], [500] * (MEMBERS // 500))
        self.assertEqual([member for record in records for member in record["to"]], self.members)
        self.assertLess(self.memory_of("mxrun", "--zone", self.zone), MOST_MEMORY)
        self.assertEqual(self.land.spool_files(), [])
        self.assertEqual(sorted(path for got in self.sink.received for path in got.forward_paths),
                         sorted(self.members))

    def test_one_member_too_many(self):
        self.write_list([*self.members, "one.more@c.example"])
        self.assertIn("50000 members", self.land.smtpctl("config", "check", check=False).out)
        self.queue_message()
        self.land.deliver()
        [message] = self.land.queued()
        self.assertEqual(message.events(), ["begun", "deferred"])
        self.write_list(self.members[:1])
        self.land.smtpctl("queue", "retry", message.envelope["id"])
        self.land.deliver()
        self.land.mxrun("--zone", self.zone)
        self.assertEqual([got.forward_paths for got in self.sink.received], [self.members[:1]])


if __name__ == "__main__":
    main()
