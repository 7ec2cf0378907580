# SPDX-License-Identifier: BSD-2-Clause
"""examples/userland does what its comments say."""

import os
import pwd

from lab.places import AM_ROOT, SOURCE
from lab.userland import OWNER
from postern_lab import Client, LabTest, main, send

CONTENT = b"From: bob@example.net\r\nSubject: hello\r\n\r\nsome words\r\n"


class Example(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland(init=False)
        for file in sorted((SOURCE / "examples/userland").rglob("*")):
            if file.is_file():
                self.land.write(file.relative_to(SOURCE / "examples/userland"), file.read_bytes())
        if AM_ROOT:
            owner = pwd.getpwnam(OWNER)
            for place in [self.land.root, *self.land.root.rglob("*")]:
                os.chown(place, owner.pw_uid, owner.pw_gid)
        self.land.smtpctl("init")
        self.address = self.start(self.land).address

    def count(self, address):
        return len(self.land.mailbox(address))

    def test_it_has_no_problem(self):
        self.assertEqual(self.land.smtpctl("config", "check").out, "")

    def test_a_list_of_lists_that_names_itself_reaches_each_once(self):
        send(self.address, "bob@example.net", ["all@example.org", "Ringo@example.org", "bob+x@example.org"], CONTENT)
        self.land.deliver()
        self.assertEqual([self.count(f"{name}@example.org") for name in ("alice", "bob", "postmaster")], [1, 1, 1])
        open_addresses = {r["address"] for message in self.land.queue() for r in message["recipients"]
                          if r["state"] == "open"}
        self.assertEqual(open_addresses, {"bob@example.com", "dave@example.com"})

    def test_names_that_are_not_there_reach_the_catch_all_of_their_domain(self):
        send(self.address, "bob@example.com", ["whoever@example.net", "postmaster@example.net"], CONTENT)
        self.land.deliver()
        self.assertEqual(self.count("carol@example.net"), 1)
        self.assertEqual(self.count("postmaster@example.org"), 1)

    def test_who_is_not_here_is_refused(self):
        with Client(self.address) as client:
            client.hello()
            client.expect(250, "MAIL FROM:<bob@example.com>")
            client.expect(550, "RCPT TO:<whoever@example.org>")
            client.expect(550, "RCPT TO:<former@example.org>")
            client.expect(550, "RCPT TO:<bob@example.com>")
            client.expect(250, "RCPT TO:<POSTMASTER>")


if __name__ == "__main__":
    main()
