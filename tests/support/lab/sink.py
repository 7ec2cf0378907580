# SPDX-License-Identifier: BSD-2-Clause
"""Next hops that keep what they get: Sink (scripted, in this process) and PostfixSink (smtp-sink)."""

import socket
import socketserver
import threading
from dataclasses import dataclass, field

from lab.places import AM_ROOT, tool, tool_environment
from lab.processes import Process, free_port, wait_for_port

DROP = object()   # as a script's answer: close the connection without a word


@dataclass
class Received:
    """A message as the next hop got it."""
    peer: str
    session: int
    helo: str
    sender: str          # with its parameters: "<a@b> SIZE=12"
    recipients: list     # likewise
    content: bytes = b""

    @property
    def reverse_path(self):
        return self.sender[1:self.sender.index(">")]

    @property
    def forward_paths(self):
        return [line[1:line.index(">")] for line in self.recipients]


class Sink:
    """An SMTP server that accepts everything but what `script` answers otherwise.

    script: a dict from a step to an answer, or to a function (line, session_number) -> answer or None. Steps:
    connect, EHLO, HELO, MAIL, RCPT, DATA, body (after the first content line), end (after the dot), RSET, QUIT.
    An answer is a reply line ("451 4.3.0 later"), DROP, or None for the usual one. `received`: messages that
    were answered 250; `lines`: every command seen, as (session, line); `sessions`: connections so far.
    """

    def __init__(self, host="127.0.0.1", port=None, script=None,
                 extensions=("PIPELINING", "8BITMIME", "SIZE 52428800", "ENHANCEDSTATUSCODES")):
        self.host = host
        self.port = port or free_port()
        self.address = (self.host, self.port)
        self.script = dict(script or {})
        self.extensions = extensions
        self.received = []
        self.lines = []
        self.sessions = 0
        self.lock = threading.Lock()
        self.server = (_Server6 if ":" in self.host else _Server)(self.address, self.session_class())
        self.server.sink = self
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    @staticmethod
    def session_class():
        return Session

    def stop(self):
        """Stops listening; may be called twice. Sessions that are open go on to their end."""
        if self.thread.is_alive():
            self.server.shutdown()
            self.thread.join()
        self.server.server_close()

    def verbs(self):
        """The first words of all commands seen, in order."""
        return [line.split(" ")[0].upper() for _, line in self.lines]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128
    block_on_close = False

    def handle_error(self, request, client_address):
        pass   # a peer that is killed in the middle is part of the tests


class _Server6(_Server):
    address_family = socket.AF_INET6


class Closed(Exception):
    pass


@dataclass
class Transaction:
    sender: str = ""
    recipients: list = field(default_factory=list)


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.sink = self.server.sink
        with self.sink.lock:
            self.sink.sessions += 1
            self.number = self.sink.sessions
        self.helo = ""
        self.transaction = Transaction()
        try:
            if self.answer("connect", "", "220 sink.example ESMTP")[0] != "2":
                return
            while self.command(self.read_line().decode("utf-8", "surrogateescape")):
                pass
        except Closed:
            pass

    def read_line(self):
        line = self.rfile.readline()
        if not line:
            raise Closed
        return line.rstrip(b"\r\n")

    def answer(self, step, line, usual):
        """Says what the script or custom wants said, and returns it."""
        scripted = self.sink.script.get(step)
        if callable(scripted):
            scripted = scripted(line, self.number)
        if scripted is DROP:
            raise Closed
        reply = scripted or usual
        if reply:
            self.wfile.write(reply.encode() + b"\r\n")
        return reply

    def command(self, line):
        with self.sink.lock:
            self.sink.lines.append((self.number, line))
        verb = line.split(" ")[0].upper()
        steps = {"EHLO": self.on_ehlo, "HELO": self.on_helo, "MAIL": self.on_mail, "RCPT": self.on_rcpt,
                 "DATA": self.on_data, "RSET": self.on_rset}
        if verb == "QUIT":
            self.answer("QUIT", line, "221 2.0.0 Bye")
            return False
        if verb in steps:
            steps[verb](line)
        else:
            self.answer(verb, line, "250 2.0.0 Ok" if verb == "NOOP" else "500 5.5.1 Unknown")
        return True

    def on_ehlo(self, line):
        lines = ["sink.example", *self.sink.extensions]
        usual = "\r\n".join(f"250-{text}" for text in lines[:-1]) + f"\r\n250 {lines[-1]}"
        self.on_hello("EHLO", line, usual)

    def on_helo(self, line):
        self.on_hello("HELO", line, "250 sink.example")

    def on_hello(self, verb, line, usual):
        self.transaction = Transaction()
        if self.answer(verb, line, usual)[0] == "2":
            self.helo = line[5:]

    def on_mail(self, line):
        if self.answer("MAIL", line, "250 2.1.0 Ok")[0] == "2":
            self.transaction = Transaction(sender=line.split(":", 1)[1].strip())

    def on_rcpt(self, line):
        if self.answer("RCPT", line, "250 2.1.5 Ok")[0] == "2":
            self.transaction.recipients.append(line.split(":", 1)[1].strip())

    def on_rset(self, line):
        self.transaction = Transaction()
        self.answer("RSET", line, "250 2.0.0 Ok")

    def on_data(self, line):
        usual = "354 Go on" if self.transaction.recipients else "554 5.5.1 No valid recipients"
        if self.answer("DATA", line, usual)[0] != "3":
            return
        content = self.read_content()
        message = Received(self.client_address[0], self.number, self.helo, self.transaction.sender,
                           self.transaction.recipients, content)
        self.transaction = Transaction()
        with self.sink.lock:   # kept before the answer: whoever has the answer finds the message
            self.sink.received.append(message)
        accepted = False
        try:
            accepted = self.answer("end", line, "250 2.0.0 Taken")[0] == "2"
        finally:
            if not accepted:
                with self.sink.lock:
                    self.sink.received.remove(message)

    def read_content(self):
        lines = []
        while True:
            line = self.rfile.readline()
            if not line:
                raise Closed
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line[1:] if line.startswith(b".") else line)
            if len(lines) == 1:
                self.answer("body", "", "")


class PostfixSink:
    """smtp-sink of Postfix; `options` are its own. Messages go to files named with -d or -D, see smtp-sink(1)."""

    def __init__(self, folder, options=(), host="127.0.0.1", port=None):
        self.host = host
        self.port = port or free_port()
        self.address = (self.host, self.port)
        user = ["-u", "nobody"] if AM_ROOT else []
        self.process = Process([tool("usr/sbin/smtp-sink"), *user, *options, f"{self.host}:{self.port}", "128"],
                               folder / f"smtp-sink.{self.port}.log", env=tool_environment())
        wait_for_port(self.host, self.port, process=self.process)

    def stop(self):
        return self.process.stop()
