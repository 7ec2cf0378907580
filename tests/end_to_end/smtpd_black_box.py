# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240
"""More than a thousand dialogues with smtpd-inetd from outside, as somebody would ask who reads the RFCs and not the code.
The rows stand in black_box/; lab/dialogue.py says how they are written, lab/reply_form.py what is asked of each reply."""

import importlib
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from postern_lab import *
from lab.dialogue import TLS, Row, Wrong, play
from lab.reply_form import Malformed, check_line

sys.path.insert(0, str(Path(__file__).parent))
OF_SMTP = ["commands", "greetings", "order", "addresses", "parameters", "content", "chunking", "long_lines", "octets", "endings", "tls"]
AT_ONCE = 10


def rows_of(topic):
    return importlib.import_module(f"black_box.{topic}").ROWS


class BlackBox(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        for name in ("alice", "bob"):
            self.land.write(f"domains/example.org/{name}.account", "{}")

    def hold(self, smtp, rows, **how):
        """Every row holds at this service; all that do not are told."""
        def trouble_with(row):
            try:
                play(smtp.address, row, **how)
            except Wrong as wrong:
                return str(wrong)
            return None

        with ThreadPoolExecutor(AT_ONCE) as pool:
            wrong = [each for each in pool.map(trouble_with, rows) if each]
        self.assertEqual(wrong, [], f"{len(wrong)} of {len(rows)} dialogues:\n" + "\n".join(wrong))


class Smtp(BlackBox):
    def rows(self):
        return [row for topic in OF_SMTP for row in rows_of(topic)]

    def test_every_dialogue(self):
        rows = self.rows()
        self.assertGreater(len(rows), 1000)
        self.hold(self.start(self.land), rows)
        self.assertEqual(self.land.log_lines(" trouble ") + self.land.log_lines(" session_died "), [])

    def test_every_dialogue_in_one_piece(self):
        topics = ("commands", "order", "parameters", "content", "chunking", "long_lines", "endings")
        rows = [row for topic in topics for row in rows_of(topic) if row.sent() and len(row.sent()) < 100_000]
        self.hold(self.start(self.land), rows, at_once=True)

    def test_dialogues_octet_by_octet_under_a_superserver(self):
        rows = [row for topic in ("commands", "content", "chunking", "endings") for row in rows_of(topic)
                if row.sent() and len(row.sent()) < 500]
        self.hold(self.start(self.land, "tcpserver"), rows, pieces=1)

    def test_dialogues_in_tls(self):
        begin = [["EHLO client.example", "250 "], ["STARTTLS", "220 2.0.0", TLS]]
        rows = [Row(row.name, *begin, *row.steps) for topic in ("content", "chunking", "endings") for row in rows_of(topic)]
        self.hold(self.start(self.land), rows)

    def test_nothing_that_was_smuggled_is_there(self):
        rows = [row for row in rows_of("content") if row.name.startswith("smuggling")]
        smtp = self.start(self.land)
        for row in rows:
            play(smtp.address, row)
        self.assertLessEqual(len(self.land.queued()), len(rows))
        for queued in self.land.queued():
            self.assertEqual(queued.envelope["from"], "carol@example.net")

    def test_nothing_that_was_not_ended_is_there(self):
        smtp = self.start(self.land)
        rows = [row for row in rows_of("endings") if "is no message" in row.name]
        self.hold(smtp, rows)
        self.assertEqual(self.land.queued(), [])


class Others(BlackBox):
    def test_friends(self):
        self.land.write("domains/example.org/staff.alias", "alice\nbob\n")
        self.land.config("smtp.vrfy", "relay")
        self.land.config("smtp.expn", "relay")
        self.land.config("smtp.etrn", "relay")
        self.land.relay("127.0.0.1")
        self.hold(self.start(self.land), rows_of("friends"))

    def test_limits(self):
        for name, value in (("message_size", 2000), ("recipients", 100), ("bad_commands", 5), ("idle_commands", 10),
                            ("bad_recipients", 3)):
            self.land.config(f"limits.{name}", value)
        self.hold(self.start(self.land), rows_of("limits"))
        self.assertEqual(len(self.land.log_lines("452 4.5.3")), 1)     # of one transaction, however many they are

    def test_pipelining_by_the_rules(self):
        self.land.config("smtp.pipelining", "strict")
        self.hold(self.start(self.land), rows_of("strictly"))

    def test_tls_required(self):
        self.land.config("services.smtp.tls", "required")
        self.hold(self.start(self.land), rows_of("required"))

    def test_silence(self):
        self.land.config("limits.idle", "2s")     # enough for the steps before on a busy machine
        self.land.config("limits.content_idle", "2s")
        self.hold(self.start(self.land), rows_of("waiting"))
        self.assertEqual(len(self.land.queued()), 1)     # the one that was whole

    def test_lmtp(self):
        self.hold(self.start(self.land, "listen", "--service", "lmtp"), rows_of("lmtp"))

    def test_submission(self):
        self.land.smtpctl("passwd", "alice@example.org", "--password-stdin", input="secret\n")
        self.hold(self.start(self.land, "listen", "--service", "submission"), rows_of("login"))


class Replies(unittest.TestCase):
    def test_what_no_reply_may_look_like(self):
        for line, before, verb in ((b"250 OK\n", None, None), (b"250\r\n", None, None), (b"250\tOK\r\n", None, None),
                                   (b"25 OK\r\n", None, None), (b"650 OK\r\n", None, None), (b"250 \xc3\xa4\r\n", None, None),
                                   (b"250 " + b"a" * 507 + b"\r\n", None, None), (b"550 2.1.1 no\r\n", None, None),
                                   (b"550 x\r\n", b"250-x\r\n", None), (b"250 2.1.5 x\r\n", b"250-2.1.0 x\r\n", None),
                                   (b"250 OK\r\n", None, "NOOP"), (b"250 2.0.0 x\r\n", None, "EHLO"),
                                   (b"354 2.0.0 x\r\n", None, "DATA"), (b"550 5.0.0 x\r\n", None, "NOOP")):
            with self.subTest(line), self.assertRaises(Malformed):
                check_line(line, before, verb)
        check_line(b"250 2.0.0 OK\r\n", b"250-2.0.0 OK\r\n", "RSET")


main()
