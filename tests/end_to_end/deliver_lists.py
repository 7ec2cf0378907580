# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240
"""Lists with an owner, accounts that forward, and mail that goes in circles, with two servers that are each
other's next hop."""

from postern_lab import Client, LabTest, free_port, main, send

LETTER = b"From: bob@example.net\r\nSubject: hello\r\n\r\nhello\r\n"
ZONE = """
a.example MX 10 mx.a.example
b.example MX 10 mx.b.example
c.example MX 10 mx.c.example
mx.a.example A 127.0.1.1
mx.b.example A 127.0.1.2
mx.c.example A 127.0.1.3
"""


class TwoServers(LabTest):
    """a.example and b.example are userlands, c.example is a sink."""

    def setUp(self):
        super().setUp()
        self.port = free_port()
        self.zone = self.folder / "zone"
        self.zone.write_text(ZONE)
        self.a = self.server("a", "127.0.1.1")
        self.b = self.server("b", "127.0.1.2")
        self.c = self.sink(host="127.0.1.3", port=self.port)

    def server(self, name, host):
        land = self.userland(name, domain=f"{name}.example", hostname=f"mx.{name}.example")
        land.relay("127.0.0.1")
        land.config("relay.port", self.port)
        self.start(land, host=host, port=self.port)
        return land

    def account(self, land, name, text="{}"):
        land.write(f"domains/{land.domain}/{name}.account", text + "\n")

    def alias(self, land, name, *targets):
        land.write(f"domains/{land.domain}/{name}.alias", "".join(target + "\n" for target in targets))

    def send(self, sender, *recipients):
        send(("127.0.1.1", self.port), sender, recipients, LETTER)

    def run_until_quiet(self):
        """Passes of both servers until nobody has mail in the spool; how many rounds that took."""
        for rounds in range(12):
            if not self.a.spool_files() + self.b.spool_files():
                return rounds
            for land in (self.a, self.b):
                land.deliver()
                land.mxrun("--zone", self.zone)
        raise AssertionError("mail goes round and round:\n" + self.a.log_text() + self.b.log_text())

    def reports(self, land, address):
        """{recipient: status} of each report in a mailbox."""
        reports = []
        for mail in land.mailbox(address):
            for part in mail.parsed.walk():
                if part.get_content_type() == "message/delivery-status":
                    reports.append({fields["Final-Recipient"].split(";")[1].strip(): fields["Status"]
                                    for fields in part.get_payload()[1:]})
        return reports

    # --- lists ------------------------------------------------------------------------------------------
    def test_reports_on_members_come_to_the_owner(self):
        for name in ("sender", "keeper", "member"):
            self.account(self.a, name)
        self.alias(self.a, "list", "member", "gone@c.example", "x@c.example")
        self.alias(self.a, "owner-list", "keeper")
        self.c.script["RCPT"] = lambda line, _: "550 5.1.1 who?" if "gone" in line else None
        self.send("sender@a.example", "list@a.example", "gone@c.example", "y@c.example")
        self.run_until_quiet()
        self.assertEqual(self.reports(self.a, "sender@a.example"), [{"gone@c.example": "5.1.1"}])
        self.assertEqual(self.reports(self.a, "keeper@a.example"), [])  # gone stood in the envelope for itself
        [copy] = self.a.mailbox("member@a.example")
        self.assertEqual(copy.parsed["Return-Path"], "<owner-list@a.example>")
        self.assertEqual({message.reverse_path: message.forward_paths for message in self.c.received},
                         {"sender@a.example": ["y@c.example"], "owner-list@a.example": ["x@c.example"]})

        self.send("sender@a.example", "list@a.example")
        self.run_until_quiet()
        self.assertEqual(len(self.reports(self.a, "sender@a.example")), 1)
        self.assertEqual(self.reports(self.a, "keeper@a.example"), [{"gone@c.example": "5.1.1"}])

    def test_a_list_in_a_list_keeps_its_owner(self):
        for name in ("sender", "owner-inner"):
            self.account(self.a, name)
        self.alias(self.a, "outer", "inner", "x@c.example")
        self.alias(self.a, "owner-outer", "sender")
        self.alias(self.a, "inner", "y@c.example")
        self.send("sender@a.example", "outer@a.example")
        self.run_until_quiet()
        self.assertEqual({message.reverse_path: message.forward_paths for message in self.c.received},
                         {"owner-outer@a.example": ["x@c.example"], "owner-inner@a.example": ["y@c.example"]})
        for message in self.c.received:
            self.assertTrue(message.content.startswith(b"Delivered-To: outer@a.example\r\n"))

    def test_parts_that_are_split_off_keep_owner_and_name(self):
        for name in ("sender", "stuck"):
            self.account(self.a, name)
        self.alias(self.a, "list", "stuck", "x@c.example")
        self.alias(self.a, "owner-list", "sender")
        self.send("sender@a.example", "stuck@a.example")
        self.run_until_quiet()
        inbox = self.a.maildir("stuck@a.example") / "new"
        inbox.chmod(0)
        self.send("sender@a.example", "list@a.example", "y@c.example")
        self.a.deliver()
        self.a.mxrun("--zone", self.zone)
        inbox.chmod(0o700)
        self.assertEqual(sorted((message.reverse_path, message.content[:12]) for message in self.c.received),
                         [("owner-list@a.example", b"Delivered-To"), ("sender@a.example", b"Received: fr")])
        [left] = self.a.queued()
        self.a.smtpctl("queue", "retry", left.envelope["id"])
        self.run_until_quiet()
        self.assertEqual(len(self.a.mailbox("stuck@a.example")), 2)
        self.assertEqual(len(self.c.received), 2)

    # --- forwards ---------------------------------------------------------------------------------------
    def test_forwards_with_and_without_a_copy(self):
        self.account(self.a, "keeps", '{"forward": ["x@c.example"]}')
        self.account(self.a, "gives", '{"forward": ["x@c.example", "keeps"], "keep": false}')
        self.account(self.a, "himself", '{"forward": ["himself"], "keep": false}')
        self.send("s@c.example", "gives@a.example", "himself@a.example")
        self.run_until_quiet()
        self.assertEqual([len(self.a.mailbox(f"{name}@a.example")) for name in ("keeps", "gives", "himself")],
                         [1, 0, 1])
        [onward] = self.c.received
        self.assertEqual((onward.reverse_path, onward.forward_paths), ("s@c.example", ["x@c.example"]))
        self.assertTrue(onward.content.startswith(b"Delivered-To: gives@a.example\r\nReceived: "))

    def test_accounts_that_forward_to_each_other(self):
        self.account(self.a, "one", '{"forward": ["two"]}')
        self.account(self.a, "two", '{"forward": ["three"], "keep": false}')
        self.account(self.a, "three", '{"forward": ["one", "two"]}')
        self.send("s@c.example", "two@a.example")
        self.run_until_quiet()
        self.assertEqual([len(self.a.mailbox(f"{name}@a.example")) for name in ("one", "two", "three")], [1, 0, 1])

    # --- another name of a domain -----------------------------------------------------------------------
    def test_a_domain_that_is_the_same_as_another(self):
        for name in ("alice", "owner-list"):
            self.account(self.a, name)
        self.alias(self.a, "list", "alice@other.example", "x@c.example")
        settings = self.a.write("domains/other.example/domain.json", '{"same_as": "a.example"}\n')
        self.a.smtpctl("config", "check")
        self.send("s@c.example", "Alice+x@other.example", "alice@a.example", "list@other.example", "list@a.example")
        self.run_until_quiet()
        self.assertEqual(len(self.a.mailbox("alice@a.example")), 1)
        self.assertFalse(self.a.maildir("alice@other.example").exists())
        self.assertEqual([(got.reverse_path, got.forward_paths) for got in self.c.received],
                         [("owner-list@a.example", ["x@c.example"])])

        settings.write_text('{"same_as": "third.example"}\n')
        self.assertIn("'same_as' names third.example, which is not served here",
                      self.a.smtpctl("config", "check", check=False).out)
        with Client(("127.0.1.1", self.port)) as client:
            client.hello()
            client.expect(250, "MAIL FROM:<s@c.example>")
            client.expect(451, "RCPT TO:<alice@other.example>")

    # --- circles ----------------------------------------------------------------------------------------
    def test_a_circle_of_two_servers_ends_in_one_report(self):
        self.account(self.a, "sender")
        self.account(self.a, "alice", '{"forward": ["bob@b.example"]}')
        self.account(self.b, "bob", '{"forward": ["alice@a.example"], "keep": false}')
        self.send("sender@a.example", "alice@a.example")
        self.run_until_quiet()
        self.assertEqual(len(self.a.mailbox("alice@a.example")), 1)
        self.assertEqual(self.reports(self.a, "sender@a.example"), [{"alice@a.example": "5.4.6"}])
        self.assertEqual(len(self.a.mailbox("sender@a.example")), 1)

    def test_lists_that_are_members_of_each_other_report_to_an_owner(self):
        for name in ("sender", "owner-here"):
            self.account(self.a, name)
        self.alias(self.a, "here", "there@b.example", "x@c.example")
        self.alias(self.b, "there", "here@a.example", "y@c.example")
        self.send("sender@a.example", "here@a.example")
        self.run_until_quiet()
        self.assertEqual(sorted(path for message in self.c.received for path in message.forward_paths),
                         ["x@c.example", "y@c.example"])
        self.assertEqual(self.reports(self.a, "sender@a.example"), [])
        self.assertEqual(self.reports(self.a, "owner-here@a.example"), [{"here@a.example": "5.4.6"}])


if __name__ == "__main__":
    main()
