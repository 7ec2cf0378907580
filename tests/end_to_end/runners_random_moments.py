# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 300 PROCESSORS 2 COST 50
"""Messages at random moments, with kills of workers among them: no call is lost. queue.scan is an hour, so that
nobody finds anything by himself. By hand with fewer of them: POSTERN_MESSAGES=500."""

import collections
import os
import random
import signal
import threading
import time

from postern_lab import Client, main, wait_until
from postern_watch import AWAY, USERS, Watching, workers

MESSAGES = int(os.environ.get("POSTERN_MESSAGES", 10_000))
SENDERS = 6
PACE = 0.02        # seconds on average between two messages of a sender
KILLS = 12
MOST_SECONDS = 60  # from the last message's 250 to its mailbox


class Sender(threading.Thread):
    """Sends messages at random moments, several over a connection; remembers which were answered 250."""

    def __init__(self, address, tokens, seed):
        super().__init__()
        self.address = address
        self.tokens = tokens
        self.dice = random.Random(seed)
        self.recipients = {}
        self.trouble = []

    def run(self):
        while self.tokens:
            with Client(self.address) as client:
                client.hello()
                for _ in range(self.dice.randrange(1, 8)):
                    if self.tokens:
                        self.send(client, self.tokens.pop())
                client.say("QUIT")

    def send(self, client, token):
        time.sleep(self.dice.expovariate(1 / PACE))
        recipient = self.dice.choice([*USERS, AWAY])
        client.expect(250, "MAIL FROM:<user0@example.org>")
        client.expect(250, f"RCPT TO:<{recipient}>")
        reply = client.content(f"From: bob@example.net\r\nSubject: {token}\r\n\r\nhello\r\n".encode())
        if reply[0] == 250:
            self.recipients[token] = recipient
        else:
            self.trouble.append(reply)


class RandomMoments(Watching):
    time_limit = 280

    def test_all_are_delivered_within_a_minute_of_the_last(self):
        sink, zone = self.route_away()
        self.land.config("queue.max_crashes", 1000)
        watchers = [self.watch("deliver"), self.watch("mxrun", "--zone", zone)]
        smtp = self.start(self.land)
        tokens = [f"token-{number}" for number in range(MESSAGES)]
        senders = [Sender(smtp.address, tokens, seed) for seed in range(SENDERS)]
        for sender in senders:
            sender.start()
        kills = self.kill_workers(watchers, lambda: not any(sender.is_alive() for sender in senders))
        for sender in senders:
            sender.join()
        last = time.monotonic()
        wanted = {token: to for sender in senders for token, to in sender.recipients.items()}
        wait_until(lambda: not self.land.spool_files("received") and not self.land.spool_files("relay"),
                   MOST_SECONDS, "the spool to be empty")
        print(f"{len(wanted)} messages, {kills} kills, empty {time.monotonic() - last:.1f} s after the last")

        self.assertEqual([sender.trouble for sender in senders if sender.trouble], [])
        self.assertEqual(len(wanted), MESSAGES)
        self.assertGreater(kills, KILLS / 2)
        self.assertEqual(self.delivered_here(), collections.Counter(
            (token, to) for token, to in wanted.items() if to != AWAY))
        # A kill between a host's 250 and its record sends again; nothing else does.
        sent = collections.Counter(subject(mail.content) for mail in sink.received)
        self.assertEqual(set(sent), {token for token, to in wanted.items() if to == AWAY})
        self.assertLessEqual(sum(sent.values()) - len(sent), kills)

    def kill_workers(self, watchers, is_over):
        """At random moments, as long as there is mail to come; how many."""
        dice = random.Random(1)
        kills = 0
        while not is_over():
            time.sleep(dice.uniform(0, MESSAGES * PACE / SENDERS / KILLS * 2))
            victims = workers(dice.choice(watchers))
            if victims:
                try:
                    os.kill(dice.choice(victims), signal.SIGKILL)
                    kills += 1
                except ProcessLookupError:
                    pass
        return kills

    def delivered_here(self):
        return collections.Counter((subject(mail.content), user) for user in USERS for mail in self.land.mailbox(user))


def subject(content):
    line = next(line for line in content.splitlines() if line.startswith(b"Subject: "))
    return line[len(b"Subject: "):].decode()


if __name__ == "__main__":
    main()
