# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180
"""How sessions end, and which do not begin: limits of time, signals, the last reply, 421. Always status 0."""

import os
import signal
import shutil
import time

from lab.one_session import OneSession
from postern_lab import *

CONTENT = b"From: bob@example.net\r\nSubject: hello\r\n\r\nworld\r\n"


class Session(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")

    def session(self, *options, **how):
        session = OneSession(self.land, *options, **how)
        self.addCleanup(session.__exit__)
        return session


class Ending(Session):
    def assert_turned_away(self, session, status):
        self.assertEqual(session.banner[0], 421)
        self.assertTrue(session.banner[1].startswith(status), session.banner)
        self.assertEqual(session.client.reply(), (0, ""))
        session.client.close()
        self.assertEqual(session.status(), 0)

    def test_a_session_ends_with_status_0(self):
        session = self.session()
        self.assertEqual(session.client.quit()[0], 221)
        self.assertEqual(session.status(), 0)

    def test_a_lost_connection_is_no_failure(self):
        session = self.session()
        session.client.close()
        self.assertEqual(session.status(), 0)

    def test_a_stopped_service_turns_away(self):
        self.land.smtpctl("stop")
        session = self.session()
        self.assert_turned_away(session, "4.3.2")
        self.assertIn("peer=127.0.0.1", self.land.log_lines(" refused ")[-1])
        self.land.smtpctl("start")
        self.assertEqual(self.session().banner[0], 220)

    def test_a_broken_config_turns_away(self):
        for broken in ("{", "", '{"limits": {"idel": "5m"}}'):
            with self.subTest(broken):
                self.land.write("config.json", broken)
                with open(self.folder / "errors", "w+b") as errors:
                    self.assert_turned_away(self.session(stderr=errors), "4.3.5")
                    errors.seek(0)
                    self.assertIn(b"config.json", errors.read())
                self.assertIn("config.json", self.land.log_lines(" not_started ")[-1])

    def test_a_spool_that_cannot_be_opened_turns_away(self):
        shutil.rmtree(self.land.spool / "received")
        self.assert_turned_away(self.session(), "4.3")
        self.assertIn("received/now", self.land.log_lines(" not_started ")[-1])

    def test_an_idle_peer_is_dismissed(self):
        self.land.config("limits.idle", "1s")
        session = self.session()
        session.client.hello()
        begin = time.monotonic()
        self.assertEqual(session.client.reply()[0], 421)
        self.assertGreater(time.monotonic() - begin, 0.8)
        self.assertEqual(session.client.reply(), (0, ""))
        session.client.close()
        self.assertEqual(session.status(), 0)

    def test_a_busy_peer_is_dismissed_when_the_session_has_lasted_too_long(self):
        self.land.config("limits.session", "2s")
        session = self.session()
        begin = time.monotonic()
        reply = session.client.hello()
        while reply[0] == 250 and time.monotonic() - begin < 20:
            time.sleep(0.1)
            reply = session.client.say("NOOP")
        self.assertEqual(reply[0], 421)
        self.assertLess(time.monotonic() - begin, 10)

    def test_the_last_reply_reaches_a_peer_that_goes_on_sending(self):
        session = self.session()
        session.client.hello()
        session.client.raw(b"QUIT\r\n" + b"NOOP\r\n" * 20000)
        self.assertEqual(session.client.reply()[0], 221)
        self.assertEqual(session.client.reply(), (0, ""))   # the end, not a reset

    def test_too_many_bad_commands_end_the_session(self):
        self.land.config("limits.bad_commands", 3)
        session = self.session()
        replies = [session.client.say("BOGUS")[0] for _ in range(4)]
        self.assertEqual(replies, [500, 500, 500, 421])
        self.assertEqual(session.client.reply(), (0, ""))


class Stopping(Session):
    """SIGTERM."""

    def test_it_says_421_while_it_waits(self):
        session = self.session()
        session.client.hello()
        session.process.send_signal(signal.SIGTERM)
        code, text = session.client.reply()
        self.assertEqual((code, text[:5]), (421, "4.3.2"))
        self.assertEqual(session.client.reply(), (0, ""))
        session.client.close()
        self.assertEqual(session.status(), 0)

    def test_a_message_that_has_not_ended_is_not_taken(self):
        session = self.session()
        session.client.hello()
        session.client.expect(250, "MAIL FROM:<bob@example.net>")
        session.client.expect(250, "RCPT TO:<alice@example.org>")
        session.client.expect(354, "DATA")
        session.client.raw(b"From: bob@example.net\r\nSubject: half\r\n")
        wait_until(lambda: self.land.spool_files("incoming"), what="the message to begin")
        session.process.send_signal(signal.SIGTERM)
        self.assertEqual(session.client.reply()[0], 421)
        session.client.close()
        self.assertEqual(session.status(), 0)
        self.assertEqual(self.land.spool_files(), [])

    def test_a_commit_is_finished_first(self):
        # Each fsync takes half a second, so that the signal falls into the middle of the commit.
        trace = ["strace", "-f", "-o", self.folder / "trace", "-e", "trace=fsync", "-e",
                 "inject=fsync:delay_enter=500000"]
        session = self.session(prefix=trace)
        session.client.hello()
        session.client.expect(250, "MAIL FROM:<bob@example.net>")
        session.client.expect(250, "RCPT TO:<alice@example.org>")
        session.client.expect(354, "DATA")
        session.client.raw(CONTENT + b".\r\n")
        time.sleep(0.3)
        [pid] = children_of(session.process.pid)
        os.kill(pid, signal.SIGTERM)
        self.assertEqual(session.client.reply()[0], 250)
        self.assertEqual(session.client.reply()[0], 421)
        self.assertEqual(len(self.land.queued()), 1)
        self.assertEqual((self.folder / "trace").read_text().count("fsync("), 2)


if __name__ == "__main__":
    main()
