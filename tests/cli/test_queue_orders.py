# SPDX-License-Identifier: BSD-2-Clause
"""smtpctl queue hold, release, remove and retry with messages in the spool."""

import fcntl
import json

from postern_lab import LabTest, main, send

CONTENT = b"From: bob@example.net\r\nSubject: hello\r\n\r\nsome words\r\n"


class QueueOrders(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        service = self.start(self.land)
        for sender, to in (("bob@example.net", "alice@example.org"), ("eve@example.net", "alice@example.org"),
                           ("bob@example.net", "postmaster@example.org")):
            send(service.address, sender, [to], CONTENT)

    def order(self, *words, check=True):
        return self.land.smtpctl("queue", *words, check=check)

    def places(self):
        return {(m["from"].split("@")[0], m["recipients"][0]["address"].split("@")[0]): m["place"]
                for m in self.land.queue()}

    def id_of(self, sender, to):
        [found] = [m["id"] for m in self.land.queue()
                   if m["from"].startswith(sender) and m["recipients"][0]["address"].startswith(to)]
        return found

    def test_what_is_held_is_not_delivered_until_it_is_released(self):
        held = self.id_of("eve", "alice")
        self.order("hold", held, "--reason", "asked to wait")
        self.land.deliver()
        self.assertEqual(self.places(), {("eve", "alice"): "hold"})
        shown = self.order("show", held).out
        self.assertRegex(shown, r"\nHeld: asked to wait \(by \w+\)\n")
        described = json.loads(self.order("show", held, "--json").out)
        self.assertEqual((described["held"], described["held_for"]), (True, "asked to wait"))
        self.order("release", held)
        self.land.deliver()
        self.assertEqual(self.land.queue(), [])
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 2)

    def test_several_ids_are_ordered_about_at_once(self):
        self.order("hold", self.id_of("eve", "alice"), self.id_of("bob", "postmaster"))
        self.assertEqual(sorted(self.places().values()), ["hold", "hold", "received"])

    def test_messages_are_picked_by_recipient_domain_and_sender(self):
        self.order("hold", "--to", "Alice@example.org", "--from", "BOB@example.net")
        self.assertEqual(self.places()["bob", "alice"], "hold")
        self.assertEqual(sorted(self.places().values()), ["hold", "received", "received"])
        self.order("hold", "--domain", "example.com")
        self.assertEqual(sorted(self.places().values()), ["hold", "received", "received"])
        self.order("hold", "--domain", "EXAMPLE.org")
        self.assertEqual(set(self.places().values()), {"hold"})
        self.order("release", "--all")
        self.assertEqual(set(self.places().values()), {"received"})

    def test_what_is_removed_is_gone_and_logged(self):
        gone = self.id_of("eve", "alice")
        self.order("remove", gone)
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 1)
        [line] = [line for line in self.land.log_lines() if " removed " in line]
        self.assertRegex(line, rf" notice smtpctl\[\d+\] removed id={gone} by=\w+$")

    def test_what_is_returned_is_reported_to_its_sender(self):
        self.order("remove", "--bounce", self.id_of("eve", "alice"))
        self.land.deliver()
        [report] = self.land.queue()
        self.assertEqual((report["from"], report["recipients"][0]["address"]), ("", "eve@example.net"))
        content = self.order("show", "--content", report["id"]).out
        self.assertIn("an administrator of this server has returned the message", content)

    def test_a_member_of_a_list_is_shown_and_returned_with_its_owner(self):
        self.land.alias("list@example.org", "alice@example.org", "ringo@example.org")
        self.land.alias("owner-list@example.org", "alice@example.org")
        self.land.adduser("ringo@example.org")
        self.land.deliver()
        self.land.write("mail/example.org/ringo", "no Maildir: his mail waits")
        send(self.start(self.land).address, "eve@example.net", ["list@example.org"], CONTENT)
        self.land.deliver()
        [waiting] = self.land.queue()
        sender, alice, ringo = "eve@example.net", "alice@example.org", "ringo@example.org"
        self.assertEqual(waiting["from"], sender)
        self.assertEqual({recipient["address"]: recipient.get("from") for recipient in waiting["recipients"]},
                         {"list@example.org": None, alice: "owner-list@example.org", ringo: "owner-list@example.org"})
        self.assertRegex(self.order("show", waiting["id"]).out, r"To: ringo@.* from <owner-list@example.org>\n")
        self.order("remove", "--bounce", waiting["id"])
        for _ in range(2):
            self.land.deliver()
        self.assertEqual(self.land.spool_files(), [])
        words = b"an administrator of this server has returned the message"
        [report] = [mail for mail in self.land.mailbox(alice) if words in mail.raw]
        self.assertIn(ringo.encode(), report.raw)

    def test_one_that_a_runner_works_on_does_not_keep_the_others(self):
        [busy] = [file.path for file in self.land.queued() if file.path.name == self.id_of("eve", "alice")]
        with open(busy, "rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            run = self.order("hold", "--all", check=False)
        self.assertEqual(run.status, 75, run.err)
        self.assertEqual(sorted(self.places().values()), ["hold", "hold", "received"])


if __name__ == "__main__":
    main()
