# SPDX-License-Identifier: BSD-2-Clause
"""TLS at the door: STARTTLS and implicit TLS, certificates that can and cannot be used, new ones while it runs."""

import smtplib
import socket
import ssl
import subprocess
import time

from postern_lab import *

MESSAGE = b"From: bob@example.net\r\n\r\nhello\r\n"
TLS13 = "TLSv1.3 TLS_AES_256_GCM_SHA384"


class Tls(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        self.tls = self.land.root / "tls"

    def offers(self, smtp):
        with Client(smtp.address) as client:
            return "STARTTLS" in client.hello()[1]

    def starttls(self, smtp, context=None):
        client = smtplib.SMTP(*smtp.address)
        client.starttls(context=context or believing())
        return client

    def certificate(self, smtp, name=None):
        """DER of the certificate that a client gets which asks for `name`."""
        with Client(smtp.address) as client:
            client.hello()
            client.expect(220, "STARTTLS")
            with believing().wrap_socket(client.socket, server_hostname=name) as wrapped:
                return wrapped.getpeercert(binary_form=True)

    def newest(self):
        return max(self.land.queued(), key=lambda file: file.path.stat().st_mtime_ns)

    def test_a_message_by_starttls(self):
        smtp = self.start(self.land)
        with self.starttls(smtp) as client:
            self.assertNotIn(b"STARTTLS", client.ehlo()[1])
            client.sendmail("bob@example.net", ["alice@example.org"], MESSAGE)
        file = self.newest()
        self.assertEqual(file.envelope["peer"]["tls"], TLS13)
        self.assertIn(b"with ESMTPS id", file.content)
        self.assertIn(b"\r\n\ttls TLS_AES_256_GCM_SHA384 (TLSv1.3);\r\n", file.content)
        self.assertIn("protocol=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384", self.land.log_lines(" tls ")[-1])

    def test_a_message_by_implicit_tls(self):
        self.land.relay("127.0.0.1")
        smtp = self.start(self.land, "listen", "--service", "submissions")
        with smtplib.SMTP_SSL(*smtp.address, context=believing()) as client:
            self.assertNotIn(b"STARTTLS", client.ehlo()[1])
            client.sendmail("alice@example.org", ["alice@example.org"], MESSAGE)
        self.assertEqual(self.newest().envelope["peer"]["tls"], TLS13)

    def test_who_speaks_no_tls_at_that_port_hears_nothing(self):
        smtp = self.start(self.land, "listen", "--service", "submissions")
        with socket.create_connection(smtp.address, timeout=10) as client:
            client.sendall(b"EHLO client.example\r\n")
            said = client.recv(1000)
        self.assertNotIn(b"220", said)
        wait_until(lambda: self.land.log_lines(" tls_failed "), 5)

    def test_plain_text_behind_starttls_is_not_taken(self):
        smtp = self.start(self.land)
        with Client(smtp.address) as client:
            client.hello()
            client.raw(b"STARTTLS\r\nEHLO mallory.example\r\nMAIL FROM:<mallory@example.net>\r\n")
            self.assertEqual(client.reply()[0], 220)
            with believing().wrap_socket(client.socket) as wrapped:
                wrapped.sendall(b"RCPT TO:<alice@example.org>\r\n")
                self.assertTrue(wrapped.recv(1000).startswith(b"503 5.5.1 EHLO or HELO first\r\n"))
        self.assertTrue(self.land.log_lines("plain text behind STARTTLS"))

    def test_a_new_certificate_is_used_by_the_next_connection(self):
        smtp = self.start(self.land)
        before = self.certificate(smtp)
        self.assertEqual(before, self.certificate(smtp))
        self.land.smtpctl("tls", "selfsign")
        self.assertNotEqual(before, self.certificate(smtp))

    def test_names_have_certificates_of_their_own(self):
        smtp = self.start(self.land)
        self.land.smtpctl("tls", "selfsign", "mail.example.net")
        usual, other = self.certificate(smtp), self.certificate(smtp, "mail.example.net")
        self.assertNotEqual(usual, other)
        self.assertEqual(usual, self.certificate(smtp, "nobody.example.net"))

    def unusable(self, reason):
        """TLS is not offered, the log says why in one line a session, and mail goes on."""
        smtp = self.start(self.land)
        self.assertFalse(self.offers(smtp))
        lines = self.land.log_lines(" certificate_unusable ")
        self.assertEqual(len(lines), 1)
        self.assertIn(reason, lines[0])
        send(smtp.address, "bob@example.net", ["alice@example.org"], MESSAGE)
        self.assertEqual(len(self.land.queued()), 1)

    def file(self):
        return self.tls / "mx.example.org.ecdsa.pem"

    def put(self, key, certificate):
        self.file().write_text(key + certificate)

    def made_by_openssl(self):
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-subj", "/CN=mx.example.org", "-keyout", key, "-out", certificate],
                       check=True, capture_output=True)
        return key.read_text(), certificate.read_text()

    def expired(self):
        self.made_by_openssl()
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "x509", "-in", certificate, "-signkey", key, "-days", "-1", "-out", certificate],
                       check=True, capture_output=True)
        return key.read_text(), certificate.read_text()

    def test_an_expired_certificate_is_not_offered(self):
        self.put(*self.expired())
        self.unusable("mx.example.org.ecdsa.pem: expired on ")

    def test_a_key_of_another_certificate_is_not_offered(self):
        self.put(self.made_by_openssl()[0], self.made_by_openssl()[1])
        self.unusable("its private key belongs to another certificate")

    def test_a_certificate_that_cannot_be_read_is_not_offered(self):
        self.file().unlink()
        self.file().mkdir()
        self.unusable("mx.example.org.ecdsa.pem")

    def test_without_a_certificate_nothing_is_offered_and_nothing_is_said(self):
        self.file().unlink()
        smtp = self.start(self.land)
        self.assertFalse(self.offers(smtp))
        self.assertEqual(self.land.log_lines(" certificate_unusable "), [])

    def test_where_it_is_off_nothing_is_offered(self):
        self.land.config("services.smtp.tls", "off")
        self.assertFalse(self.offers(self.start(self.land)))

    def test_implicit_tls_without_a_certificate_is_told_in_the_log(self):
        self.file().unlink()
        smtp = self.start(self.land, "listen", "--service", "submissions")
        with socket.create_connection(smtp.address, timeout=10) as client:
            self.assertEqual(client.recv(1000), b"")
        self.assertIn("there is none for mx.example.org", self.land.log_lines(" certificate_unusable ")[0])

    def test_where_tls_is_required_mail_needs_it(self):
        self.land.config("services.smtp.tls", "required")
        smtp = self.start(self.land)
        with Client(smtp.address) as client:
            client.hello()
            client.expect(530, "MAIL FROM:<bob@example.net>")
        with self.starttls(smtp) as client:
            client.sendmail("bob@example.net", ["alice@example.org"], MESSAGE)

    def test_a_handshake_that_goes_no_further_ends(self):
        self.land.config("limits.idle", "1s")
        smtp = self.start(self.land, "listen", "--service", "submissions")
        begin = time.monotonic()
        with socket.create_connection(smtp.address, timeout=10) as client:
            self.assertEqual(client.recv(1000), b"")
        self.assertLess(time.monotonic() - begin, 5)
        self.assertIn("the peer says nothing", self.land.log_lines(" tls_failed ")[0])

    def test_only_tls_1_3_if_so_told(self):
        self.land.config("tls.minimum", "1.3")
        smtp = self.start(self.land)
        older = believing()
        older.maximum_version = ssl.TLSVersion.TLSv1_2
        with self.assertRaises(ssl.SSLError):
            self.starttls(smtp, older)
        self.starttls(smtp).quit()

    def test_nothing_can_be_taken_up_again(self):
        smtp = self.start(self.land)
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version), self.starttls(smtp, self.of_version(version)) as client:
                client.noop()   # tickets of TLS 1.3 come behind the handshake
                self.assertFalse(client.sock.session.has_ticket)
                if version == ssl.TLSVersion.TLSv1_2:
                    self.assertEqual(client.sock.session.id, b"")

    def of_version(self, version):
        context = believing()
        context.minimum_version = context.maximum_version = version
        return context

    def test_no_client_begins_anew_within_tls(self):
        smtp = self.start(self.land)
        done = subprocess.run(["openssl", "s_client", "-connect", f"{smtp.host}:{smtp.port}", "-starttls", "smtp", "-tls1_2"],
                              input="R\n", capture_output=True, text=True, timeout=20)
        self.assertIn("RENEGOTIATING", done.stdout + done.stderr)
        self.assertIn("no renegotiation", done.stderr)

    def test_the_end_is_said(self):
        """Who hears no close_notify cannot tell an end from a cut."""
        smtp = self.start(self.land)
        with Client(smtp.address) as client:
            client.hello()
            client.expect(220, "STARTTLS")
            with believing().wrap_socket(client.socket, suppress_ragged_eofs=False) as wrapped:
                wrapped.sendall(b"QUIT\r\n")
                self.assertTrue(wrapped.recv(1000).startswith(b"221 "))
                self.assertEqual(wrapped.recv(1000), b"")


if __name__ == "__main__":
    main()
