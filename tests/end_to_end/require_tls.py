# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240
"""REQUIRETLS (RFC 8689) from one end to the other: a zone that is signed, certificates of an authority that is
trusted, and hosts that lack one thing or another."""

import shutil
import unittest

from lab.places import SERVERS
from postern_lab import *

MESSAGE = b"From: carol@example.net\r\nSubject: secret\r\n\r\nhello\r\n"
HOME = "127.0.2.1"     # of mx.secure.example
ELSEWHERE = "127.0.2.2"


class RequireTls(LabTest):
    time_limit = 120

    def setUp(self):
        super().setUp()
        self.ca = self.authority()
        self.land = self.userland()
        self.land.relay("127.0.0.1")
        self.port = free_port()
        self.land.config("relay.port", self.port)
        self.land.config("tls.authorities", str(self.ca.certificate))
        self.smtp = self.start(self.land)

    def zones(self, signed=("secure.example",), **more):
        host = f"@ MX 10 mx\nmx A {HOME}\n"
        server = self.nsd({"secure.example": host, "plain.example": host, **more}, signed=signed)
        self.land.config("dns.servers", [server.resolver])
        self.land.config("dns.trust_anchor", str(server.trust_anchor))
        return server

    def other(self, *names, authority=None, host=HOME):
        """Another Postern, for both zones, with a certificate for these names."""
        land = Userland(self.folder / f"other.{host}", domain="secure.example", hostname="mx.secure.example")
        land.smtpctl("domain", "add", "plain.example")
        land.adduser("bob@secure.example")
        land.adduser("bob@plain.example")
        (authority or self.ca).certify(land, *names)
        self.start(land, host=host, port=self.port)
        return land

    def say(self, *lines, sender="carol@example.net", parameter=" REQUIRETLS", content=MESSAGE):
        with Client(self.smtp.address) as client:
            client.hello()
            client.expect(220, "STARTTLS")
            client.begin_tls()
            client.hello()
            client.expect(250, f"MAIL FROM:<{sender}>{parameter}")
            for recipient in lines:
                client.expect(250, f"RCPT TO:<{recipient}>")
            self.assertEqual(client.content(content)[0], 250)

    def run_once(self):
        self.land.deliver()
        return self.land.mxrun()

    def bounce(self):
        """What lies there for the sender."""
        (report,) = self.land.queued()
        self.assertEqual(report.envelope["from"], "")
        return report

    def not_delivered(self, other, status, reason):
        """The message is bounced, and the host has seen nothing of it; other mail goes there all the same."""
        self.say("bob@secure.example")
        self.say("bob@secure.example", parameter="")
        self.run_once()
        if other:
            self.assertEqual([file.envelope.get("requiretls") for file in other.queued()], [None])
        report = self.bounce()
        self.assertIn(f"Status: {status}\r\n".encode(), report.content)
        self.assertIn(reason, self.land.log_text())
        self.assertTrue(report.envelope["requiretls"])
        self.assertNotIn(b"hello", report.content)

    def test_by_a_signed_zone_to_a_host_of_that_name(self):
        self.zones()
        other = self.other("mx.secure.example")
        self.say("bob@secure.example")
        self.land.deliver()
        (queued,) = self.land.queue()
        self.assertTrue(queued["requiretls"])
        self.assertIn("Requires: TLS on its whole way", self.land.smtpctl("queue", "show", queued["id"]).out)
        self.run_once()
        (arrived,) = other.queued()
        self.assertTrue(arrived.envelope["requiretls"])
        self.assertIn(b"with ESMTPS id", arrived.content)
        self.assertEqual(self.land.queued(), [])
        self.assertIn('tls="TLSv1.3 ', self.land.log_lines(" delivered ")[0])

    def test_the_sender_must_speak_tls_himself(self):
        with Client(self.smtp.address) as client:
            self.assertNotIn("REQUIRETLS", client.hello()[1])
            self.assertEqual(client.say("MAIL FROM:<carol@example.net> REQUIRETLS"),
                             (530, "5.7.10 REQUIRETLS needs TLS: STARTTLS first"))

    def test_a_service_before_a_filter_does_not_know_it(self):
        self.land.config("filter.host", "127.0.0.1")
        with self.assertRaisesRegex(AssertionError, "555"):
            self.say("bob@secure.example")

    def test_by_a_zone_that_is_not_signed(self):
        self.zones()
        other = self.other("mx.secure.example", "mx.plain.example")
        self.say("bob@plain.example")
        self.run_once()
        self.assertEqual(other.queued(), [])
        self.assertIn(b"Status: 5.7.10\r\n", self.bounce().content)

    def test_a_dry_run_tells_the_same(self):
        self.zones()
        self.say("bob@secure.example")
        self.say("bob@plain.example")
        self.say("eve@plain.example", parameter="")
        self.land.deliver()
        told = self.land.mxrun("--dry-run").out
        host = f"{HOME}]:{self.port}"
        self.assertIn(f"  bob@secure.example\n    mx.secure.example [{host}\n", told)
        self.assertIn("  bob@plain.example\n    fails: 5.7.10 ", told)
        self.assertIn(f"  eve@plain.example\n    mx.plain.example [{host}\n", told)

    def test_by_a_zone_whose_signatures_are_wrong(self):
        self.zones()
        forged = self.nsd({"secure.example": "@ MX 10 mx\nmx A 127.0.0.1\n"}, signed=("secure.example",))
        self.land.config("dns.servers", [forged.resolver])   # with keys that nobody knows
        other = self.other("mx.secure.example")
        self.say("bob@secure.example")
        self.run_once()
        (waiting,) = self.land.queued()
        self.assertEqual(waiting.log[-1]["status"], "4.4.3")
        self.assertIn("DNSSEC", waiting.log[-1]["reason"])
        self.assertEqual(other.queued(), [])

    def test_without_a_trust_anchor_it_waits(self):
        self.zones()
        self.say("bob@secure.example")
        self.land.config("dns.trust_anchor", "/nonexistent")
        self.run_once()
        (waiting,) = self.land.queued()
        self.assertEqual(waiting.log[-1]["status"], "4.4.3")
        self.assertIn("dns.trust_anchor: /nonexistent", waiting.log[-1]["reason"])

    def test_a_certificate_of_another_name(self):
        self.zones(**{"secure.example": f"@ MX 10 mail\nmail A {HOME}\n"})
        self.not_delivered(self.other("mx.secure.example"), "5.7.10", "hostname mismatch")

    def test_a_certificate_of_somebody_elses_authority(self):
        self.zones()
        other = self.other("mx.secure.example", authority=self.authority("Other CA"))
        self.not_delivered(other, "5.7.10", "certificate verify failed")

    def test_the_next_host_has_what_the_first_lacks(self):
        self.zones(**{"secure.example": f"@ MX 10 first\n@ MX 20 mx\nfirst A {ELSEWHERE}\nmx A {HOME}\n"})
        sink = self.sink(host=ELSEWHERE, port=self.port)
        other = self.other("mx.secure.example")
        self.say("bob@secure.example")
        self.run_once()
        self.assertEqual(len(other.queued()), 1)
        self.assertEqual(sink.received, [])
        self.assertEqual([line for _, line in sink.lines][-1], "QUIT")

    def test_a_gateway_needs_no_signature(self):
        (self.folder / "zone").write_text(f"gateway.example. A {HOME}\n")
        other = self.other("gateway.example")
        self.land.config("relay.gateway", {"host": "gateway.example", "port": self.port})
        self.land.config("relay.always", True)
        self.say("bob@secure.example")
        self.land.deliver()
        self.land.mxrun("--zone", str(self.folder / "zone"))
        self.assertEqual([file.envelope.get("requiretls") for file in other.queued()], [True])

    def test_connections_are_shared_by_those_who_want_the_same(self):
        self.zones()
        other = self.other("mx.secure.example")
        for parameter in (" REQUIRETLS", "", " REQUIRETLS", ""):
            self.say("bob@secure.example", parameter=parameter)
        self.run_once()
        self.assertEqual(sorted(str(file.envelope.get("requiretls")) for file in other.queued()),
                         ["None", "None", "True", "True"])
        sessions = {}
        for file in other.queued():
            sessions.setdefault(file.envelope["peer"]["session"], set()).add(file.envelope.get("requiretls"))
        self.assertTrue(all(len(kinds) == 1 for kinds in sessions.values()), sessions)

    def test_its_bounce_goes_the_same_way(self):
        self.zones()
        other = self.other("mx.secure.example")
        self.say("bob@plain.example", sender="bob@secure.example")
        self.run_once()   # fails
        self.run_once()   # the report
        (report,) = other.queued()
        self.assertEqual((report.envelope["from"], report.envelope["requiretls"]), ("", True))

    def test_a_waiting_runner_takes_new_authorities(self):
        """They are replaced by a rename, as update-ca-certificates does: Landlock lets it read the old file only."""
        self.zones()
        other = self.other("mx.secure.example")
        authorities = self.folder / "authorities.pem"
        authorities.write_bytes(self.authority("another").certificate.read_bytes())
        authorities.chmod(0o644)
        self.land.config("tls.authorities", str(authorities))
        self.land.config("queue.scan", "1s")
        watcher = Process(self.land.command("mxrun", "--watch"), self.folder / "mxrun.log")
        self.addCleanup(watcher.stop)
        self.say("bob@secure.example")
        self.land.deliver()
        wait_until(lambda: self.land.log_lines(" failed "), 30, "another authority to be refused")
        shutil.copy(self.ca.certificate, self.folder / "new.pem")
        (self.folder / "new.pem").rename(authorities)
        authorities.chmod(0o644)
        self.say("bob@secure.example")
        self.land.deliver()
        wait_until(other.queued, 30, "the message")

    def test_what_nobody_could_keep_is_not_offered(self):
        for setting in ("dns.trust_anchor", "tls.authorities"):
            with self.subTest(setting):
                self.land.config(setting, str(self.folder / "nowhere"))
                self.assertEqual(self.offers("REQUIRETLS"), False)
                self.land.config(setting, str(self.ca.certificate))
                self.assertEqual(self.offers("REQUIRETLS"), True)

    def offers(self, keyword):
        with Client(self.smtp.address) as client:
            client.hello()
            client.expect(220, "STARTTLS")
            client.begin_tls()
            return keyword in client.hello()[1]

    def test_authorities_out_of_reach_stop_no_other_mail(self):
        self.zones()
        other = self.other("mx.secure.example")
        closed = self.folder / "closed"
        closed.mkdir(mode=0o700)
        shutil.copy(self.ca.certificate, closed / "ca.pem")
        self.land.config("tls.authorities", str(closed / "ca.pem"))
        self.say("bob@secure.example", parameter="")
        self.run_once()
        self.assertEqual(len(other.queued()), 1)

    @unittest.skipUnless(Exim.available(), "only root can start Exim")
    def test_exim_does_not_know_it(self):
        self.zones()
        keeper = Userland(self.folder / "keeper", domain="secure.example", hostname="mx.secure.example")
        self.ca.certify(keeper, "mx.secure.example")
        copy = SERVERS / "exim-root/lab" / f"{self.folder.name}.pem"
        shutil.copy(keeper.root / "tls/mx.secure.example.ecdsa.pem", copy)
        copy.chmod(0o644)
        self.addCleanup(copy.unlink)
        exim = self.exim(["secure.example"], host=HOME, port=self.port, certificate=f"/lab/{copy.name}")
        self.not_delivered(None, "5.7.30", "does not offer REQUIRETLS")
        self.assertEqual(len(wait_until(exim.mailbox, 30, "the other message")), 1)

    def test_a_field_that_says_no_is_not_heard_then(self):
        self.zones()
        sink = self.sink(host=HOME, port=self.port)
        self.say("bob@secure.example", content=b"TLS-Required: No\r\n" + MESSAGE)
        self.say("bob@secure.example", content=b"TLS-Required: No\r\n" + MESSAGE, parameter="")
        self.run_once()
        self.assertEqual(len(sink.received), 1)
        self.assertIn(b"Status: 5.7.10\r\n", self.bounce().content)


if __name__ == "__main__":
    main()
