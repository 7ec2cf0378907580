# SPDX-License-Identifier: BSD-2-Clause
"""An SMTP client that says exactly what it is told, octet by octet, and keeps the replies."""

import socket
import ssl


def believing():
    """A TLS context that takes every certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Client:
    """One connection. Use as a context manager; the banner is read at once (`banner`)."""

    def __init__(self, address, source=None, timeout=20):
        self.socket = socket.create_connection(address, timeout, source and (source, 0))
        self.file = self.socket.makefile("rb")
        self.banner = self.reply()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.file.close()
        self.socket.close()

    def begin_tls(self):
        """The handshake, behind the reply to STARTTLS."""
        self.file.close()
        self.socket = believing().wrap_socket(self.socket)
        self.file = self.socket.makefile("rb")

    def raw(self, octets):
        """Sends octets as they are and reads nothing."""
        self.socket.sendall(octets)

    def reply(self):
        """The next reply, (code, text), its lines joined by newlines; (0, "") when the server has closed."""
        lines = []
        while True:
            line = self.file.readline()
            if not line:
                return (0, "\n".join(lines))
            if not line.endswith(b"\r\n"):
                raise AssertionError(f"a reply line without CRLF: {line!r}")
            lines.append(line[4:-2].decode())
            if line[3:4] != b"-":
                return (int(line[:3]), "\n".join(lines))

    def say(self, command):
        """Sends a command line and reads its reply."""
        self.raw(command.encode("utf-8", "surrogateescape") + b"\r\n")
        return self.reply()

    def expect(self, code, command):
        """say(), and the reply must have this code."""
        reply = self.say(command)
        if reply[0] != code:
            raise AssertionError(f"{command!r} was answered {reply}, not {code}")
        return reply

    def hello(self, name="client.example.net"):
        return self.expect(250, f"EHLO {name}")

    def content(self, octets):
        """DATA, the dot-stuffed content, the final dot; the reply to it. `octets` end in CRLF."""
        self.expect(354, "DATA")
        self.raw(stuffed(octets))
        return self.reply()

    def message(self, sender, recipients, octets):
        """One transaction in which every step must be accepted but the last, whose reply is returned."""
        self.expect(250, f"MAIL FROM:<{sender}>")
        for recipient in recipients:
            self.expect(250, f"RCPT TO:<{recipient}>")
        return self.content(octets)

    def quit(self):
        reply = self.say("QUIT")
        self.close()
        return reply


def stuffed(octets):
    """RFC 5321 §4.5.2, and the line with the dot."""
    if octets.startswith(b"."):
        octets = b"." + octets
    return octets.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def send(address, sender, recipients, octets, source=None):
    """One message over a connection of its own; everything must be accepted. Returns the final reply."""
    with Client(address, source) as client:
        client.hello()
        reply = client.message(sender, recipients, octets)
        if reply[0] != 250:
            raise AssertionError(f"the message was answered {reply}")
        client.quit()
        return reply
