# SPDX-License-Identifier: BSD-2-Clause
"""smtpctl spool check and repair with messages in the spool."""

import json
import threading

from postern_lab import LabTest, main, send

CONTENT = b"From: bob@example.net\r\nSubject: hello\r\n\r\nsome words\r\n"


class Spool(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        self.service = self.start(self.land)

    def queue(self):
        send(self.service.address, "bob@example.net", ["alice@example.org"], CONTENT)
        return max(self.land.spool_files("received"), key=lambda path: path.stat().st_mtime_ns)

    def check(self):
        run = self.land.smtpctl("spool", "check", "--json", check=False)
        found = [json.loads(line) for line in run.out.splitlines()]
        self.assertEqual(run.status, 65 if found else 0, run.err)
        return [problem["kind"] for problem in found]

    def repair(self):
        run = self.land.smtpctl("spool", "repair", "--json", check=False)
        return [(line["kind"], line["result"]) for line in map(json.loads, run.out.splitlines())]

    def test_a_message_under_a_wrong_name_is_found_mended_and_delivered(self):
        path = self.queue()
        path.rename(path.with_name(path.name + ".bak"))
        self.land.deliver()
        self.assertEqual(self.check(), ["illegal_name"])
        self.assertEqual(self.repair(), [("illegal_name", "mended")])
        self.assertEqual(self.check(), [])
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 1)
        self.assertIn(" repaired ", self.land.log_text())

    def test_a_damaged_message_is_kept_and_a_saved_one_comes_back(self):
        path = self.queue()
        sound = path.read_bytes()
        path.write_bytes(sound.replace(b"some words", b"sane words"))
        self.assertEqual(self.check(), ["damaged"])
        self.assertEqual(self.repair(), [("damaged", "mended")])
        kept = self.land.spool / "damaged" / path.name
        self.assertEqual(self.check(), ["damaged"])
        kept.write_bytes(sound)
        self.assertEqual(self.repair(), [("sound", "mended")])
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 1)

    def test_work_in_hand_is_no_problem(self):
        def work():
            for _ in range(20):
                self.queue()
                self.land.deliver()

        worker = threading.Thread(target=work)
        worker.start()
        while worker.is_alive():
            self.assertEqual(self.check(), [])
        worker.join()


if __name__ == "__main__":
    main()
