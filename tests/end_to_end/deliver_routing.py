# SPDX-License-Identifier: BSD-2-Clause
"""Who gets a copy: aliases, loops, catch-all, +tag, duplicates, other hosts; and the report to the sender."""

import os
import signal
import subprocess

from postern_lab import LabTest, children_of, main, send, wait_until

LETTER = b"From: bob@example.net\r\nSubject: hello\r\n\r\nhello\r\n"


class Routing(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        for user in ("alice", "carol", "dave"):
            self.account(user)
        self.land.relay("127.0.0.1")
        self.smtp = self.start(self.land)

    def account(self, name, settings="{}"):
        self.land.write(f"domains/example.org/{name}.account", settings + "\n")

    def alias(self, name, *targets):
        self.land.write(f"domains/example.org/{name}.alias", "".join(f"{target}\n" for target in targets))

    def send(self, *recipients, sender="bob@example.net"):
        send(self.smtp.address, sender, recipients, LETTER)

    def copies(self, **expected):
        """Every mailbox has as many messages as said; those not named, none."""
        for user in ("alice", "carol", "dave"):
            self.assertEqual(len(self.land.mailbox(f"{user}@example.org")), expected.get(user, 0), user)

    def open_addresses(self, file):
        """The recipients of a relay file whose members are all open."""
        addresses = [recipient["address"] for recipient in file.envelope["to"]]
        for record in file.log:
            if record["event"] == "members":
                addresses += record["to"]
        return addresses


class Aliases(Routing):
    def test_aliases_of_aliases(self):
        self.alias("all", "some", "dave@example.org")
        self.alias("some", "alice", "# nobody else", "carol")
        self.send("all@example.org")
        self.land.deliver()
        self.copies(alice=1, carol=1, dave=1)
        self.assertEqual(self.land.spool_files(), [])

    def test_a_loop_ends(self):
        self.alias("a", "b", "alice")
        self.alias("b", "a", "b", "carol")
        self.send("a@example.org")
        self.land.deliver()
        self.copies(alice=1, carol=1)
        self.assertEqual(self.land.spool_files(), [])

    def test_a_loop_without_a_way_out_waits_for_the_administrator(self):
        self.alias("a", "alice")
        self.send("a@example.org")
        self.alias("a", "b")
        self.alias("b", "a")
        self.land.deliver()
        self.assertEqual(len(self.land.queued()), 1)
        self.alias("b", "alice")
        self.land.smtpctl("queue", "retry", self.land.queued()[0].envelope["id"])
        self.land.deliver()
        self.copies(alice=1)

    def test_duplicates_are_one_copy(self):
        self.alias("all", "alice", "Alice@Example.ORG", "alice+x", "carol")
        self.send("alice@example.org", "ALICE@example.org", "alice+work@example.org", "all@example.org")
        self.land.deliver()
        self.copies(alice=1, carol=1)
        self.assertEqual(self.land.mailbox("alice@example.org")[0].parsed["Delivered-To"], "alice@example.org")

    def test_a_tag_is_told_in_delivered_to(self):
        self.send("alice+work@example.org")
        self.land.deliver()
        self.assertEqual(self.land.mailbox("alice@example.org")[0].parsed["Delivered-To"], "alice+work@example.org")

    def test_a_catch_all(self):
        self.land.write("domains/example.org/domain.json", '{"catch_all": "carol"}\n')
        self.send("whoever@example.org", "alice@example.org")
        self.land.deliver()
        self.copies(alice=1, carol=1)

    def test_an_account_that_forwards(self):
        self.account("alice", '{"forward": ["carol", "x@example.net"]}')
        self.account("dave", '{"forward": ["carol@example.org"], "keep": false}')
        self.send("alice@example.org", "dave@example.org")
        self.land.deliver()
        self.copies(alice=1, carol=1)
        (file,) = self.land.queued()
        self.assertTrue(file.path.name.endswith("@example.net"))

    def test_a_large_alias(self):
        names = [f"m{number}" for number in range(1100)]
        for name in names:
            self.account(name)
        self.alias("all", *names)
        self.send("all@example.org")
        self.land.deliver()
        self.assertEqual({len(self.land.mailbox(f"{name}@example.org")) for name in names}, {1})
        self.assertEqual(self.land.spool_files(), [])


class OtherHosts(Routing):
    def test_the_file_itself_goes_to_the_relay_lane(self):
        self.send("alice@example.org", "x@example.net", "y@example.net")
        self.land.deliver()
        self.copies(alice=1)
        (file,) = self.land.queued()
        self.assertEqual(file.path.parent, self.land.spool / "relay/now")
        self.assertEqual(file.path.name, f"5.{file.envelope['id']}@example.net")
        self.assertEqual(file.content.split(b"\r\n\r\n")[-1], b"hello\r\n")

    def test_several_domains_are_a_plus_sign(self):
        self.send("x@example.net", "y@example.com")
        self.land.deliver()
        (file,) = self.land.queued()
        self.assertEqual(file.path.name, f"5.{file.envelope['id']}@+")

    def test_remote_ones_are_split_off_while_a_mailbox_is_in_trouble(self):
        self.send("alice@example.org", "x@example.net")
        account = self.land.write("domains/example.org/alice.account", "")
        self.land.deliver()
        here, elsewhere = self.land.queued()
        self.assertIn("received", here.path.parts)
        self.assertIn("relay", elsewhere.path.parts)
        self.assertEqual(self.open_addresses(elsewhere), ["x@example.net"])
        self.assertEqual(elsewhere.envelope["parent"], here.envelope["id"])
        self.assertEqual(elsewhere.content, here.content)
        account.write_text("{}")
        self.land.smtpctl("queue", "retry", here.envelope["id"])
        self.land.deliver()
        self.copies(alice=1)
        self.assertEqual([file.path for file in self.land.queued()], [elsewhere.path])


class Reports(Routing):
    def test_an_unknown_member_is_reported_in_a_form_that_programs_read(self):
        self.alias("all", "alice", "nobody")
        self.send("all@example.org", sender="carol@example.org")
        self.land.deliver()
        self.land.deliver()
        self.copies(alice=1, carol=1)
        report = self.land.mailbox("carol@example.org")[0].parsed
        self.assertEqual(report["Return-Path"], "<>")
        self.assertEqual(report["Auto-Submitted"].split(";")[0].strip(), "auto-replied")
        self.assertEqual(report.get_content_type(), "multipart/report")
        self.assertEqual(report.get_param("report-type"), "delivery-status")
        words, status, original = report.iter_parts()
        self.assertEqual(words.get_content_type(), "text/plain")
        self.assertIn("nobody@example.org", words.get_content())
        self.assertEqual(status.get_content_type(), "message/delivery-status")
        message, recipient = status.get_payload()
        self.assertIn("mx.example.org", message["Reporting-MTA"])
        self.assertEqual(recipient["Final-Recipient"].replace(" ", ""), "rfc822;nobody@example.org")
        self.assertEqual(recipient["Action"], "failed")
        self.assertEqual(recipient["Status"], "5.1.1")
        self.assertIn("Subject: hello", original.as_string())
        self.assertNotIn(str(self.land.root), self.land.mailbox("carol@example.org")[0].raw.decode())
        self.assertEqual(self.land.spool_files(), [])

    def test_one_report_tells_of_all_that_failed(self):
        self.alias("all", "nobody", "noone")
        self.send("all@example.org", sender="carol@example.org")
        self.land.deliver()
        self.land.deliver()
        (report,) = self.land.mailbox("carol@example.org")
        self.assertIn(b"nobody@example.org", report.raw)
        self.assertIn(b"noone@example.org", report.raw)

    def test_a_report_for_another_host_goes_to_the_relay_lane(self):
        self.alias("all", "nobody")
        self.send("all@example.org", sender="bob@example.net")
        self.land.deliver()
        self.land.deliver()
        (report,) = self.land.queued()
        self.assertIn("relay", report.path.parts)
        self.assertEqual(self.open_addresses(report), ["bob@example.net"])


class TheProgram(Routing):
    def test_it_is_silent_unless_told_otherwise(self):
        self.send("alice@example.org")
        run = self.land.deliver()
        self.assertEqual((run.out, run.err), ("", ""))
        self.send("alice@example.org")
        self.assertIn("alice@example.org", self.land.deliver("-v").out)

    def test_the_wrong_command_line(self):
        self.assertEqual(self.land.deliver("--nonsense", check=False).status, 64)
        self.assertIn("deliver", self.land.deliver("--version").out)

    def test_stopped_it_leaves_the_spool_alone(self):
        self.send("alice@example.org")
        self.land.smtpctl("stop")
        self.land.deliver()
        self.copies()
        self.land.smtpctl("start")
        self.land.deliver()
        self.copies(alice=1)

    def test_a_broken_config(self):
        self.land.write("config.json", "{")
        self.assertEqual(self.land.deliver(check=False).status, 78)

    def test_sigterm_ends_it_between_two_messages(self):
        for _ in range(40):
            self.send("alice@example.org")
        deliver = subprocess.Popen(["strace", "-o", "/dev/null", "-f", "-e", "inject=fsync:delay_enter=50000",
                                    *self.land.command("deliver")], stderr=subprocess.PIPE)
        self.addCleanup(deliver.stderr.close)
        wait_until(lambda: self.land.mailbox("alice@example.org"), what="the first message")
        [traced] = children_of(deliver.pid)
        os.kill(traced, signal.SIGTERM)
        self.assertEqual(deliver.wait(20), 0)
        done = len(self.land.mailbox("alice@example.org"))
        self.assertLess(done, 40)
        self.assertEqual(len(self.land.queued()), 40 - done)
        self.assertEqual({tuple(file.events()) for file in self.land.queued()}, {()})
        self.land.deliver()
        self.copies(alice=40)


if __name__ == "__main__":
    main()
