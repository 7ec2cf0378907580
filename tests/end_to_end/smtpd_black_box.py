# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240
"""Several hundred dialogues with smtpd-inetd from outside, as somebody would ask who reads the RFCs and not the code.
The rows stand in black_box/; lab/dialogue.py says how they are written."""

import importlib
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from postern_lab import *
from lab.dialogue import Wrong, play

sys.path.insert(0, str(Path(__file__).parent))
TOPICS = ["commands", "addresses", "parameters", "content", "chunking", "long_lines"]


class BlackBox(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        for name in ("alice", "bob"):
            self.land.write(f"domains/example.org/{name}.account", "{}")
        self.smtp = self.start(self.land)

    def test_every_dialogue(self):
        rows = [row for topic in TOPICS for row in importlib.import_module(f"black_box.{topic}").ROWS]
        self.assertGreater(len(rows), 300)
        with ThreadPoolExecutor(8) as pool:
            wrong = [each for each in pool.map(self.trouble_with, rows) if each]
        self.assertEqual(wrong, [], f"{len(wrong)} of {len(rows)} dialogues:\n" + "\n".join(wrong))

    def trouble_with(self, row):
        try:
            play(self.smtp.address, row)
        except Wrong as wrong:
            return str(wrong)
        return None

    def test_nothing_that_was_smuggled_is_there(self):
        rows = [row for row in importlib.import_module("black_box.content").ROWS if row.name.startswith("smuggling")]
        for row in rows:
            play(self.smtp.address, row)
        self.assertLessEqual(len(self.land.queued()), len(rows))
        for queued in self.land.queued():
            self.assertEqual(queued.envelope["from"], "carol@example.net")


main()
