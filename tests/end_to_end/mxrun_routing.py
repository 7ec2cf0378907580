# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240
"""Which host gets the mail: the same zones once through libunbound and NSD, once through mxrun --zone."""

from postern_lab import LabTest, free_port, main, send

ZONE = """
shuffled MX 10 one
shuffled MX 10 two
backup MX 10 dead
backup MX 20 one
alone A 127.0.1.1
nullmx MX 0 .
loops MX 10 this
loops MX 20 one
worse MX 10 one
worse MX 20 this
worse MX 30 two
numbered MX 10 other-name
nowhere MX 10 gone
nothing TXT "no mail here"
aliased CNAME worse
alias-mx MX 10 cname
cname CNAME one
six MX 10 both
both AAAA ::1
both A 127.0.1.1
one A 127.0.1.1
two A 127.0.1.2
dead A 127.0.1.9
this A 127.0.1.7
other-name A 127.0.1.8
"""
SENDER = "alice@example.org"


class Routing(LabTest):
    time_limit = 60

    def setUp(self):
        super().setUp()
        self.port = free_port()
        self.one = self.sink(host="127.0.1.1", port=self.port)
        self.two = self.sink(host="127.0.1.2", port=self.port)
        self.land = self.userland(hostname="this.net.example")
        self.land.adduser(SENDER)
        self.land.relay("127.0.0.1")
        self.land.config("relay.port", self.port)
        self.land.config("server.addresses", ["127.0.1.8"])

    def queue(self, *recipients):
        smtp = self.start(self.land)
        for recipient in recipients:
            send(smtp.address, SENDER, [recipient], b"From: bob@example.net\r\nSubject: hi\r\n\r\nhello\r\n")
        smtp.stop()
        self.land.deliver()

    def forward_paths(self, sink):
        return sorted(path for message in sink.received for path in message.forward_paths)

    def bounce_statuses(self):
        """{recipient: status} of all reports in the sender's mailbox."""
        self.land.deliver()
        statuses = {}
        for mail in self.land.mailbox(SENDER):
            part = next(p for p in mail.parsed.walk() if p.get_content_type() == "message/delivery-status")
            for fields in part.get_payload()[1:]:
                statuses[fields["Final-Recipient"].split(";")[1].strip()] = fields["Status"]
        return statuses

    def check_routes(self, *options):
        reached = ["alias-mx", "aliased", "alone", "backup", "six", "worse"]
        refused = {"nullmx": "5.1.10", "loops": "5.4.6", "numbered": "5.4.6", "nowhere": "5.4.4",
                   "nothing": "5.4.4", "no-such-name": "5.1.2"}
        self.queue(*(f"x@{name}.net.example" for name in [*reached, *refused]))
        self.land.mxrun(*options)
        self.assertEqual(self.forward_paths(self.one), [f"x@{name}.net.example" for name in reached])
        self.assertEqual(self.two.received, [])
        self.assertEqual(self.bounce_statuses(),
                         {f"x@{name}.net.example": status for name, status in refused.items()})
        self.assertEqual(self.land.spool_files(), [])

    def use_nsd(self):
        server = self.nsd({"net.example": ZONE + "\n".join(f"s{n} CNAME shuffled" for n in range(30))})
        self.land.config("dns.servers", [server.resolver])
        return server

    def zone_file(self):
        return self.land.write("zone", "$ORIGIN net.example.\n" + ZONE)

    def test_routes_through_a_name_server(self):
        self.use_nsd()
        self.check_routes()

    def test_routes_through_a_zone_file(self):
        self.check_routes("--zone", self.zone_file())

    def test_equal_hosts_share_the_mail(self):
        self.use_nsd()
        self.queue(*(f"x@s{number}.net.example" for number in range(30)))
        self.land.mxrun()
        self.assertEqual(len(self.one.received) + len(self.two.received), 30)
        self.assertTrue(self.one.received and self.two.received, "all went to one of two equal hosts")

    def test_a_name_server_that_fails_defers(self):
        self.use_nsd()
        self.queue("x@elsewhere.example")   # no zone of this NSD: REFUSED, which a resolver tells as SERVFAIL
        self.land.mxrun()
        [waiting] = self.land.queued()
        self.assertEqual([(r["event"], r["status"]) for r in waiting.log if r["event"] == "deferred"],
                         [("deferred", "4.4.3")])

    def test_mail_hosts_that_cannot_be_read_are_not_none(self):
        server = self.nsd({"net.example": "unreadable MX 10 \\200host\nunreadable A 127.0.1.1"})
        self.land.config("dns.servers", [server.resolver])
        self.queue("x@unreadable.net.example")
        self.land.mxrun()
        self.assertEqual(self.one.received, [])
        [waiting] = self.land.queued()
        self.assertIn("4.4.3", [record.get("status") for record in waiting.log])

    def test_a_name_server_that_is_not_there_defers(self):
        self.land.config("dns.servers", [f"127.0.0.1@{free_port()}"])
        self.queue("x@elsewhere.example")
        self.land.mxrun()
        [waiting] = self.land.queued()
        self.assertIn("4.4.3", [record.get("status") for record in waiting.log])

    def test_an_address_literal_needs_no_name_server(self):
        self.queue("x@[127.0.1.2]")
        self.land.mxrun("--zone", "/dev/null")
        self.assertEqual(self.forward_paths(self.two), ["x@[127.0.1.2]"])

    def test_a_gateway_gets_everything_over_one_connection(self):
        gateway = self.sink(host="127.0.1.3")
        self.land.config("relay.gateway", {"host": "127.0.1.3", "port": gateway.port})
        self.land.config("relay.always", True)
        self.land.config("relay.per_host", 1)
        self.queue("x@nullmx.net.example", "x@[127.0.1.2]", "x@one.net.example")
        self.land.mxrun("--zone", "/dev/null")
        self.assertEqual(len(gateway.received), 3)
        self.assertEqual(gateway.sessions, 1)
        self.assertEqual(self.land.spool_files(), [])

    def test_one_message_for_several_domains(self):
        smtp = self.start(self.land)
        send(smtp.address, SENDER, ["a@alone.net.example", "b@[127.0.1.2]", "c@nullmx.net.example", SENDER],
             b"From: bob@example.net\r\nSubject: hi\r\n\r\nhello\r\n")
        smtp.stop()
        self.land.deliver()
        self.land.mxrun("--zone", self.zone_file())
        self.assertEqual(self.forward_paths(self.one), ["a@alone.net.example"])
        self.assertEqual(self.forward_paths(self.two), ["b@[127.0.1.2]"])
        self.assertEqual(self.bounce_statuses_of_reports(), {"c@nullmx.net.example": "5.1.10"})
        self.assertEqual(self.land.spool_files(), [])

    def bounce_statuses_of_reports(self):
        self.land.deliver()
        reports = [mail for mail in self.land.mailbox(SENDER)
                   if mail.parsed.get_content_type() == "multipart/report"]
        self.assertEqual(len(reports), 1)
        self.assertEqual(len(self.land.mailbox(SENDER)), 2)   # and the message itself
        part = next(p for p in reports[0].parsed.walk() if p.get_content_type() == "message/delivery-status")
        return {f["Final-Recipient"].split(";")[1].strip(): f["Status"] for f in part.get_payload()[1:]}


if __name__ == "__main__":
    main()
