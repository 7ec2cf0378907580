# SPDX-License-Identifier: BSD-2-Clause
"""smtpctl quarantine list, show, release and remove with messages that were found not to be valid."""

import fcntl
import json

from lab.client import Client
from postern_lab import LabTest, main, send

CONTENT = b"Subject: hello\r\n\r\nsome words\r\n"
REASON = "From, octet 16: is missing"


class Quarantine(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        self.land.config("validation.mode", "quarantine")
        service = self.start(self.land)
        for sender in ("bob@example.net", "eve@example.net"):
            send(service.address, sender, ["alice@example.org"], CONTENT)
        send(service.address, "bob@example.net", ["alice@example.org"], b"From: bob@example.net\r\n" + CONTENT)

    def order(self, *words, check=True):
        return self.land.smtpctl("quarantine", *words, check=check)

    def listed(self):
        return {m["from"].split("@")[0]: m for m in map(json.loads, self.order("list", "--json").out.splitlines())}

    def test_only_what_is_not_valid_lies_there_and_the_log_says_why(self):
        self.assertEqual(set(self.listed()), {"bob", "eve"})
        self.assertEqual(len(self.land.queue()), 1)
        self.assertEqual(self.land.log_text().count(f'reason="{REASON}"'), 2, self.land.log_text())
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 1)
        self.assertEqual(set(self.listed()), {"bob", "eve"}, "no runner looks there")
        self.assertEqual(self.land.smtpctl("spool", "check").out, "")

    def test_lists_and_shows_say_what_is_wrong(self):
        eve = self.listed()["eve"]
        self.assertEqual((eve["place"], eve["held_for"], eve["size"] > len(CONTENT)), ("quarantine", REASON, True))
        self.assertRegex(self.order("list").out, rf"{eve['id']}  quarantine  quarantine  \d+  <eve@example.net> -> "
                                                 rf"alice@example.org\n    {REASON}\n")
        self.assertIn(f"\nHeld: {REASON}\n", self.order("show", eve["id"]).out)
        self.assertEqual(json.loads(self.order("show", eve["id"], "--json").out), eve)
        self.assertTrue(self.order("show", eve["id"], "--content").out.endswith(CONTENT.decode()))

    def test_what_is_released_is_delivered(self):
        self.order("release", self.listed()["eve"]["id"])
        self.assertEqual(set(self.listed()), {"bob"})
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 2)
        self.assertIn(" released ", self.land.log_text())

    def test_what_is_removed_is_gone(self):
        self.order("remove", "--from", "eve@example.net")
        self.assertEqual(set(self.listed()), {"bob"})
        self.order("remove", "--all")
        self.assertEqual(self.listed(), {})
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 1)

    def test_the_queue_and_the_quarantine_do_not_see_each_other(self):
        queued, quarantined = self.land.queue()[0]["id"], self.listed()["eve"]["id"]
        for words in (("release", queued), ("remove", queued), ("show", queued)):
            self.assertEqual(self.order(*words, check=False).status, 66, words)
        for words in (("release", quarantined), ("remove", quarantined), ("show", quarantined)):
            self.assertEqual(self.land.smtpctl("queue", *words, check=False).status, 66, words)
        self.land.smtpctl("queue", "remove", "--all")
        self.assertEqual(set(self.listed()), {"bob", "eve"})

    def test_what_somebody_works_on_is_left(self):
        busy = self.land.spool / "quarantine" / self.listed()["eve"]["id"]
        with open(busy, "rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            self.assertEqual(self.order("release", busy.name, check=False).status, 75)
        self.order("release", busy.name)

    def test_ids_are_checked(self):
        self.assertEqual(self.order("show", "x", check=False).status, 65)
        self.assertEqual(self.order("release", "x", check=False).status, 65)
        self.assertEqual(self.order("release", check=False).status, 64)

    def test_status_counts_them(self):
        self.assertIn("\nInvalid:   2\n", self.land.smtpctl("status").out)
        self.assertEqual(json.loads(self.land.smtpctl("status", "--json").out)["quarantined"], 2)

    def test_without_the_directory_no_session_begins(self):
        self.order("remove", "--all")
        (self.land.spool / "quarantine").rmdir()
        with Client(self.start(self.land).address) as client:
            self.assertEqual(client.banner[0], 421)


if __name__ == "__main__":
    main()
