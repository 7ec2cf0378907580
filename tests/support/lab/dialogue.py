# SPDX-License-Identifier: BSD-2-Clause
"""Dialogues as data: what a client sends, octet by octet, and what the replies must look like.

    Row("RFC 5321 §4.1.1.1: EHLO needs a name", ["EHLO", "501"], ["NOOP", "250"])

A step is [what is sent, a pattern for each reply]: text gets CRLF behind it, bytes go out as they are. A pattern is
a regular expression that the beginning of "CODE STATUS TEXT" must match. After the last step the session must be in
step with the client (NOOP is answered 250, nothing else comes), unless the step ends in CLOSED. Every reply line of
every dialogue is held against RFC 5321 §4.2 and §4.5.3.1.5, whatever is expected of it."""

import re
import socket
from dataclasses import dataclass

CLOSED = "the server closes"
SILENT = ()     # no reply is expected to a step: ["…", *SILENT]
LINE = re.compile(rb"[245]\d\d[ -][\x20-\x7e]*\r\n|354[ -][\x20-\x7e]*\r\n")


class Wrong(AssertionError):
    """What the server did that it must not do."""


@dataclass
class Row:
    name: str
    steps: list

    def __init__(self, name, *steps):
        self.name = name
        self.steps = steps


class Wire:
    """A connection that reads reply by reply and holds each line against the grammar."""

    def __init__(self, address, timeout=10):
        self.socket = socket.create_connection(address, timeout)
        self.file = self.socket.makefile("rb")
        self.heard = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def send(self, words):
        octets = words if isinstance(words, bytes) else words.encode() + b"\r\n"
        self.heard.append(">> " + repr(octets if len(octets) < 200 else octets[:200] + b"..."))
        try:
            self.socket.sendall(octets)
        except OSError:
            pass    # closed by the server: the replies will tell

    def reply(self):
        """"250 2.0.0 OK" of the last line; None when the server has closed."""
        code = None
        while True:
            try:
                line = self.file.readline(600)
            except ConnectionResetError:
                line = b""
            except TimeoutError as error:
                raise Wrong("no reply came") from error
            if not line:
                return None
            self.heard.append("<< " + repr(line))
            if not LINE.fullmatch(line) or len(line) > 512:
                raise Wrong(f"no legal reply line: {line!r}")
            if code not in (None, line[:3]):
                raise Wrong(f"the code changes within a reply: {line!r}")
            code = line[:3]
            if line[3:4] == b" ":
                return line[:-2].decode()

    def expect(self, pattern):
        reply = self.reply()
        if pattern == CLOSED:
            if reply is not None:
                raise Wrong(f"{reply!r} where the connection ought to end")
        elif reply is None or not re.match(pattern, reply):
            raise Wrong(f"{reply!r} where {pattern!r} was expected")


def play(address, row):
    """Plays a row; Wrong names what was said and heard."""
    with Wire(address) as wire:
        try:
            wire.expect("220 ")
            ended = False
            for words, *patterns in row.steps:
                wire.send(words)
                for pattern in patterns:
                    wire.expect(pattern)
                    ended = ended or pattern == CLOSED
            if not ended:
                wire.send("NOOP")
                wire.expect("250 ")
        except Wrong as wrong:
            raise Wrong(f"{row.name}: {wrong}\n  " + "\n  ".join(wire.heard[-12:])) from None
