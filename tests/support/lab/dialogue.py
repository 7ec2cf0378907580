# SPDX-License-Identifier: BSD-2-Clause
"""Dialogues as data: what a client sends, octet by octet, and what the replies must look like.

    Row("RFC 5321 §4.1.1.1: EHLO needs a name", ["EHLO", "501"], ["NOOP", "250"])

A step is [what is sent, a pattern for each reply]: text gets CRLF behind it, bytes go out as they are. A pattern is
a regular expression that the beginning of "CODE STATUS TEXT" must match. After the last step the session must be in
step with the client (NOOP is answered 250, nothing else comes), unless the step ends in CLOSED. Every reply line of
every dialogue is held against lab/reply_form.py, whatever is expected of it."""

import re
import socket
import struct
from dataclasses import dataclass

from lab.client import believing
from lab.reply_form import Malformed, check_line, verb_of

CLOSED = "the server closes"
TLS = "the handshake succeeds"      # behind the pattern for the reply to STARTTLS
CONTEXT = believing()
MAY_CLOSE = (b"221", b"421", b"220")     # 220: no handshake came behind STARTTLS
SILENT = ()                         # no reply is expected to a step: ["…", *SILENT]


class Event(str):
    """What a client does instead of sending; a step may begin with it."""


END = Event("the client sends no more")         # shutdown(2) of its half; replies can still come
RESET = Event("the client resets the connection")
WAIT = Event("the client waits")                # until the server says something


class Wrong(AssertionError):
    """What the server did that it must not do."""


@dataclass
class Row:
    name: str
    steps: list

    def __init__(self, name, *steps):
        self.name = name
        self.steps = steps

    def sent(self):
        """All that is sent, if it can be sent at once; None when a step is more than that."""
        if any(isinstance(words, Event) or TLS in patterns for words, *patterns in self.steps):
            return None
        return b"".join(octets_of(words) for words, *_ in self.steps)


def octets_of(words):
    return words if isinstance(words, bytes) else words.encode() + b"\r\n"


class Wire:
    """A connection that reads reply by reply and holds each line against the rules."""

    def __init__(self, address, timeout=10):
        self.socket = socket.create_connection(address, timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")
        self.heard = []
        self.code = None            # of the reply before
        self.has_ended = False      # the client said END

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def send(self, words, pieces=None):
        """`pieces`: how many octets go out at a time; all when it is None."""
        octets = octets_of(words)
        self.heard.append(">> " + repr(octets if len(octets) < 200 else octets[:200] + b"..."))
        try:
            for at in range(0, len(octets), pieces or max(1, len(octets))):
                self.socket.sendall(octets[at:at + (pieces or len(octets))])
        except OSError:
            pass    # closed by the server: the replies will tell

    def do(self, event):
        self.heard.append(f">> {event}")
        self.has_ended = event == END
        if event == END:
            socket.socket.shutdown(self.socket, socket.SHUT_WR)     # an SSLSocket would forget its TLS
        elif event == RESET:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.file.close()
            self.socket.close()

    def begin_tls(self):
        self.file.close()
        self.socket = CONTEXT.wrap_socket(self.socket)
        self.file = self.socket.makefile("rb")

    def reply(self, verb=None):
        """"250 2.0.0 OK" of the last line; None when the server has closed."""
        before = None
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
            check_line(line, before, verb)
            before = before or line
            self.code = line[:3]
            if line[3:4] == b" ":
                return line[:-2].decode()

    def expect(self, pattern, verb=None):
        if pattern == TLS:
            return self.begin_tls()
        reply = self.reply(verb)
        if pattern == CLOSED:
            if reply is not None:
                raise Wrong(f"{reply!r} where the connection ought to end")
            if self.code not in MAY_CLOSE and not self.has_ended:
                raise Wrong(f"the server closes behind {self.code} (RFC 5321 §3.8)")
        elif reply is None or not re.match(pattern, reply):
            raise Wrong(f"{reply!r} where {pattern!r} was expected")


def play_step(wire, words, patterns, pieces):
    if isinstance(words, Event):
        wire.do(words)
    else:
        wire.send(words, pieces)
    verb = verb_of(words) if not isinstance(words, Event) and len(patterns) == 1 else None
    for pattern in patterns:
        wire.expect(pattern, verb)


def play_steps(wire, row, pieces):
    for words, *patterns in row.steps:
        play_step(wire, words, patterns, pieces)


def play_at_once(wire, row):
    wire.send(row.sent())
    for _, *patterns in row.steps:
        for pattern in patterns:
            wire.expect(pattern)


def play(address, row, pieces=None, at_once=False):
    """Plays a row, in pieces or in one; Wrong names what was said and heard."""
    with Wire(address) as wire:
        try:
            wire.expect("220 ", "")
            if at_once:
                play_at_once(wire, row)
            else:
                play_steps(wire, row, pieces)
            last = row.steps[-1]
            if CLOSED not in last and last[0] != RESET:
                play_step(wire, "NOOP", ["250 "], None)
        except (Wrong, Malformed, OSError) as wrong:
            raise Wrong(f"{row.name}: {wrong}\n  " + "\n  ".join(wire.heard[-12:])) from None
