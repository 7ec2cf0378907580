# SPDX-License-Identifier: BSD-2-Clause
"""TLS with other people's software: clients at both ports, mail servers in both directions."""

import os
import shutil
import subprocess
import unittest

from lab.opensmtpd import OpenSmtpd
from lab.places import SERVERS
from postern_lab import *

MESSAGE = b"From: carol@example.net\r\nSubject: hello\r\n\r\nhello\r\n"


class Clients(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        self.land.relay("127.0.0.1")

    def s_client(self, address, *options):
        host, port = address
        return subprocess.run(
            ["openssl", "s_client", "-connect", f"{host}:{port}", "-crlf", "-ign_eof", *options], capture_output=True,
            input="EHLO client.example\nMAIL FROM:<alice@example.org>\nRCPT TO:<alice@example.org>\nDATA\n"
                  "From: alice@example.org\n\nhello\n.\nQUIT\n", text=True, timeout=30).stdout

    def test_s_client(self):
        starttls = self.start(self.land)
        implicit = self.start(self.land, "listen", "--service", "submissions")
        for version in ("-tls1_2", "-tls1_3"):
            self.assertIn("250 2.0.0 Queued as", self.s_client(starttls.address, "-starttls", "smtp", version))
            self.assertIn("250 2.0.0 Queued as", self.s_client(implicit.address, version))
        for version in ("-tls1", "-tls1_1"):
            self.assertNotIn("Queued as", self.s_client(implicit.address, version, "-cipher", "ALL:@SECLEVEL=0"))

    def test_swaks(self):
        starttls = self.start(self.land)
        implicit = self.start(self.land, "listen", "--service", "submissions")
        # Perl's module for TLS is unpacked beside the servers.
        places = [str(place) for place in (SERVERS / "tools/usr/lib").glob("*-linux-gnu/perl5/5.*")]
        for option, (host, port) in (("--tls", starttls.address), ("--tlsc", implicit.address)):
            done = subprocess.run(["swaks", option, "--server", f"{host}:{port}", "--from", "alice@example.org", "--to",
                                   "alice@example.org"], capture_output=True, text=True, timeout=30,
                                  env={**os.environ, "PERL5LIB": ":".join(places)})
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("TLS started with cipher TLSv1.3:TLS_AES_256_GCM_SHA384", done.stdout)

    def test_curl(self):
        if not shutil.which("curl"):
            self.skipTest("curl is not here")
        letter = self.folder / "letter"
        letter.write_bytes(MESSAGE)
        starttls = self.start(self.land)
        implicit = self.start(self.land, "listen", "--service", "submissions")
        for scheme, (host, port) in (("smtp", starttls.address), ("smtps", implicit.address)):
            done = subprocess.run(["curl", "-sS", "--insecure", "--ssl-reqd", "--mail-from", "alice@example.org",
                                   "--mail-rcpt", "alice@example.org", "-T", letter, f"{scheme}://{host}:{port}/me.example"],
                                  capture_output=True, text=True, timeout=30)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([file.envelope["peer"]["tls"][:4] for file in self.land.queued()], ["TLSv"] * 2)


class Servers(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        self.land.relay("127.0.0.1")
        self.smtp = self.start(self.land)

    def lend_certificate(self, root):
        """A file with key and certificate where the server in that root can read it; its path there."""
        copy = SERVERS / root / "lab" / f"{self.folder.name}.pem"
        shutil.copy(self.land.root / "tls/mx.example.org.ecdsa.pem", copy)
        copy.chmod(0o644)
        self.addCleanup(copy.unlink)
        return f"/lab/{copy.name}"

    def hand_over_to(self, server):
        self.addCleanup(server.stop)
        self.land.config("relay.gateway", {"host": server.host, "port": server.port})
        self.land.config("relay.always", True)
        send(self.smtp.address, "carol@example.net", ["bob@example.com"], MESSAGE)
        self.land.deliver()
        self.land.mxrun()

    def goes_to(self, server):
        """From Postern to the server: the message there."""
        self.hand_over_to(server)
        mail = wait_until(server.mailbox, 30, "mail")[0]
        self.assertIn('tls="TLSv1.3 ', self.land.log_lines(" delivered ")[0])
        return mail.raw

    def comes_from(self, server):
        """From the server to Postern."""
        self.addCleanup(server.stop)
        send(server.address, "carol@example.net", ["alice@example.org"], MESSAGE)
        (queued,) = wait_until(self.land.queued, 30, "the message")
        self.assertIn(b"with ESMTPS id ", queued.content.split(b"\r\nReceived:")[0])
        self.assertRegex(queued.envelope["peer"]["tls"], "^TLSv1.3 TLS_")

    @unittest.skipUnless(Postfix.available(), "only root can start Postfix")
    def test_to_postfix(self):
        certificate = self.lend_certificate("postfix-root")
        raw = self.goes_to(Postfix(["example.com"], extra=f"smtpd_tls_security_level = may\n"
                                                           f"smtpd_tls_received_header = yes\n"
                                                           f"smtpd_tls_chain_files = {certificate}"))
        self.assertIn(b"using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384", raw)

    @unittest.skipUnless(Postfix.available(), "only root can start Postfix")
    def test_from_postfix(self):
        host, port = self.smtp.address
        self.comes_from(Postfix(["example.net"], extra=f"relayhost = [{host}]:{port}\n"
                                                        "smtp_tls_security_level = encrypt"))

    @unittest.skipUnless(Exim.available(), "only root can start Exim")
    def test_to_exim(self):
        certificate = self.lend_certificate("exim-root")
        raw = self.goes_to(Exim(["example.com"], certificate=certificate))
        self.assertRegex(raw, rb"with esmtps\s+\(TLS1.3\)")

    @unittest.skipUnless(Exim.available(), "only root can start Exim")
    def test_from_exim(self):
        self.comes_from(Exim(["example.net"], next_hop=self.smtp.address))

    @unittest.skipUnless(OpenSmtpd.available(), "only root can start OpenSMTPD")
    def test_to_opensmtpd(self):
        """Debian 12's answers every client's handshake with an alert, s_client's too: mail goes in plain text."""
        sink = Sink()
        self.addCleanup(sink.stop)
        server = OpenSmtpd(sink.address, certificate=self.land.root / "tls/mx.example.org.ecdsa.pem")
        self.hand_over_to(server)
        wait_until(lambda: sink.received, 30, "mail")
        self.assertIn("alert internal error", self.land.log_lines(" tls_failed ")[0])
        self.assertNotIn("tls=", self.land.log_lines(" delivered ")[0])

    @unittest.skipUnless(OpenSmtpd.available(), "only root can start OpenSMTPD")
    def test_from_opensmtpd(self):
        self.comes_from(OpenSmtpd(self.smtp.address))


if __name__ == "__main__":
    main()
