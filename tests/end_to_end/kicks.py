# SPDX-License-Identifier: BSD-2-Clause
"""Mail that waits is sent for the asking: by a connection to smtpd-inetd --kick, and by smtpctl kick as the other side.
A host that comes on line gets its mail, of its own domains only, and nobody else can have anything sent."""

import socket
import threading

from postern_lab import *
from lab.one_session import OneSession


class Kicks(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.relay("127.0.0.1")
        self.sink = Sink(script={"RCPT": "451 4.3.0 later"})
        self.addCleanup(self.sink.stop)
        self.zone = self.land.root / "zone"
        self.zone.write_text("example.net. MX 10 mx.sink.example.\nsub.example.net. MX 10 mx.sink.example.\n"
                             "other.example. MX 10 mx.sink.example.\nmx.sink.example. A 127.0.0.1\n")
        self.land.config("relay.port", self.sink.port)
        smtp = self.start(self.land)
        for domain in ("example.net", "sub.example.net", "other.example"):
            send(smtp.address, "alice@example.org", [f"bob@{domain}"], b"From: alice@example.org\r\nSubject: x\r\n\r\nx\r\n")
        self.land.deliver()
        self.mxrun()                     # everybody is told: later
        self.sink.script.clear()

    def mxrun(self):
        self.land.mxrun("--zone", self.zone)

    def arrived(self):
        return sorted(path for message in self.sink.received for path in message.forward_paths)

    def kick(self):
        with OneSession(self.land, "--kick") as session:
            return session.banner

    def test_what_waits_for_a_host_is_sent_when_it_connects(self):
        self.land.config("kick.hosts", ["127.0.0.1 example.net", "192.0.2.1 other.example"])
        self.mxrun()
        self.assertEqual(self.arrived(), [])                       # nothing is due
        self.assertEqual(self.kick()[0], 250)
        self.mxrun()
        self.assertEqual(self.arrived(), ["bob@example.net"])
        self.assertTrue(self.land.log_lines(" kicked "))

    def test_domains_below_are_sent_where_that_is_said(self):
        self.land.config("kick.hosts", ["127.0.0.0/8 @example.net"])
        self.kick()
        self.mxrun()
        self.assertEqual(self.arrived(), ["bob@example.net", "bob@sub.example.net"])

    def test_nobody_else_can_have_mail_sent(self):
        self.land.config("kick.hosts", ["192.0.2.1 example.net"])
        self.assertEqual(self.kick()[0], 550)
        self.mxrun()
        self.assertEqual(self.arrived(), [])

    def test_etrn_has_mail_sent_for_whom_the_setting_names(self):
        self.land.config("smtp.etrn", "relay")
        with OneSession(self.land) as session:
            self.assertIn("\nETRN", session.client.hello()[1])
            session.client.expect(250, "ETRN example.net")
        self.mxrun()
        self.assertEqual(self.arrived(), ["bob@example.net"])
        self.assertTrue(self.land.log_lines(" etrn "))
        self.land.config("smtp.etrn", "authenticated")
        with OneSession(self.land) as session:
            self.assertNotIn("ETRN", session.client.hello()[1])
            session.client.expect(502, "ETRN other.example")

    def test_what_its_sender_holds_back_is_not_sent_for_the_asking(self):
        smtp = self.start(self.land)
        with Client(smtp.address) as client:
            client.hello()
            client.expect(250, "MAIL FROM:<alice@example.org> HOLDFOR=3600")
            client.expect(250, "RCPT TO:<later@example.net>")
            self.assertEqual(client.content(b"From: alice@example.org\r\n\r\nx\r\n")[0], 250)
        self.land.config("kick.hosts", ["127.0.0.1 example.net"])
        self.land.deliver()
        self.kick()
        self.mxrun()
        self.assertEqual(self.arrived(), ["bob@example.net"])

    def test_who_kicks_again_at_once_waits(self):
        self.land.config("kick.hosts", ["127.0.0.1 example.net"])
        self.sink.script["RCPT"] = "451 4.3.0 later"
        self.kick()
        self.mxrun()
        tries = len(self.sink.lines)
        self.kick()
        self.mxrun()
        self.assertEqual(len(self.sink.lines), tries)

    def test_a_host_that_is_not_listed_is_told_in_smtpctl(self):
        port = free_port()
        self.start_program("smtpd-inetd", "--kick", "--listen", f"127.0.0.1:{port}")
        done = self.land.smtpctl("kick", "127.0.0.1", "--port", port, check=False)
        self.assertEqual(done.status, 75)
        self.assertIn("550", done.err)
        self.land.config("kick.hosts", ["127.0.0.1 example.net"])
        self.land.config("kick.host", "127.0.0.1")
        self.land.config("kick.port", port)
        self.assertIn("250", self.land.smtpctl("kick").out)

    def start_program(self, name, *arguments):
        process = Process(self.land.command(name, *arguments), self.land.root / f"{name}.out")
        self.addCleanup(process.stop)
        wait_for_port("127.0.0.1", int(arguments[-1].rsplit(":", 1)[1]), process=process)

    def test_a_server_that_says_nothing_was_kicked(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(20)
            place = listener.getsockname()
            thread = threading.Thread(target=lambda: listener.accept()[0].close())
            thread.start()
            done = self.land.smtpctl("kick", "127.0.0.1", "--port", place[1])
            thread.join()
        self.assertIn("was kicked", done.out)

    def test_etrn_asks_a_server_that_offers_it(self):
        provider = Sink(extensions=("PIPELINING", "ETRN"), script={"ETRN": "250 2.0.0 Queuing started"})
        self.addCleanup(provider.stop)
        done = self.land.smtpctl("kick", "127.0.0.1", "--port", provider.port, "--etrn", "example.org",
                                 "--etrn", "@example.org")
        self.assertIn("example.org: 250", done.out)
        self.assertEqual([line for _, line in provider.lines if line.startswith("ETRN")],
                         ["ETRN example.org", "ETRN @example.org"])
        without = Sink()
        self.addCleanup(without.stop)
        done = self.land.smtpctl("kick", "127.0.0.1", "--port", without.port, "--etrn", "example.org", check=False)
        self.assertEqual(done.status, 75)
        self.assertIn("offers no ETRN", done.err)


main()
