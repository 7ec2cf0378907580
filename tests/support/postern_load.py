# SPDX-License-Identifier: BSD-2-Clause
"""A client that sends many messages at once and knows each octet of them, and the check of what arrived.

    load = Load(smtp.address, ["alice@example.org", "bob@example.org"], folder / "journal")
    load.send(2000)
    check_delivered(land, load)

A message is made from its token alone: recipients, content, everything; so the check makes it again and
compares. After each 250 a line with the token is written to the journal and synced: the promise that the
server has given. Broken connections are part of the game: the message on them was not promised.
By hand: postern_load.py HOST PORT MESSAGES JOURNAL RECIPIENT...
"""

import os
import random
import sys
import threading
from collections import Counter
from pathlib import Path

from lab.client import Client, stuffed

TOKEN = b"X-Load-Token: "
# Octets 1 to 255 without CR and LF: those come as CRLF only.
_LEGAL = bytes({0: 1, 10: 11, 13: 14}.get(octet, octet) for octet in range(256))


class Message:
    """What belongs to a token: the same in every process."""

    def __init__(self, token, all_recipients):
        dice = random.Random(token)
        self.recipients = dice.sample(all_recipients, 2 if len(all_recipients) > 1 and dice.random() < 0.2 else 1)
        lines = dice.choice((0, 1, 3, 10, 40)) if dice.random() < 0.98 else 300
        body = [dice.randbytes(dice.choice((0, 1, 70, dice.randrange(999), 998))).translate(_LEGAL)
                for _ in range(lines)]
        if body and dice.random() < 0.3:
            body[-1] = b"." + body[-1][:997]
        head = TOKEN + token.encode() + b"\r\nFrom: load@example.net\r\nSubject: load\r\n\r\n"
        self.content = head + b"".join(line + b"\r\n" for line in body)

    def in_mailbox(self):
        return self.content.replace(b"\r\n", b"\n")


class Load:
    """Sends; keeps which tokens were begun, and which were answered 250."""

    def __init__(self, address, recipients, journal, connections=20, per_connection=4, seed=None):
        self.address = address
        self.recipients = recipients
        self.journal = Path(journal)
        self.connections = connections
        self.per_connection = per_connection
        self.run = f"{random.Random(seed).randrange(1 << 32):08x}"
        self.begun = set()
        self.refused = []
        self._lock = threading.Lock()
        self._next = 0
        self._end = 0

    def send(self, messages):
        """Begins so many more messages; returns when the last has been answered or has broken off."""
        self._end = self._next + messages
        with open(self.journal, "ab", buffering=0) as journal:
            threads = [threading.Thread(target=self._work, args=(journal,)) for _ in range(self.connections)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    def answered(self):
        return self.journal.read_text().split() if self.journal.exists() else []

    def message(self, token):
        return Message(token, self.recipients)

    def _take_token(self):
        with self._lock:
            if self._next == self._end:
                return None
            self._next += 1
            token = f"{self.run}-{self._next}"
            self.begun.add(token)
            return token

    def _work(self, journal):
        token = self._take_token()
        while token:
            try:
                token = self._connection(journal, token)
            except (OSError, EOFError):
                token = self._take_token()

    def _connection(self, journal, token):
        """Several messages over one connection; gives back the token that is next."""
        with Client(self.address, timeout=60) as client:
            if self._code(client.banner) != 220 or self._code(client.say("EHLO load.example.net")) != 250:
                return self._take_token()
            for _ in range(self.per_connection):
                self._transaction(client, journal, self.message(token), token)
                token = self._take_token()
                if not token:
                    break
            client.say("QUIT")
            return token

    def _transaction(self, client, journal, message, token):
        replies = []
        for command in ("MAIL FROM:<load@example.net> BODY=8BITMIME",
                        *(f"RCPT TO:<{recipient}>" for recipient in message.recipients), "DATA"):
            replies.append(client.say(command))
            if self._code(replies[-1]) != (354 if command == "DATA" else 250):
                return self.refused.append((token, replies))
        client.raw(stuffed(message.content))
        replies.append(client.reply())
        if self._code(replies[-1]) != 250:
            return self.refused.append((token, replies))
        with self._lock:
            journal.write(token.encode() + b"\n")
            os.fdatasync(journal.fileno())

    @staticmethod
    def _code(reply):
        if reply[0] == 0:
            raise EOFError("the server has closed")
        return reply[0]


def check_delivered(land, load):
    """What is wrong with the mailboxes, as lines; [] when each promised message is in each of its mailboxes
    exactly once and octet by octet, and no other message is there more than once."""
    complaints = [f"refused: {token} {replies}" for token, replies in load.refused]
    copies = Counter()
    for recipient in load.recipients:
        for mail in land.mailbox(recipient):
            start = mail.raw.find(TOKEN)
            token = mail.raw[start + len(TOKEN):].split(b"\n", 1)[0].decode(errors="replace")
            if start < 0 or token not in load.begun:
                complaints.append(f"{mail.path} is no message of ours")
                continue
            copies[token, recipient] += 1
            if mail.raw[start:] != load.message(token).in_mailbox():
                complaints.append(f"{mail.path} differs from what was sent")
    complaints += [f"{token} is {count} times in {recipient}" for (token, recipient), count in copies.items()
                   if count > 1]
    for token in load.answered():
        complaints += [f"{token} was answered 250 and is missing in {recipient}"
                       for recipient in load.message(token).recipients if copies[token, recipient] == 0]
    return complaints


def main():
    host, port, messages, journal, *recipients = sys.argv[1:]
    load = Load((host, int(port)), recipients, journal)
    load.send(int(messages))
    print(f"{len(load.answered())} answered 250, {len(load.refused)} refused")


if __name__ == "__main__":
    main()
