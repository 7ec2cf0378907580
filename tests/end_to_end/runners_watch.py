# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180 PROCESSORS 2
"""deliver and mxrun that watch: each kind of call, and what makes them stay or end."""

import os
import shutil
import signal
import time

from postern_lab import Client, main, send, wait_until
from postern_watch import AWAY, CONTENT, USERS, Watching, workers


class Calls(Watching):
    def test_sigusr1_is_a_call(self):
        watcher = self.watch("deliver")
        self.queue_unseen()
        watcher.signal(signal.SIGUSR1)
        self.wait_for_mail()

    def test_sigusr1_for_a_worker_is_one_too(self):
        watcher = self.watch("deliver")
        self.queue_unseen()
        os.kill(workers(watcher)[0], signal.SIGUSR1)
        self.wait_for_mail()

    def test_a_deliver_that_finds_no_place_wakes_the_others_and_ends(self):
        self.watch("deliver")
        self.queue_unseen()
        run = self.land.deliver()
        self.assertEqual((run.out, run.err), ("", ""))
        self.wait_for_mail()

    def test_a_second_watcher_wakes_the_first_and_ends(self):
        self.watch("deliver")
        self.queue_unseen()
        run = self.land.deliver("--watch")
        self.assertEqual((run.out, run.err), ("", ""))
        self.wait_for_mail()

    def test_a_second_mxrun_wakes_the_first_and_ends(self):
        sink, zone = self.route_away()
        self.watch("mxrun", "--zone", zone)
        shutil.move(self.land.root / "run/wake.d/mxrun", self.land.root / "run/mxrun")
        smtp = self.start(self.land)
        send(smtp.address, USERS[0], [AWAY], CONTENT)
        self.land.deliver()
        shutil.move(self.land.root / "run/mxrun", self.land.root / "run/wake.d/mxrun")
        time.sleep(0.3)
        self.assertEqual(sink.received, [])
        run = self.land.mxrun()
        self.assertEqual((run.out, run.err), ("", ""))
        wait_until(lambda: len(sink.received) == 1, what="the sink to get it")

    def test_what_mxrun_reports_is_delivered_at_once(self):
        self.land.relay("127.0.0.1")
        zone = self.land.write("zone", "")
        self.watch("deliver")
        self.watch("mxrun", "--zone", zone)
        send(self.start(self.land).address, USERS[0], ["bob@nowhere.example"], CONTENT)
        self.wait_for_mail()
        self.assertIn(b"nowhere.example", self.land.mailbox(USERS[0])[0].raw)

    def test_what_deliver_reports_is_delivered_at_once(self):
        self.land.alias("list@example.org", "gone@example.org")
        self.watch("deliver")
        send(self.start(self.land).address, USERS[0], ["list@example.org"], CONTENT)
        self.wait_for_mail()

    def test_smtpctl_queue_retry_is_a_call(self):
        send(self.start(self.land).address, "alice@example.net", ["user1@example.org"], CONTENT)
        self.land.write("domains/example.org/user1.account", "oops\n")
        self.watch("deliver")
        wait_until(lambda: self.land.queue() and self.land.queue()[0].get("due"), what="the message to be put off")
        self.land.write("domains/example.org/user1.account", "{}\n")
        self.land.smtpctl("queue", "retry", self.land.queue()[0]["id"])
        self.wait_for_mail(user="user1@example.org")


class Staying(Watching):
    def test_a_killed_worker_is_followed_by_another(self):
        watcher = self.watch("deliver")
        before = workers(watcher)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: len(workers(watcher)) == 2 and not set(before) & set(workers(watcher)))
        self.assertEqual(len(self.land.log_lines("runner_died")), 2)

    def test_workers_end_with_their_watcher(self):
        watcher = self.watch("deliver")
        left = workers(watcher)
        watcher.signal(signal.SIGKILL)
        wait_until(lambda: not any(os.path.exists(f"/proc/{pid}/fd/0") for pid in left))

    def test_sigterm_ends_all_in_silence(self):
        for name in ("deliver", "mxrun"):
            watcher = self.watch(name)
            left = workers(watcher)
            watcher.signal(signal.SIGTERM)
            self.assertEqual(watcher.popen.wait(10), 0)
            self.assertEqual(watcher.output(), "")
            self.assertFalse(any(os.path.exists(f"/proc/{pid}") for pid in left))

    def test_stopped_it_leaves_the_spool_alone_until_it_is_started(self):
        send(self.start(self.land).address, "alice@example.net", [USERS[0]], CONTENT)
        self.land.smtpctl("stop")
        self.watch("deliver")
        time.sleep(0.3)
        self.assertEqual(self.land.mailbox(USERS[0]), [])
        self.land.smtpctl("start")
        self.wait_for_mail()

    def test_changed_settings_count_at_once(self):
        watcher = self.watch("deliver")
        before = workers(watcher)
        self.land.config("queue.runners", 3)
        wait_until(lambda: len(workers(watcher)) == 3)
        self.land.config("queue.runners", 1)
        wait_until(lambda: len(workers(watcher)) == 1)
        self.assertFalse(set(before) & set(workers(watcher)))
        send(self.start(self.land).address, "alice@example.net", [USERS[0]], CONTENT)
        self.wait_for_mail()
        self.assertEqual(watcher.output(), "")

    def test_with_broken_settings_mail_goes_on_by_the_old_ones(self):
        smtp = self.start(self.land)
        watcher = self.watch("deliver")
        with Client(smtp.address) as client:   # has begun with the old settings, too
            client.hello()
            self.land.write("config.json", "{\n")
            for count in (1, 2):
                client.expect(250, "MAIL FROM:<alice@example.net>")
                client.expect(250, f"RCPT TO:<{USERS[0]}>")
                self.assertEqual(client.content(CONTENT)[0], 250)
                self.wait_for_mail(count)
        self.assertLessEqual(len(self.land.log_lines("settings_not_taken")), 2)   # once each worker
        self.assertGreaterEqual(len(self.land.log_lines("settings_not_taken")), 1)
        self.assertEqual(len(workers(watcher)), 2)

    def test_wrong_settings_are_told_at_the_start(self):
        self.land.write("config.json", "{\n")
        for name in ("deliver", "mxrun"):
            run = self.land.run(name, "--watch", check=False)
            self.assertEqual((run.status, run.out, run.err.count("\n")), (78, "", 1))

    def test_trouble_is_one_line_however_long_it_lasts(self):
        watcher = self.watch("deliver")
        shutil.move(self.land.spool / "received", self.land.spool / "elsewhere")
        for _ in range(3):
            watcher.signal(signal.SIGUSR1)
            time.sleep(0.3)
        lines = watcher.output().splitlines()
        self.assertIn(len(lines), (1, 2), lines)   # of each worker
        self.assertTrue(all(line.startswith("deliver: ") for line in lines), lines)
        shutil.move(self.land.spool / "elsewhere", self.land.spool / "received")


if __name__ == "__main__":
    main()
