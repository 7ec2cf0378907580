# SPDX-License-Identifier: BSD-2-Clause
"""smtpd-inetd behind a proxy: the PROXY protocol from listed addresses, and only from them."""

import socket
import ssl
import struct
import subprocess

from postern_lab import *

MARK = b"\r\n\r\n\0\r\nQUIT\n"
LINE = b"PROXY TCP4 192.0.2.7 192.0.2.1 56324 25\r\n"


def block(source, destination, command=0x21, more=b""):
    family = socket.AF_INET6 if ":" in source else socket.AF_INET
    addresses = socket.inet_pton(family, source) + socket.inet_pton(family, destination)
    body = addresses + struct.pack(">HH", 56324, 25) + more
    kind = 0x21 if family == socket.AF_INET6 else 0x11
    return MARK + struct.pack(">BBH", command, kind, len(body)) + body


class Proxied(Client):
    """A client whose connection begins with `header`."""

    def __init__(self, address, header, source=None):
        self.header = header
        super().__init__(address, source)

    def reply(self):
        if self.header:
            self.raw(self.header)
            self.header = b""
        return super().reply()


class Proxies(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")
        self.land.config("server.proxies", ["127.0.0.1", "127.0.7.0/24"])
        self.smtp = self.start(self.land)

    def peer_of_message_behind(self, header, source=None):
        before = len(self.land.queued())
        with Proxied(self.smtp.address, header, source) as client:
            self.assertEqual(client.banner[0], 220)
            client.hello()
            self.assertEqual(client.message("bob@example.net", ["alice@example.org"], b"From: bob@example.net\r\n\r\n")[0], 250)
            client.quit()
        files = self.land.queued()
        self.assertEqual(len(files), before + 1)
        newest = max(files, key=lambda file: file.path.stat().st_mtime_ns)
        peer = newest.envelope["peer"]
        self.assertIn(f"peer={peer['ip']} ", self.land.log_lines(" accepted ")[-1])
        return peer["ip"], newest.content

    def test_the_client_is_the_one_in_the_header(self):
        ip, content = self.peer_of_message_behind(LINE)
        self.assertEqual(ip, "192.0.2.7")
        self.assertIn(b"([192.0.2.7])", content)
        for header, expected in ((b"PROXY TCP6 2001:db8::7 ::1 1 25\r\n", "2001:db8::7"),
                                 (b"PROXY TCP6 ::ffff:192.0.2.9 ::1 1 25\r\n", "192.0.2.9"),
                                 (block("192.0.2.8", "192.0.2.1"), "192.0.2.8"),
                                 (block("2001:db8::8", "::1", more=b"\x04\0\x01x" * 500), "2001:db8::8")):
            with self.subTest(header[:60]):
                self.assertEqual(self.peer_of_message_behind(header)[0], expected)

    def test_a_proxy_that_names_nobody_is_the_client(self):
        for header in (b"PROXY UNKNOWN\r\n", block("192.0.2.8", "192.0.2.1", command=0x20), MARK + b"\x21\0\0\0"):
            with self.subTest(header):
                self.assertEqual(self.peer_of_message_behind(header, source="127.0.7.9")[0], "127.0.7.9")

    def test_the_client_has_the_rights_and_the_proxy_lends_none(self):
        self.land.relay("192.0.2.7", "127.0.0.1")
        for client, code in (("192.0.2.7", 250), ("192.0.2.8", 550)):
            header = f"PROXY TCP4 {client} 192.0.2.1 1 25\r\n".encode()
            with self.subTest(client), Proxied(self.smtp.address, header) as session:
                session.hello()
                session.expect(250, "MAIL FROM:<bob@example.net>")
                session.expect(code, "RCPT TO:<eve@example.com>")

    def test_the_header_may_come_octet_by_octet_or_with_commands_behind_it(self):
        with socket.create_connection(self.smtp.address, 20) as connection, connection.makefile("rb") as replies:
            for octet in LINE:
                connection.sendall(bytes([octet]))
            self.assertTrue(replies.readline().startswith(b"220 "))
        with Proxied(self.smtp.address, LINE + b"EHLO early.example\r\nNOOP\r\n") as client:
            self.assertEqual(client.banner[0], 220)
            self.assertEqual((client.reply()[0], client.reply()[0]), (250, 250))

    def test_a_proxy_without_a_sound_header_is_cut_off(self):
        for count, octets in enumerate((b"EHLO client.example\r\n", LINE[:-2] + b" \r\n", MARK + b"\x31\x11\0\0",
                                        b"PROXY TCP4 192.0.2.7 192.0.2.300 1 25\r\n"), 1):
            with self.subTest(octets), socket.create_connection(self.smtp.address, 20) as connection:
                connection.sendall(octets)
                self.assertEqual(connection.recv(100), b"")
                lines = self.land.log_lines(" refused ")
                self.assertEqual(len(lines), count)
                self.assertIn("peer=127.0.0.1 reason=\"what the proxy sent is no PROXY header\"", lines[-1])

    def test_a_proxy_that_only_looks_leaves_one_line(self):
        socket.create_connection(self.smtp.address, 20).close()
        [line] = wait_until(lambda: self.land.log_lines(" refused "), what="the line in the log")
        self.assertIn("no whole PROXY header: it closed the connection", line)

    def test_a_proxy_that_says_nothing_is_cut_off_in_time(self):
        with socket.create_connection(self.smtp.address, 20) as connection:
            connection.sendall(LINE[:20])
            self.assertEqual(connection.recv(100), b"")
        self.assertIn("it took too long", self.land.log_lines(" refused ")[-1])

    def test_tls_may_begin_right_behind_the_header(self):
        service = self.start(self.land, "listen", "--service", "submissions")
        received, to_send = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = believing().wrap_bio(received, to_send)
        with self.assertRaises(ssl.SSLWantReadError):
            tls.do_handshake()
        with socket.create_connection(service.address, 20) as connection:
            connection.sendall(LINE + to_send.read())

            def hear():
                while True:
                    received.write(connection.recv(65536))
                    try:
                        tls.do_handshake()
                        connection.sendall(to_send.read())
                        return tls.read()
                    except ssl.SSLWantReadError:
                        connection.sendall(to_send.read())
            greeting = hear()
            tls.write(b"NOOP\r\n")   # nothing of the handshake is taken for the begin of this line
            connection.sendall(to_send.read())
            self.assertEqual((greeting[:4], hear()), (b"220 ", b"250 2.0.0 OK\r\n"))

    def test_what_is_not_said_under_tls_is_not_heard(self):
        service = self.start(self.land, "listen", "--service", "submissions")
        with socket.create_connection(service.address, 20) as connection:
            connection.sendall(LINE + b"EHLO injected.example\r\n")
            self.assertNotIn(b"injected.example", connection.recv(65536))
        wait_until(lambda: self.land.log_lines(" tls_failed "), what="the line in the log")

    def test_nobody_else_is_believed(self):
        for header in (LINE, block("192.0.2.7", "192.0.2.1")):
            with self.subTest(header), Proxied(self.smtp.address, header, source="127.0.0.2") as client:
                self.assertEqual(client.banner[0], 220)
                self.assertEqual(client.reply()[0], 500)

    def test_a_stopped_server_tells_the_client_behind_the_proxy(self):
        self.land.smtpctl("stop")
        with Proxied(self.smtp.address, LINE) as client:
            self.assertEqual(client.banner[0], 421)
        self.assertIn("peer=192.0.2.7", self.land.log_lines(" refused ")[-1])

    def test_swaks_through_both_versions(self):
        for version, family in (("1", "TCP4"), ("2", "AF_INET")):
            with self.subTest(version):
                self.swaks("--proxy-version", version, "--proxy-family", family, "--proxy-source", "192.0.2.7",
                           "--proxy-source-port", "1", "--proxy-dest", "192.0.2.1", "--proxy-dest-port", "25",
                           "--proxy-command", "PROXY")
        self.assertEqual([file.envelope["peer"]["ip"] for file in self.land.queued()], ["192.0.2.7", "192.0.2.7"])

    def swaks(self, *options):
        host, port = self.smtp.address
        done = subprocess.run(["swaks", "--server", f"{host}:{port}", "--to", "alice@example.org", "--from",
                               "bob@example.net", *options], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    main()
