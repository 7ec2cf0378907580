# SPDX-License-Identifier: BSD-2-Clause
"""The two ends of mail for ./quickstart: a client that shows its dialogue, and a sink that shows what it gets.

usage: try_it.py send PORT SENDER RECIPIENT SUBJECT | try_it.py sink PORT FILE
"""

import sys
import time
from email.utils import formatdate

from lab.client import Client, stuffed
from lab.sink import Sink


class TalkingClient(Client):
    """Prints both sides of the dialogue."""

    def reply(self):
        code, text = super().reply()
        *more, last = text.split("\n")
        for line in more:
            print(f"   S: {code}-{line}")
        print(f"   S: {code} {last}")
        return code, text

    def say(self, command):
        print(f"   C: {command}")
        return super().say(command)


def send(port, sender, recipient, subject):
    lines = [f"From: <{sender}>", f"To: <{recipient}>", f"Subject: {subject}", f"Date: {formatdate(localtime=True)}", "",
             "Hello! This message came in over SMTP."]
    with TalkingClient(("127.0.0.1", int(port))) as client:
        client.expect(250, "EHLO quickstart.example.com")
        client.expect(250, f"MAIL FROM:<{sender}>")
        client.expect(250, f"RCPT TO:<{recipient}>")
        client.expect(354, "DATA")
        for line in lines:
            print(f"   C: {line}")
        print("   C: .")
        client.raw(stuffed("".join(line + "\r\n" for line in lines).encode()))
        if client.reply()[0] != 250:
            raise AssertionError("the message was not accepted")
        client.say("QUIT")


def sink(port, file):
    """Serves until it is killed; appends each message to `file`."""
    def take(_line, _session):
        message = server.received[-1]
        with open(file, "a", encoding="utf-8") as out:
            out.write(f"   from {message.reverse_path} to {', '.join(message.forward_paths)}\n")
            for line in message.content.decode(errors="replace").splitlines():
                out.write(f"   | {line}\n")
    server = Sink(port=int(port), script={"end": take})
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    {"send": send, "sink": sink}[sys.argv[1]](*sys.argv[2:])
