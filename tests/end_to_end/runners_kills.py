# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 400 PROCESSORS 2
"""kill -9 of either runner, 200 times at random moments, while mail comes in of which some fails for good: each
recipient is delivered or reported exactly once. Only a kill between another host's 250 and its record may repeat
a message there: the sink counts the tokens."""

import random
import signal
import subprocess
import threading
import time
from collections import Counter

from postern_lab import LabTest, main, send, wait_until
from postern_load import TOKEN

KILLS = 100   # of each runner
SENDER = "alice@example.org"
GOOD, REFUSED = "user@good.example", "user@refusing.example"
MISSING = "gone@example.org"   # a member of an alias that nobody has made


class Runner(threading.Thread):
    """Runs one program after the other, and kills each in the middle, as far as the last one that came to its
    end tells where that is, until it has killed enough."""

    def __init__(self, words, kills):
        super().__init__()
        self.words = words
        self.rest = kills
        self.failures = []
        self.usual = 0.1   # seconds

    def run(self):
        while self.rest > 0:
            started = time.monotonic()
            runner = subprocess.Popen(self.words, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
            try:
                runner.wait(random.uniform(0.002, self.usual))
                self.usual = max(0.003, time.monotonic() - started)
            except subprocess.TimeoutExpired:
                runner.kill()
                self.rest -= 1
            said = runner.communicate()[1].decode()
            if runner.returncode not in (0, -signal.SIGKILL):
                self.failures.append((runner.returncode, said))


MOST_MESSAGES = 1000


class Sender(threading.Thread):
    """A message a time, as long as somebody is being killed."""

    def __init__(self, test, smtp):
        super().__init__()
        self.test = test
        self.smtp = smtp
        self.tokens = []
        self.may_end = threading.Event()

    def run(self):
        while not self.may_end.wait(0.01) and len(self.tokens) < MOST_MESSAGES:
            token = f"t{len(self.tokens)}."
            self.test.send_one(self.smtp, token)
            self.tokens.append(token)


def token_of(raw):
    return raw.split(TOKEN, 1)[1].split(b"\n", 1)[0].strip().decode()


class TwoHundredKills(LabTest):
    time_limit = 360

    def setUp(self):
        super().setUp()
        self.good = self.sink(host="127.0.1.81")
        self.refusing = self.sink(host="127.0.1.82", port=self.good.port, script={"RCPT": "550 5.1.1 nobody"})
        self.land = self.userland()
        self.land.relay("127.0.0.1")
        self.land.config("queue.max_crashes", 1000)
        self.land.config("relay.port", self.good.port)
        self.land.adduser(SENDER)
        self.land.adduser("bob@example.org")
        self.land.write("domains/example.org/some.alias", "bob\ngone\n")
        self.zone = self.land.write("zone", f"good.example. A {self.good.host}\n"
                                            f"refusing.example. A {self.refusing.host}\n")

    def send_one(self, smtp, token):
        send(smtp.address, SENDER, ["some@example.org", GOOD, REFUSED],
             TOKEN + token.encode() + b"\r\nFrom: load@example.net\r\nSubject: kills\r\n\r\nhello\r\n")

    def test_each_recipient_is_delivered_or_reported_once(self):
        smtp = self.start(self.land)
        sender = Sender(self, smtp)
        runners = [Runner(self.land.command("deliver"), KILLS),
                   Runner(self.land.command("mxrun", "--zone", self.zone), KILLS)]
        sender.start()
        wait_until(lambda: len(sender.tokens) > 60, 60, "some load")
        for runner in runners:
            runner.start()
        for runner in runners:
            runner.join()
        sender.may_end.set()
        sender.join()
        smtp.stop()
        self.drain()
        self.assertEqual([failure for runner in runners for failure in runner.failures], [])
        self.check(sender.tokens)

    def drain(self):
        """A report goes through deliver again: a few passes, and nothing is left."""
        for _ in range(10):
            self.land.deliver(timeout=120)
            self.land.mxrun("--zone", self.zone, timeout=120)
            if not self.land.spool_files():
                return
        self.fail(f"left in the spool: {self.land.spool_files()[:5]}")

    def check(self, tokens):
        once = Counter(tokens)
        self.assertGreater(len(once), 50)
        self.assertEqual(Counter(token_of(mail.raw) for mail in self.land.mailbox("bob@example.org")), once)
        reported = Counter((token_of(mail.raw), recipient) for mail in self.land.mailbox(SENDER)
                           for recipient in self.reported_by(mail))
        self.assertEqual(reported, Counter({(token, who): 1 for token in once for who in (REFUSED, MISSING)}))
        relayed = Counter(token_of(message.content) for message in self.good.received)
        self.assertEqual(set(relayed), set(once))
        repeats = sum(relayed.values()) - len(once)
        print(f"{len(once)} messages, {2 * KILLS} kills, {repeats} repeated to the other host")
        self.assertLessEqual(repeats, 4 * KILLS)   # at most relay.per_host were on their way there at a kill
        self.assertLess(repeats, len(once) / 2)

    def reported_by(self, mail):
        part = next(part for part in mail.parsed.walk() if part.get_content_type() == "message/delivery-status")
        return [fields["Final-Recipient"].split(";")[1].strip() for fields in part.get_payload()[1:]]


if __name__ == "__main__":
    main()
