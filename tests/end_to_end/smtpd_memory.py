# SPDX-License-Identifier: BSD-2-Clause
"""A session holds no message in memory: whatever comes, its own memory (RssAnon of proc(5)) stays below 2 MiB."""

import re
import threading
from pathlib import Path

from lab.one_session import OneSession
from postern_lab import *

MIB = 1024 * 1024
MOST = 2 * MIB
HEADER = b"From: bob@example.net\r\nSubject: much\r\n"
LINE = b"seventy-six octets of text, as a line of mail that was encoded usually has..\r\n"


class Watch:
    """Reads the memory of a process again and again; `most` is the largest reading."""

    def __init__(self, process):
        self._status = Path(f"/proc/{process.pid}/status")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.most, self.readings = 0, 0

    def _look(self):
        while not self._over.wait(0.002):
            found = re.search(r"^RssAnon:\s+(\d+) kB$", self._status.read_text(), re.M)
            self.most = max(self.most, int(found.group(1)) * 1024)
            self.readings += 1

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()


class Memory(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")
        self.land.config("limits.message_size", 200 * MIB)

    def begin(self, mail="MAIL FROM:<bob@example.net>", recipients=1):
        session = OneSession(self.land)
        self.addCleanup(session.__exit__)
        session.client.hello()
        session.client.expect(250, mail)
        for i in range(recipients):
            session.client.expect(250, f"RCPT TO:<alice+{i:058}@example.org>")
        return session

    def send(self, session, pieces, last=b""):
        """The reply to what was sent, and the size of what lies in the spool for it."""
        with Watch(session.process) as watch:
            for piece in pieces:
                session.client.raw(piece)
            session.client.raw(last)
            reply = session.client.reply()
        self.assertGreater(watch.readings, 20, "it was over before anybody had looked")
        self.assertLess(watch.most, MOST)
        return reply[0], sum(file.stat().st_size for file in self.land.spool_files())

    def data(self, pieces, **begin):
        session = self.begin(**begin)
        session.client.expect(354, "DATA")
        return self.send(session, pieces, b"\r\n.\r\n")

    def test_data_of_100_mib(self):
        block = LINE * (MIB // len(LINE))
        code, size = self.data([HEADER, b"\r\n", *[block] * 101])
        self.assertEqual(code, 250)
        self.assertGreater(size, 100 * MIB)

    def test_chunks_of_100_mib(self):
        session = self.begin(mail="MAIL FROM:<bob@example.net> BODY=BINARYMIME")
        block = bytes(range(256)) * (MIB // 256)
        pieces = [b"BDAT %d\r\n" % (len(HEADER) + 2), HEADER, b"\r\n", b"BDAT %d LAST\r\n" % (100 * MIB),
                  *[block] * 100]
        with Watch(session.process) as watch:
            for piece in pieces:
                session.client.raw(piece)
            replies = [session.client.reply()[0] for _ in range(2)]
        self.assertEqual(replies, [250, 250])
        self.assertGreater(watch.readings, 20)
        self.assertLess(watch.most, MOST)
        self.assertGreater(sum(file.stat().st_size for file in self.land.spool_files()), 100 * MIB)

    def test_a_line_without_an_end(self):
        self.assertEqual(self.data([HEADER, b"\r\n", *[b"x" * MIB] * 50])[0], 550)

    def test_a_header_without_an_end(self):
        for begin, more in ((b"", b"X-Long: and longer\r\n"), (b"X-Folded: a\r\n", b" b\r\n")):
            code, _ = self.data([HEADER, begin, *[more * (MIB // len(more))] * 50])
            self.assertIn(code, (250, 550, 554))

    def test_parts_without_an_end(self):
        self.land.config("validation.strictness", "strict")
        begin = (HEADER + b"Date: Thu, 26 Nov 2026 00:00:00 +0000\r\nMIME-Version: 1.0\r\n"
                 b"Content-Type: multipart/mixed; boundary=b\r\n\r\n")
        self.assertEqual(self.data([begin, *[b"--b\r\n\r\nx\r\n" * 90_000] * 50])[0], 554)

    def test_commands_without_an_end(self):
        session = self.begin(recipients=1000)
        self.assertIn(self.send(session, [b"NOOP " + b"x" * MIB] * 50, b"\r\n")[0], (500, 421))


main()
