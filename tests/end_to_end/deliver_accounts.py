# SPDX-License-Identifier: BSD-2-Clause
"""Trouble with files of the userland is temporary: 451 for the sender, deferred in the spool, no bounce."""

import os

from postern_lab import Client, LabTest, main, send

LETTER = b"From: bob@example.net\r\nSubject: hello\r\n\r\nhello\r\n"


class TroubleWithAccounts(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        for user in ("alice", "carol"):
            self.land.write(f"domains/example.org/{user}.account", "{}\n")
        self.land.write("domains/example.org/all.alias", "alice\ncarol\n")
        self.smtp = self.start(self.land)

    def rcpt(self, address):
        with Client(self.smtp.address) as client:
            client.hello()
            client.expect(250, "MAIL FROM:<carol@example.org>")
            return client.say(f"RCPT TO:<{address}>")

    def check_trouble(self, recipient, file, make_trouble, end_trouble):
        """A message that is queued already meets the trouble in deliver, a new one at RCPT."""
        path = self.land.root / file
        send(self.smtp.address, "carol@example.org", [recipient], LETTER)
        make_trouble(path)
        self.assertEqual(self.rcpt(recipient)[0], 451)
        self.land.deliver()
        self.land.deliver()
        waiting = self.land.queued()
        self.assertEqual(len(waiting), 1)
        self.assertIn("deferred", waiting[0].events())
        self.assertEqual(waiting[0].envelope["from"], "carol@example.org")
        self.assertEqual(self.mail(), {"alice": 0, "carol": 0})
        self.assertTrue(self.land.log_lines(str(path)), "the log does not name the file")

        end_trouble(path)
        self.assertEqual(self.rcpt(recipient)[0], 250)
        self.land.smtpctl("queue", "retry", waiting[0].envelope["id"])
        self.land.deliver()
        self.assertEqual(self.land.spool_files(), [])
        return self.mail()

    def mail(self):
        return {user: len(self.land.mailbox(f"{user}@example.org")) for user in ("alice", "carol")}

    @staticmethod
    def make_unreadable(path):
        os.chown(path, os.getuid(), os.getgid())
        path.chmod(0)

    @staticmethod
    def make_readable(path):
        path.chmod(0o644)

    def test_an_unreadable_account(self):
        mail = self.check_trouble("alice@example.org", "domains/example.org/alice.account",
                                  self.make_unreadable, self.make_readable)
        self.assertEqual(mail, {"alice": 1, "carol": 0})

    def test_an_empty_account(self):
        mail = self.check_trouble("alice@example.org", "domains/example.org/alice.account",
                                  lambda path: path.write_text(""), lambda path: path.write_text("{}"))
        self.assertEqual(mail, {"alice": 1, "carol": 0})

    def test_an_account_that_makes_no_sense(self):
        self.check_trouble("alice@example.org", "domains/example.org/alice.account",
                           lambda path: path.write_text('{"keep":'), lambda path: path.write_text("{}"))

    def test_an_unreadable_alias(self):
        mail = self.check_trouble("all@example.org", "domains/example.org/all.alias",
                                  self.make_unreadable, self.make_readable)
        self.assertEqual(mail, {"alice": 1, "carol": 1})

    def test_an_empty_alias(self):
        self.check_trouble("all@example.org", "domains/example.org/all.alias",
                           lambda path: path.write_text(""), lambda path: path.write_text("alice\n"))

    def test_an_unreadable_domain(self):
        self.check_trouble("alice@example.org", "domains/example.org", self.make_unreadable,
                           lambda path: path.chmod(0o755))

    def test_an_unreadable_account_behind_an_alias_holds_all_its_members_back(self):
        send(self.smtp.address, "carol@example.org", ["all@example.org"], LETTER)
        account = self.land.root / "domains/example.org/carol.account"
        self.make_unreadable(account)
        self.land.deliver()
        self.assertEqual(self.mail(), {"alice": 0, "carol": 0})
        self.make_readable(account)
        self.land.smtpctl("queue", "retry", self.land.queued()[0].envelope["id"])
        self.land.deliver()
        self.assertEqual(self.mail(), {"alice": 1, "carol": 1})

    def test_an_alias_edited_between_two_tries(self):
        self.land.write("domains/example.org/dave.account", "{}\n")
        send(self.smtp.address, "bob@example.net", ["all@example.org"], LETTER)
        # Carol's mailbox is in trouble, so the message stays after the first try.
        self.land.deliver()
        self.assertEqual(self.mail(), {"alice": 1, "carol": 1})
        inbox = self.land.maildir("carol@example.org") / "new"
        send(self.smtp.address, "bob@example.net", ["all@example.org"], LETTER)
        self.make_unreadable(inbox)
        self.land.deliver()
        self.land.write("domains/example.org/all.alias", "dave\nalice\n")
        self.land.deliver()
        inbox.chmod(0o777)
        self.land.smtpctl("queue", "retry", self.land.queued()[0].envelope["id"])
        self.land.deliver()
        self.assertEqual(self.mail(), {"alice": 2, "carol": 2})
        self.assertEqual(self.land.mailbox("dave@example.org"), [])
        self.assertEqual(self.land.spool_files(), [])


if __name__ == "__main__":
    main()
