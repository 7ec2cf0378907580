# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 120
"""Mail programs that people use log in: swaks, msmtp, gsasl and curl, by each mechanism, over STARTTLS and implicit TLS."""

import contextlib
import socket
import subprocess
import threading

from postern_lab import *
from lab.places import SERVERS, tool, tool_environment

USER = "alice@example.org"
TO = "eve@example.com"
PASSWORD = "p,en=cil: \"+/'"
CONTENT = b"From: alice@example.org\nSubject: hello\n\nhello\n"


def relay(source, sink):
    while octets := source.recv(65536):
        sink.sendall(octets)
    with contextlib.suppress(OSError):   # it has gone already
        sink.shutdown(socket.SHUT_WR)


def greeted(server):
    """Where to connect for a client that says STARTTLS without EHLO before it, as gsasl does: that is said for it."""
    door = socket.create_server(("127.0.0.1", 0))

    def serve():
        client, upstream = door.accept()[0], socket.create_connection(server)
        with door, client, upstream, upstream.makefile("rb", buffering=0) as replies:
            client.sendall(replies.readline())
            command = client.recv(100)
            upstream.sendall(b"EHLO client.example\r\n")
            while replies.readline()[3:4] == b"-":
                pass
            upstream.sendall(command)
            back = threading.Thread(target=relay, args=(upstream, client))
            back.start()
            relay(client, upstream)
            back.join()

    threading.Thread(target=serve, daemon=True).start()
    return door.getsockname()


class Logins(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser(USER, PASSWORD)
        self.land.smtpctl("passwd", USER, "--scram", "--password-stdin", input=PASSWORD + "\n")
        self.smtp = self.start(self.land, "listen", "--service", "submission")
        self.home = self.land.root.parent
        (self.home / "password").write_text(PASSWORD + "\n")

    def program(self, *words, input=b"", status=0):
        perl = [str(place) for place in (SERVERS / "tools/usr/lib").glob("*-linux-gnu/perl5/5.*")]   # for swaks
        done = subprocess.run(list(map(str, words)), input=input, capture_output=True, timeout=60, check=False,
                              env={**tool_environment(), "HOME": str(self.home), "PERL5LIB": ":".join(perl)})
        self.assertEqual(done.returncode, status, (done.stdout + done.stderr)[-1500:])
        return done.stdout + done.stderr

    def logged_in_by(self, mechanism):
        self.assertIn(f"user={USER} mechanism={mechanism}", self.land.log_lines(" login ")[-1])

    def arrived_by(self, mechanism):
        self.logged_in_by(mechanism)
        file = max(self.land.queued(), key=lambda queued: queued.path.stat().st_mtime_ns)
        self.assertEqual(file.envelope["peer"]["user"], USER)
        self.assertIn(b"with ESMTPSA id", file.content)

    def test_swaks(self):
        for mechanism in ("PLAIN", "LOGIN"):
            self.program("swaks", "--server", f"{self.smtp.host}:{self.smtp.port}", "--from", USER, "--to", TO, "--tls",
                         "--auth", mechanism, "--auth-user", USER, "--auth-password", PASSWORD)
            self.arrived_by(mechanism)
        out = self.program("swaks", "--server", f"{self.smtp.host}:{self.smtp.port}", "--from", USER, "--to", TO, "--tls",
                           "--auth", "PLAIN", "--auth-user", USER, "--auth-password", "wrong", status=28)
        self.assertIn(b"535 5.7.8", out)

    def test_swaks_over_implicit_tls(self):
        self.smtp = self.start(self.land, "listen", "--service", "submissions")
        self.program("swaks", "--server", f"{self.smtp.host}:{self.smtp.port}", "--from", USER, "--to", TO, "--tlsc",
                     "--auth", "PLAIN", "--auth-user", USER, "--auth-password", PASSWORD)
        self.arrived_by("PLAIN")

    def msmtp(self, mechanism):
        self.program(tool("usr/bin/msmtp"), f"--host={self.smtp.host}", f"--port={self.smtp.port}", f"--from={USER}",
                     "--tls=on", "--tls-starttls=on", "--tls-certcheck=off", f"--auth={mechanism}", f"--user={USER}",
                     f"--passwordeval=cat {self.home}/password", TO, input=CONTENT)

    def test_msmtp(self):
        for mechanism in ("plain", "login", "scram-sha-256"):
            self.msmtp(mechanism)
            self.arrived_by(mechanism.upper())

    def test_gsasl(self):
        for mechanism, *more in (("PLAIN",), ("LOGIN",), ("SCRAM-SHA-256", "--no-cb"), ("SCRAM-SHA-256-PLUS",)):
            host, port = greeted(self.smtp.address)
            self.program(tool("usr/bin/gsasl"), "--smtp", f"--connect={host}:{port}", "--starttls",
                         "--x509-ca-file=", *more, f"--mechanism={mechanism}", f"--authentication-id={USER}",
                         f"--password={PASSWORD}", input=b"QUIT\n")
            self.logged_in_by(mechanism)

    def test_curl(self):
        for mechanism in ("PLAIN", "LOGIN"):
            self.program(tool("usr/bin/curl"), "-sS", "--insecure", "--ssl-reqd", f"smtp://{self.smtp.host}:{self.smtp.port}",
                         "--mail-from", USER, "--mail-rcpt", TO, "--login-options", f"AUTH={mechanism}", "--user",
                         f"{USER}:{PASSWORD}", "-T", "-", input=CONTENT.replace(b"\n", b"\r\n"))
            self.arrived_by(mechanism)


if __name__ == "__main__":
    main()
