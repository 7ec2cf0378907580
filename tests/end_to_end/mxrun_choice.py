# SPDX-License-Identifier: BSD-2-Clause
"""mxrun --domain, --id and --dry-run."""

from lab.spool_writer import queue_for_relay
from postern_lab import LabTest, main


class Choice(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.sink_ = self.sink(host="127.0.2.71")
        self.land.config("relay.port", self.sink_.port)
        self.zone = self.land.write("zone", "a.example. MX 10 dead\ndead. A 127.0.2.79\n"
                                            "a.example. MX 20 mx.a.example.\nmx.a.example. A 127.0.2.71\n"
                                            "b.example. A 127.0.2.71\n")
        [self.a] = queue_for_relay(self.land, ["bob@a.example"])
        [self.b] = queue_for_relay(self.land, ["eve@b.example"])
        [self.both] = queue_for_relay(self.land, ["bob@a.example", "eve@b.example"])

    def mxrun(self, *options, **how):
        return self.land.mxrun("--zone", self.zone, *options, **how)

    def recipients(self):
        return sorted(path for message in self.sink_.received for path in message.forward_paths)

    def test_only_mail_for_a_domain(self):
        self.mxrun("--domain", "B.example")
        self.assertEqual(self.recipients(), ["eve@b.example"] * 2)
        self.assertEqual(len(self.land.spool_files("relay")), 2)

    def test_only_messages_with_ids_due_or_not(self):
        self.sink_.script["RCPT"] = "451 4.2.1 later"
        self.mxrun()
        self.sink_.script.clear()
        self.mxrun()
        self.assertEqual(self.recipients(), [], "not due yet")
        self.mxrun("--id", self.a, "--id", self.both)
        self.assertEqual(self.recipients(), ["bob@a.example"] * 2 + ["eve@b.example"])
        [left] = self.land.spool_files("relay")
        self.assertIn(self.b, left.name)

    def test_a_rehearsal_tells_where_all_would_go_and_does_nothing(self):
        before = {path: path.read_bytes() for path in self.land.spool_files()}
        told = self.mxrun("--dry-run").out
        hosts = f"    dead [127.0.2.79]:{self.sink_.port}\n    mx.a.example [127.0.2.71]:{self.sink_.port}\n"
        self.assertIn(f"{self.a} due now\n  bob@a.example\n{hosts}", told)
        self.assertIn(f"{self.b} due now\n  eve@b.example\n    b.example [127.0.2.71]:{self.sink_.port}\n", told)
        self.assertEqual(told.count(" due now\n"), 3)
        self.assertEqual({path: path.read_bytes() for path in self.land.spool_files()}, before)
        self.assertEqual(self.sink_.sessions, 0)
        self.assertEqual(self.mxrun("--dry-run", "--id", self.b).out.count(" due "), 1)

    def test_mistakes_are_told(self):
        for options, word in ((["--domain", "no domain"], "no domain"), (["--id", "123"], "123"),
                              (["--id", "a" * 26], "a" * 26), (["--id", "a" * 26, "--dry-run"], "a" * 26),
                              (["--watch", "--dry-run"], "--watch")):
            with self.subTest(options):
                run = self.mxrun(*options, check=False)
                self.assertEqual(run.status, 64)
                self.assertIn(word, run.err)
        self.assertEqual(self.sink_.sessions, 0)


if __name__ == "__main__":
    main()
