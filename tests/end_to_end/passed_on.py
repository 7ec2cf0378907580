# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240
"""Mail that is accepted here and carried to another server: by name, address or MX; lists, gateways, loops."""

import json
import socket

from postern_lab import LabTest, free_port, main, send, wait_until

SENDER = "alice@example.org"
CONTENT = b"From: bob@example.net\r\nSubject: hi\r\n\r\nhello\r\n"


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


class PassedOn(LabTest):
    time_limit = 60

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")
        self.smtp = self.start(self.land)

    def domain(self, name, **settings):
        self.land.smtpctl("domain", "add", name)
        self.land.write(f"domains/{name}/domain.json", json.dumps(settings))

    def take_in(self, *recipients, sender=SENDER):
        for recipient in recipients:
            send(self.smtp.address, sender, [recipient], CONTENT)
        self.land.deliver()

    def zone(self, text):
        return self.land.write("zone", text)

    def forward_paths(self, sink):
        return sorted(path for message in sink.received for path in message.forward_paths)

    def statuses(self):
        """Of the reports that the sender got."""
        self.land.deliver()
        return sorted(line.split(": ")[1] for mail in self.land.mailbox(SENDER)
                      for line in mail.raw.decode().splitlines() if line.startswith("Status: "))

    def test_exim_has_the_mailboxes_and_single_users_stay(self):
        exim = self.exim(["inside.example"], host="127.0.2.31")
        self.domain("inside.example", relay_to={"host": exim.host, "port": exim.port})
        self.land.write("domains/inside.example/carol.account", "{}")
        self.land.alias("all@inside.example", "bob@inside.example", "carol@inside.example")
        self.take_in("bob@inside.example", "carol@inside.example", "all@inside.example", sender="eve@example.net")
        self.land.mxrun("--zone", "/dev/null")
        self.assertEqual(self.land.spool_files(), [])
        self.assertEqual(len(self.land.mailbox("carol@inside.example")), 2)
        wait_until(lambda: len(exim.mailbox()) == 2, 20, "Exim to deliver")
        for mail in exim.mailbox():
            self.assertIn(b"Envelope-to: bob@inside.example", mail.raw)
            self.assertIn(b"Return-path: <eve@example.net>", mail.raw)

    def test_a_server_by_name_is_found_through_the_dns_but_not_by_mx(self):
        inside = self.sink(host="127.0.2.1")
        name_server = self.nsd({"site.example": f"in A 127.0.2.1\nin MX 10 other\nother A 127.0.2.9"})
        self.land.config("dns.servers", [name_server.resolver])
        self.domain("inside.example", relay_to={"host": "in.site.example", "port": inside.port})
        self.take_in("bob@inside.example")
        self.land.mxrun()
        self.assertEqual(self.forward_paths(inside), ["bob@inside.example"])

    def test_both_families_are_tried(self):
        if not has_ipv6():
            self.skipTest("this machine has no ::1")
        port = free_port()
        self.domain("inside.example", relay_to={"host": "in.site.example", "port": port})
        zone = self.zone("in.site.example. AAAA ::1\nin.site.example. A 127.0.2.1\n")
        four = self.sink(host="127.0.2.1", port=port)
        self.take_in("bob@inside.example")
        self.land.mxrun("--zone", zone)
        self.assertEqual(self.forward_paths(four), ["bob@inside.example"])
        six = self.sink(host="::1", port=port)
        self.take_in("dave@inside.example")
        self.land.mxrun("--zone", zone)
        self.assertEqual(self.forward_paths(six), ["dave@inside.example"])

    def test_unknown_users_of_the_site_go_to_its_default_host(self):
        inside = self.sink(host="127.0.2.1")
        self.land.config("local.default_host", {"host": "127.0.2.1", "port": inside.port})
        self.take_in("nobody@example.org", SENDER)
        self.land.mxrun("--zone", "/dev/null")
        self.assertEqual(self.forward_paths(inside), ["nobody@example.org"])
        self.assertEqual(len(self.land.mailbox(SENDER)), 1)
        self.assertEqual(self.land.spool_files(), [])

    def test_who_is_not_on_the_list_is_refused_in_the_session(self):
        inside = self.sink(host="127.0.2.1")
        self.domain("inside.example", relay_to={"host": "127.0.2.1", "port": inside.port}, recipients="list")
        self.assert_refused(451, "bob@inside.example")   # no list yet: nobody is refused for good
        self.land.write("domains/inside.example/recipients", "".join(f"user{n}\n" for n in range(100_000)))
        self.take_in("user99999+tag@inside.example")
        self.assert_refused(550, "bob@inside.example")
        self.land.mxrun("--zone", "/dev/null")
        self.assertEqual(self.forward_paths(inside), ["user99999+tag@inside.example"])

    def assert_refused(self, code, recipient):
        from postern_lab import Client
        with Client(self.smtp.address) as client:
            client.hello()
            client.expect(250, "MAIL FROM:<eve@example.net>")
            client.expect(code, f"RCPT TO:<{recipient}>")

    def backup(self, zone):
        port = free_port()
        self.land.config("server.hostname", "mx2.example.org")
        self.land.config("relay.port", port)
        self.domain("other.example", relay_to="mx")
        name_server = self.nsd({"other.example": zone})
        self.land.config("dns.servers", [name_server.resolver])
        return port

    def test_a_backup_waits_for_the_better_hosts_and_tries_no_others(self):
        port = self.backup("@ MX 10 mx1\n@ MX 20 mx2.example.org.\n@ MX 30 mx3\nmx1 A 127.0.2.1\nmx3 A 127.0.2.3")
        worse = self.sink(host="127.0.2.3", port=port)
        self.take_in("bob@other.example")
        self.land.mxrun()
        [waiting] = self.land.queue()
        self.assertEqual(worse.sessions, 0)
        primary = self.sink(host="127.0.2.1", port=port)
        self.land.smtpctl("queue", "retry", waiting["id"])
        self.land.mxrun()
        self.assertEqual(self.forward_paths(primary), ["bob@other.example"])
        self.assertEqual(self.land.spool_files(), [])

    def test_a_backup_without_better_hosts_sends_nothing_in_a_circle(self):
        self.backup("@ MX 10 mx2.example.org.")
        self.take_in("bob@other.example")
        self.land.mxrun()
        self.assertEqual(self.statuses(), ["5.4.6"])

    def test_mail_that_is_passed_on_to_this_server_itself_loops(self):
        self.land.config("relay.port", self.smtp.port)
        self.land.config("server.addresses", ["127.0.0.1"])
        for number, host in enumerate(("127.0.0.1", "mx.example.org", "also.example.org")):
            self.domain(f"d{number}.example", relay_to={"host": host, "port": self.smtp.port})
            self.take_in(f"bob@d{number}.example")
        self.land.mxrun("--zone", self.zone("also.example.org. A 127.0.0.1\nmx.example.org. A 127.0.0.7\n"))
        self.assertEqual(self.statuses(), ["5.4.6"] * 3)
        self.assertEqual(self.land.spool_files(), [])

    def test_a_gateway_takes_over_after_some_tries_by_mx(self):
        self.land.relay("127.0.0.1")
        gateway = self.sink(host="127.0.2.4")
        self.land.config("relay.gateway", {"host": "127.0.2.4", "port": gateway.port})
        self.assertIn("never used", self.land.smtpctl("config", "check", check=False).out)
        self.land.config("relay.tries_before_gateway", 2)
        self.land.config("relay.port", free_port())   # nobody listens there
        zone = self.zone("far.example. MX 10 mx.far.example.\nmx.far.example. A 127.0.2.9\n")
        self.take_in("bob@far.example")
        for number in (1, 2):
            self.land.mxrun("--zone", zone)
            [waiting] = self.land.queued()
            self.assertEqual([record["event"] for record in waiting.log].count("deferred"), number)
            self.land.smtpctl("queue", "retry", self.land.queue()[0]["id"])
        self.land.mxrun("--zone", zone)
        self.assertEqual([message.forward_paths for message in gateway.received], [["bob@far.example"]])
        self.assertEqual(self.land.spool_files(), [])


if __name__ == "__main__":
    main()
