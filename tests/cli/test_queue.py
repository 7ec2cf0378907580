# SPDX-License-Identifier: BSD-2-Clause
"""smtpctl queue and status with messages in the spool."""

import fcntl
import json
import re

from postern_lab import LabTest, main, send

CONTENT = b"From: bob@example.net\r\nSubject: hello\r\n\r\nsome words\r\n"


class Queue(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        service = self.start(self.land)
        send(service.address, "bob@example.net", ["alice@example.org", "postmaster@example.org"], CONTENT)
        [self.file] = self.land.queued()
        self.id = self.file.path.name

    def test_a_waiting_message_is_listed(self):
        [listed] = self.land.queue()
        self.assertEqual((listed["id"], listed["place"], listed["from"]), (self.id, "received", "bob@example.net"))
        self.assertEqual([(r["address"], r["state"]) for r in listed["recipients"]],
                         [("alice@example.org", "open"), ("postmaster@example.org", "open")])
        line = self.land.smtpctl("queue", "list").out
        self.assertRegex(line, rf"^{self.id}  received  now  \d+  <bob@example.net> -> "
                               r"alice@example.org postmaster@example.org\n$")

    def test_messages_are_picked_by_recipient(self):
        self.assertIn(self.id, self.land.smtpctl("queue", "list", "--to", "Alice@example.org").out)
        self.assertEqual(self.land.smtpctl("queue", "list", "--to", "carol@example.org").out, "")

    def test_a_message_is_shown_and_so_is_its_content(self):
        shown = self.land.smtpctl("queue", "show", self.id).out
        for line in (f"Id: {self.id}", f"File: {self.file.path}", "From: <bob@example.net>",
                     "To: alice@example.org  open"):
            self.assertIn(line + "\n", shown)
        self.assertEqual(json.loads(self.land.smtpctl("queue", "show", self.id, "--json").out)["id"], self.id)
        content = self.land.smtpctl("queue", "show", self.id, "--content").out
        self.assertTrue(content.endswith(CONTENT.decode()), content)
        self.assertEqual(content.encode(), self.file.content)

    def test_a_message_that_a_runner_works_on_is_waited_for(self):
        with open(self.file.path, "rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            run = self.land.smtpctl("queue", "retry", self.id, check=False)
        self.assertEqual(run.status, 75, run.err)
        self.land.smtpctl("queue", "retry", self.id)

    def test_a_message_that_is_put_off_is_due_again_after_retry(self):
        self.land.write("domains/example.org/alice.account", "")
        self.land.deliver()
        [put_off] = self.land.queue()
        self.assertEqual(put_off["place"], "received")
        self.assertIn("due", put_off)
        states = {r["address"]: r for r in put_off["recipients"]}
        self.assertEqual(states["postmaster@example.org"]["state"], "delivered")
        self.assertEqual(states["alice@example.org"]["tries"], 1)
        self.assertEqual(self.status()["received"]["waiting"], 1)
        self.land.write("domains/example.org/alice.account", "{}")
        self.land.smtpctl("queue", "retry", self.id)
        self.assertEqual(self.status()["received"], {"due": 1, "waiting": 0})
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 1)
        self.assertEqual(self.land.smtpctl("queue", "list").out, "")

    def test_a_damaged_message_is_told_by_list_and_status(self):
        octets = self.file.path.read_bytes()
        self.file.path.write_bytes(octets.replace(b"some words", b"sane words"))
        self.assertEqual(self.land.deliver(check=False).status, 65)
        self.assertEqual(self.status()["damaged"], 1)
        [listed] = self.land.queue()
        self.assertEqual((listed["id"], listed["place"]), (self.id, "damaged"))
        self.assertTrue(listed["trouble"])
        self.assertEqual(self.land.smtpctl("queue", "show", self.id, check=False).status, 65)
        self.assertTrue(re.search(self.id, self.status()["last_problem"]), self.status())

    def test_while_stopped_mail_stays_where_it_is(self):
        self.land.smtpctl("stop")
        self.land.deliver()
        self.assertEqual(self.status()["received"]["due"], 1)
        self.assertTrue(self.status()["stopped"])
        self.land.smtpctl("start")
        self.land.deliver()
        self.assertEqual(self.status()["received"]["due"], 0)

    def status(self):
        return json.loads(self.land.smtpctl("status", "--json").out)


if __name__ == "__main__":
    main()
