# SPDX-License-Identifier: BSD-2-Clause
"""mxrun as a program: silence, exit status, one at a time, stopping."""

import shutil
import signal
import subprocess
import threading

from postern_lab import LabTest, main, send, wait_until

SENDER = "alice@example.org"


class Program(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser(SENDER)
        self.land.relay("127.0.0.1")
        self.zone = self.land.write("zone", "mail.example. A 127.0.1.51\n")

    def queue(self, messages=1):
        smtp = self.start(self.land)
        for _ in range(messages):
            send(smtp.address, SENDER, ["bob@mail.example"], b"From: bob@example.net\r\nSubject: hi\r\n\r\nhello\r\n")
        smtp.stop()
        self.land.deliver()

    def slow_sink(self):
        """A next hop that answers the final dot only when `go` is set."""
        self.go = threading.Event()
        sink = self.sink(host="127.0.1.51", script={"end": lambda *_: self.go.wait(20) and None})
        self.land.config("relay.port", sink.port)
        return sink

    def in_background(self):
        run = subprocess.Popen([str(word) for word in self.land.command("mxrun", "--zone", self.zone)],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(run.stdout.close)
        self.addCleanup(lambda: run.poll() is None and run.kill())
        return run

    def test_nothing_to_do_is_done_in_silence(self):
        run = self.land.mxrun()
        self.assertEqual((run.status, run.out, run.err), (0, "", ""))

    def test_the_run_directory_may_be_gone(self):
        shutil.rmtree(self.land.root / "run")
        self.assertEqual(self.land.mxrun().status, 0)

    def test_verbose_tells_each_recipient(self):
        sink = self.sink(host="127.0.1.51")
        self.land.config("relay.port", sink.port)
        self.queue()
        run = self.land.mxrun("-v", "--zone", self.zone)
        self.assertIn("delivered", run.out)
        self.assertIn("bob@mail.example", run.out)
        self.assertEqual(run.err, "")

    def test_a_second_mxrun_leaves_the_first_alone(self):
        sink = self.slow_sink()
        self.queue(3)
        first = self.in_background()
        wait_until(lambda: "DATA" in sink.verbs(), what="the first message on its way")
        second = self.land.mxrun("--zone", self.zone)
        self.assertEqual((second.status, second.out, second.err), (0, "", ""))
        self.assertEqual(sink.sessions, 1)
        self.go.set()
        self.assertEqual(first.wait(20), 0)
        self.assertEqual(len(sink.received), 3)

    def test_told_to_stop_it_finishes_the_message_in_hand(self):
        sink = self.slow_sink()
        self.queue(3)
        run = self.in_background()
        wait_until(lambda: "DATA" in sink.verbs(), what="the first message on its way")
        run.send_signal(signal.SIGTERM)
        self.go.set()
        self.assertEqual(run.wait(20), 0)
        self.assertEqual(len(sink.received), 1)
        self.assertEqual(sink.verbs()[-1], "QUIT")
        self.assertEqual(len(self.land.spool_files("relay")), 2)

    def test_killed_it_leaves_everything_to_the_next_one(self):
        sink = self.slow_sink()
        self.queue(2)
        run = self.in_background()
        wait_until(lambda: "DATA" in sink.verbs(), what="the first message on its way")
        run.kill()
        run.wait()
        self.go.set()
        self.land.mxrun("--zone", self.zone)
        self.assertEqual(self.land.spool_files(), [])
        self.assertIn(len(sink.received), (2, 3))   # the one in hand may have been taken without our knowing

    def test_stopped_it_leaves_the_spool_alone(self):
        sink = self.sink(host="127.0.1.51")
        self.land.config("relay.port", sink.port)
        self.queue()
        self.land.smtpctl("stop")
        self.assertEqual(self.land.mxrun("--zone", self.zone).status, 0)
        self.assertEqual(sink.sessions, 0)
        self.land.smtpctl("start")
        self.land.mxrun("--zone", self.zone)
        self.assertEqual(len(sink.received), 1)

    def test_mail_for_a_domain_that_became_ours_goes_back_to_deliver(self):
        self.queue()
        self.land.smtpctl("domain", "add", "mail.example")
        self.land.adduser("bob@mail.example")
        self.land.mxrun("--zone", self.zone)
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("bob@mail.example")), 1)
        self.assertEqual(self.land.spool_files(), [])

    def test_mistakes_have_a_status_and_one_line(self):
        bad = self.land.write("bad-zone", "mail.example. MX ten mx\n")
        self.land.config("relay.gateway", {"host": "127.0.1.51", "port": 25})
        for arguments, status, word in ((["--no-such-option"], 64, "no-such-option"), ([], 78, "relay.always")):
            run = self.land.mxrun(*arguments, check=False)
            self.assertEqual(run.status, status)
            self.assertIn(word, run.err)
        self.land.config("relay.always", True)
        for file, word in ((bad, "bad-zone:1"), ("/no/such/zone", "/no/such/zone")):
            run = self.land.mxrun("--zone", file, check=False)
            self.assertEqual(run.status, 78)
            self.assertIn(word, run.err)
            self.assertEqual(run.err.count("\n"), 1)

    def test_a_damaged_message_is_told(self):
        self.queue(2)
        victim = self.land.spool_files("relay")[0]
        raw = victim.read_bytes()
        victim.write_bytes(raw.replace(b"hello", b"hallo"))
        sink = self.sink(host="127.0.1.51")
        self.land.config("relay.port", sink.port)
        run = self.land.mxrun("--zone", self.zone, check=False)
        self.assertEqual(run.status, 65)
        self.assertEqual(len(sink.received), 1)
        self.assertEqual(len(self.land.spool_files("damaged")), 1)


if __name__ == "__main__":
    main()
