# SPDX-License-Identifier: BSD-2-Clause
"""Reports as people get them: late mail, the administrator's words, and mail without a sender."""

from postern_lab import LabTest, main, send

LETTER = b"From: carol@example.org\r\nSubject: hello\r\n\r\nhello\r\n"


class Reports(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        for user in ("alice", "carol"):
            self.land.write(f"domains/example.org/{user}.account", "{}\n")
        self.smtp = self.start(self.land)

    def send(self, *recipients, sender="carol@example.org"):
        send(self.smtp.address, sender, recipients, LETTER)

    def report_to(self, user):
        """The only message in a mailbox."""
        (report,) = self.land.mailbox(f"{user}@example.org")
        return report.parsed

    def status_of(self, report):
        """The fields on the first recipient."""
        _, status, _ = report.iter_parts()
        return status.get_payload()[1]

    def fail_for(self, recipient, sender="carol@example.org"):
        """A message to an account that goes before it is delivered, and what is told of it."""
        self.send(recipient, sender=sender)
        (self.land.root / f"domains/example.org/{recipient.split('@')[0]}.account").unlink()
        self.land.deliver()
        self.land.deliver()


class Late(Reports):
    def setUp(self):
        super().setUp()
        self.land.config("queue.warn_after", "1ms")
        self.send("alice@example.org")
        self.land.write("domains/example.org/alice.account", "")

    def test_the_sender_is_told_once(self):
        self.land.deliver()
        self.land.deliver()
        report = self.report_to("carol")
        self.assertEqual(report["Subject"], "Your message is delayed")
        self.assertEqual(report["Return-Path"], "<>")
        fields = self.status_of(report)
        self.assertEqual(fields["Action"], "delayed")
        self.assertTrue(fields["Status"].startswith("4."))
        self.assertTrue(fields["Will-Retry-Until"])
        (waiting,) = self.land.queued()
        self.assertEqual([record.get("purpose") for record in waiting.log if record["event"] == "child"], ["delay"])
        self.land.smtpctl("queue", "retry", waiting.envelope["id"])
        self.land.deliver()
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("carol@example.org")), 1)
        self.land.write("domains/example.org/alice.account", "{}\n")
        self.land.smtpctl("queue", "retry", waiting.envelope["id"])
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 1)
        self.assertEqual(self.land.spool_files(), [])

    def test_each_try_has_its_number_of_minutes(self):
        self.land.deliver()
        (first,) = [file for file in self.land.queued() if "parent" not in file.envelope]
        self.land.smtpctl("queue", "retry", first.envelope["id"])
        self.land.deliver()
        (waiting,) = [file for file in self.land.queued() if "parent" not in file.envelope]
        (one, two) = [record for record in waiting.log if record["event"] == "deferred"]
        self.assertLessEqual(1800, self.pause(one))
        self.assertLessEqual(self.pause(one), 1980)
        self.assertLessEqual(2700, self.pause(two))
        self.assertLessEqual(self.pause(two), 2970)

    @staticmethod
    def pause(record):
        from datetime import datetime
        at, after = (datetime.fromisoformat(record[key].replace("Z", "+00:00")) for key in ("at", "next"))
        return (after - at).total_seconds()


class Words(Reports):
    def test_the_administrators_words(self):
        self.land.write("templates/failure.txt",
                        "Subject: Nicht zugestellt: {subject}\n\nGrüß Gott,\n\n{recipients}\nFragen? 4711.\n")
        self.land.smtpctl("config", "check")
        self.fail_for("alice@example.org")
        report = self.report_to("carol")
        self.assertEqual(report["Subject"], "Nicht zugestellt: hello")
        words = next(report.iter_parts()).get_content()
        self.assertIn("Grüß Gott,\n\n  alice@example.org\n    no such user here (status 5.1.1)\n\nFragen? 4711.", words)

    def test_a_wrong_template_keeps_no_report_back(self):
        self.land.write("templates/failure.txt", "Subject: x\n\n{recipient}\n")
        check = self.land.smtpctl("config", "check", check=False)
        self.assertEqual(check.status, 78)
        self.assertIn("failure.txt: unknown placeholder {recipient}; did you mean {recipients}?", check.out)
        self.fail_for("alice@example.org")
        self.assertEqual(self.report_to("carol")["Subject"], "Your message could not be delivered")
        self.assertEqual(len(self.land.log_lines("template_not_used")), 1)


class WithoutASender(Reports):
    def test_the_postmaster_is_told(self):
        self.fail_for("alice@example.org", sender="")
        report = self.report_to("postmaster")
        self.assertEqual(report["Subject"], "A report could not be delivered")
        self.assertEqual(self.status_of(report)["Final-Recipient"], "rfc822; alice@example.org")
        self.assertEqual(self.land.spool_files(), [])

    def test_when_he_cannot_be_told_the_report_is_held(self):
        self.send("alice@example.org", sender="")
        (self.land.root / "domains/example.org/alice.account").unlink()
        (self.land.root / "domains/example.org/postmaster.account").unlink()
        self.land.deliver()
        self.assertEqual(self.land.deliver(check=False).status, 65)
        (held,) = self.land.queued()
        self.assertEqual(held.path.parent, self.land.spool / "hold")
        self.assertEqual(held.envelope["to"][0]["address"], "postmaster@example.org")
        self.assertEqual(held.events()[-1], "held")
        self.assertEqual(self.land.deliver().status, 0)


if __name__ == "__main__":
    main()
