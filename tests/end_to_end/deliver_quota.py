# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180
"""Quotas: a full mailbox is told at RCPT, waits at delivery, and has room again when its owner deletes mail."""

import os
import pwd
import unittest

from postern_lab import Client, LabTest, Mutt, main, send

ALICE = "alice@example.org"
BOB = "bob@example.net"


def letter(number, size=950):
    head = f"From: bob@example.net\r\nSubject: letter {number}\r\n\r\n".encode()
    return head + (b"x" * 70 + b"\r\n") * ((size - len(head)) // 72)


class Mailbox(LabTest):
    """Alice has a mailbox for 5,120 octets."""

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.smtpctl("adduser", ALICE, "--no-password", "--quota", "5120")
        self.smtp = self.start(self.land)

    def fill(self):
        """Four letters that fit, and one that waits."""
        for number in range(5):
            send(self.smtp.address, BOB, [ALICE], letter(number))
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox(ALICE)), 4)

    def rcpt(self, size=None, address=ALICE):
        with Client(self.smtp.address) as client:
            client.hello()
            client.expect(250, f"MAIL FROM:<{BOB}>" + (f" SIZE={size}" if size else ""))
            code, text = client.say(f"RCPT TO:<{address}>")
            return f"{code} {text.split()[0]}"

    def flag(self):
        return self.land.root / "state/over-quota" / ALICE

    def maildirsize(self):
        return (self.land.maildir(ALICE) / "maildirsize").read_text().splitlines()

    def retry(self):
        for message in self.land.queue():
            self.land.smtpctl("queue", "retry", message["id"])
        self.land.deliver()


class Quota(Mailbox):
    def test_a_full_mailbox_waits_and_is_told_to_peers(self):
        self.fill()
        waiting, = self.land.queued()
        self.assertEqual([record.get("status") for record in waiting.log if record["event"] == "deferred"], ["4.2.2"])
        self.assertEqual(self.rcpt(), "452 4.2.2")
        self.assertEqual(self.rcpt(size=1000), "452 4.2.2")
        self.assertEqual(self.rcpt(size=100), "250 2.1.5", "what is left is enough for this")
        self.assertEqual(self.rcpt(address="postmaster@example.org"), "250 2.1.5")
        self.assertTrue(self.land.log_lines("452 4.2.2"))
        self.assertIn("full", self.land.smtpctl("quota", ALICE).out)

    def test_names_and_maildirsize_tell_the_sizes(self):
        self.fill()
        sizes = [mail.path.stat().st_size for mail in self.land.mailbox(ALICE)]
        for mail, size in zip(self.land.mailbox(ALICE), sizes):
            self.assertTrue(mail.path.name.endswith(f".postern,S={size}"), mail.path)
        limit, total, *rest = self.maildirsize()
        self.assertEqual(limit, "5120S")
        self.assertEqual(sum(int(line.split()[0]) for line in (total, *rest)), sum(sizes))

    def test_room_that_a_mail_program_makes_is_found_by_the_next_pass(self):
        self.fill()
        first = {mail.parsed["Subject"] for mail in self.land.mailbox(ALICE)}
        Mutt(self.folder).delete_all(self.land.maildir(ALICE))
        self.land.deliver()
        self.assertFalse(self.flag().exists())
        self.assertEqual(self.rcpt(), "250 2.1.5")
        self.retry()
        last, = self.land.mailbox(ALICE)
        self.assertEqual({f"letter {number}" for number in range(5)} - first, {last.parsed["Subject"]})
        self.assertEqual(self.land.spool_files(), [])

    def test_a_larger_quota_is_room_too(self):
        self.fill()
        self.land.smtpctl("quota", ALICE, "1M")
        self.land.deliver()
        self.assertEqual(self.rcpt(), "250 2.1.5")
        self.retry()
        self.assertEqual(len(self.land.mailbox(ALICE)), 5)

    def test_what_is_larger_than_the_quota_is_returned_at_once(self):
        self.land.adduser("carol@example.org")
        send(self.smtp.address, "carol@example.org", [ALICE], letter(0, 6000))
        self.land.deliver()
        self.land.deliver()
        report, = self.land.mailbox("carol@example.org")
        self.assertIn(b"Status: 5.2.3", report.raw)
        self.assertFalse(self.flag().exists())
        self.assertEqual(self.land.spool_files(), [])

    def test_recipients_of_one_message_each_have_their_own_schedule(self):
        """One local over quota, one remote unreachable: neither waits for the other."""
        self.fill()
        self.land.relay("127.0.0.1")
        nobody_listens = {"host": "127.0.0.1", "port": 1}
        self.land.config("relay.gateway", nobody_listens)
        self.land.config("relay.always", True)
        self.land.alias("both@example.org", ALICE, BOB)
        send(self.smtp.address, BOB, ["both@example.org"],
             b"From: bob@example.net\r\nSubject: both\r\n\r\n" + b"z" * 900 + b"\r\n")
        self.land.deliver()
        self.land.mxrun()
        both = [file for file in self.land.queued() if b"Subject: both" in file.content]
        self.assertEqual(len(both), 2, "a file for each")
        local, = [file for file in both if "received" in file.path.parts]
        remote, = [file for file in both if "relay" in file.path.parts]
        statuses = {file.path: [record["status"] for record in file.log if record["event"] == "deferred"]
                    for file in both}
        self.assertEqual(statuses[local.path], ["4.2.2"])
        self.assertEqual(len(statuses[remote.path]), 1)

        sink = self.sink()
        self.land.config("relay.gateway", {"host": "127.0.0.1", "port": sink.port})
        self.land.smtpctl("queue", "retry", remote.envelope["id"])
        self.land.mxrun()
        self.assertEqual([message.recipients for message in sink.received], [[f"<{BOB}>"]])
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox(ALICE)), 4, "the mailbox is still full")
        self.land.smtpctl("quota", ALICE, "none")
        self.retry()
        self.land.mxrun()
        self.assertEqual(len(self.land.mailbox(ALICE)), 6)
        self.assertEqual(len(sink.received), 1)
        self.assertEqual(self.land.spool_files(), [])

    @unittest.skipUnless(os.geteuid() == 0, "two users need root to become them")
    def test_sessions_of_another_user_see_the_flags(self):
        self.fill()
        group = os.stat(self.land.root).st_gid
        os.chown(self.land.spool / "incoming", pwd.getpwnam("daemon").pw_uid, group)
        os.chmod(self.land.spool / "incoming", 0o2770)
        self.assertEqual(self.rcpt(), "452 4.2.2")
        self.assertEqual(self.flag().stat().st_mode & 0o7777, 0o640)
        self.assertEqual(self.flag().parent.stat().st_mode & 0o7777, 0o750)


class WithDovecot(Mailbox):
    """The same mailbox, read by an IMAP server that keeps the quota, too."""

    def setUp(self):
        super().setUp()
        self.imap_server = self.dovecot({ALICE: self.land.maildir(ALICE)})

    def quota_of_imap(self, imap):
        """What Dovecot says: (used, limit) in KiB."""
        _, (_, (answer,)) = imap.getquotaroot("INBOX")
        words = answer.decode().rsplit("(", 1)[1].rstrip(")").split()
        self.assertEqual(words[0], "STORAGE")
        return int(words[1]), int(words[2])

    def test_mail_deleted_through_imap_makes_room_at_once(self):
        self.fill()
        with self.imap_server.imap(ALICE) as imap:
            self.assertEqual(self.quota_of_imap(imap)[1], 5, "KiB, as maildirsize says")
            self.assertEqual(imap.search(None, "ALL"), ("OK", [b"1 2 3 4"]))
            imap.store("1:2", "+FLAGS", "\\Deleted")
            imap.expunge()
        self.land.deliver()
        self.assertEqual(self.rcpt(), "250 2.1.5")
        self.retry()
        self.assertEqual(len(self.land.mailbox(ALICE)), 3)
        sizes = sum(mail.path.stat().st_size for mail in self.land.mailbox(ALICE))
        self.assertEqual(sum(int(line.split()[0]) for line in self.maildirsize()[1:]), sizes)
        with self.imap_server.imap(ALICE) as imap:
            self.assertIn(self.quota_of_imap(imap)[0], (sizes // 1024, sizes // 1024 + 1))

    def test_what_dovecot_counts_is_what_deliver_counts(self):
        with self.imap_server.imap(ALICE) as imap:
            imap.append("INBOX", None, None, letter(0, 3000))
        for number in range(3):
            send(self.smtp.address, BOB, [ALICE], letter(number))
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox(ALICE)), 2, "Dovecot's 3000 octets count")
        with self.imap_server.imap(ALICE) as imap:
            status, answer = imap.append("INBOX", None, None, letter(0, 3000))
            self.assertEqual((status, b"[OVERQUOTA]" in answer[0]), ("NO", True), answer)


if __name__ == "__main__":
    main()
