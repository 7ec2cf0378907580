# SPDX-License-Identifier: BSD-2-Clause
"""The log goes to a log server by UDP and TCP, from each of the programs; and when there is none, mail goes on."""

import re
import socket
import threading

from postern_lab import LabTest, main, send, wait_until

CONTENT = b"From: bob@example.net\r\nSubject: hello\r\n\r\nsome words\r\n"
LINE = re.compile(r"<(\d+)>1 (\S+Z) (\S+) (\S+) (\d+) (\S+) - (.*)", re.S)


class LogServer:
    """Takes what comes, by UDP or TCP, and keeps the messages."""

    def __init__(self, protocol):
        self.protocol = protocol
        kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
        self.socket = socket.socket(socket.AF_INET, kind)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.messages = []
        if protocol == "tcp":
            self.socket.listen(20)
        threading.Thread(target=self.accept if protocol == "tcp" else self.receive, daemon=True).start()

    def receive(self):
        while datagram := self.socket.recv(65536):
            self.messages.append(datagram.decode())

    def accept(self):
        while True:
            connection, _ = self.socket.accept()
            threading.Thread(target=self.read_frames, args=(connection,), daemon=True).start()

    def read_frames(self, connection):
        with connection, connection.makefile("rb") as frames:
            while digits := frames.read(1):
                while (digit := frames.read(1)) != b" ":
                    digits += digit
                self.messages.append(frames.read(int(digits)).decode())

    def events(self):
        """(program, event, text) of each message."""
        return [LINE.fullmatch(message).group(4, 6, 7) for message in list(self.messages)]


class Logging(LabTest):
    def log_to(self, protocol):
        server = LogServer(protocol)
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        self.land.config("log.server", {"host": "127.0.0.1", "port": server.port, "protocol": protocol})
        self.land.config("log.target", "server")
        return server

    def check(self, protocol):
        server = self.log_to(protocol)
        self.land.smtpctl("config", "check")
        service = self.start(self.land)
        send(service.address, "bob@example.net", ["alice@example.org"], CONTENT)
        self.land.deliver()
        wait_until(lambda: ("deliver", "delivered") in [event[:2] for event in server.events()])
        self.assertIn(("smtpd-inetd", "listening"), [event[:2] for event in server.events()])
        [delivered] = [message for message in server.messages if " delivered - " in message]
        self.assertTrue(delivered.startswith("<22>1 "), delivered)
        self.assertEqual(LINE.fullmatch(delivered).group(3), "mx.example.org")
        self.assertIn(" to=alice@example.org", delivered)

    def test_by_udp(self):
        self.check("udp")

    def test_by_tcp(self):
        self.check("tcp")

    def test_mail_goes_on_when_there_is_no_server(self):
        server = self.log_to("tcp")
        server.socket.close()
        self.land.config("log.server.port", 1)
        checked = self.land.smtpctl("config", "check", check=False)
        self.assertEqual(checked.status, 78)
        self.assertIn("127.0.0.1 port 1", checked.out)
        service = self.start(self.land)
        send(service.address, "bob@example.net", ["alice@example.org"], CONTENT)
        self.land.deliver()
        self.assertEqual(len(self.land.mailbox("alice@example.org")), 1)


if __name__ == "__main__":
    main()
