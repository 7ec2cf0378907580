# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 300 PROCESSORS 2
"""A list of 100 members, five of whom fail for a while, that is edited meanwhile, with kill -9 of deliver and
mxrun at random moments: each member of the first expansion gets each message once, nobody else gets any."""

import random
import subprocess
import time
from collections import Counter

from postern_lab import LabTest, free_port, main, send

MESSAGES = 12
KILLS = 40
LOCAL = [f"user{number}" for number in range(60)]
REMOTE = [f"far{number}@c.example" for number in range(40)]
STUCK = LOCAL[10:13]             # their mailboxes cannot be written
BUSY = set(REMOTE[7:9])          # their host says 451
TOKEN = "X-Token: "


def token_of(octets):
    start = octets.index(TOKEN.encode()) + len(TOKEN)
    return octets[start:].split(b"\n", 1)[0].strip().decode()


class EditedList(LabTest):
    time_limit = 240

    def setUp(self):
        super().setUp()
        port = free_port()
        self.is_busy = True
        self.sink = self.sink(host="127.0.1.3", port=port, script={"RCPT": self.answer})
        self.zone = self.folder / "zone"
        self.zone.write_text("c.example MX 10 mx.c.example\nmx.c.example A 127.0.1.3\n")
        self.land = self.userland()
        self.land.config("relay.port", port)
        self.land.config("queue.max_crashes", 1000)
        for user in [*LOCAL, "owner-list", "newcomer"]:
            self.land.write(f"domains/example.org/{user}.account", "{}\n")
        self.write_list(LOCAL + REMOTE)
        self.kills = Counter()

    def answer(self, line, _):
        return "451 4.2.0 busy" if self.is_busy and line.split("<")[1].split(">")[0] in BUSY else None

    def write_list(self, members):
        self.land.write("domains/example.org/list.alias", "".join(f"{member}\n" for member in members))

    def queue_messages(self):
        smtp = self.start(self.land)
        for number in range(MESSAGES):
            letter = f"{TOKEN}{number}\r\nFrom: s@c.example\r\nSubject: to the list\r\n\r\nhello\r\n"
            send(smtp.address, "sender@c.example", ["list@example.org"], letter.encode())
        smtp.stop()

    def run_or_kill(self, name, *arguments):
        """One pass, killed after a moment; True when it came to its end."""
        process = subprocess.Popen(self.land.command(name, *arguments), stdin=subprocess.DEVNULL)
        try:
            self.assertEqual(process.wait(random.uniform(0.005, 0.3)), 0)
            return True
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            self.kills[name] += 1
            return False

    def retry_all(self):
        for message in self.land.queue():
            self.land.smtpctl("queue", "retry", message["id"], check=False)

    def set_inboxes(self, mode):
        for user in STUCK:
            (self.land.maildir(f"{user}@example.org") / "new").chmod(mode)

    def make_mailboxes(self):
        smtp = self.start(self.land)
        send(smtp.address, "sender@c.example", [f"{user}@example.org" for user in STUCK],
             f"{TOKEN}first\r\nFrom: s@c.example\r\n\r\n".encode())
        smtp.stop()
        self.land.deliver()

    def copies(self):
        """{(member, token): copies}"""
        copies = Counter()
        for user in LOCAL:
            copies.update((user, token_of(mail.raw)) for mail in self.land.mailbox(f"{user}@example.org"))
        for message in self.sink.received:
            copies.update((path, token_of(message.content)) for path in message.forward_paths)
        return copies

    def test_each_member_of_the_first_expansion_once(self):
        self.make_mailboxes()
        self.set_inboxes(0)
        self.queue_messages()
        while sum(self.kills.values()) < KILLS // 2:
            self.run_or_kill("deliver")
            self.run_or_kill("mxrun", "--zone", self.zone)
            self.retry_all()
        self.land.deliver()   # now all are expanded
        self.write_list(["newcomer", *LOCAL[20:], "late@c.example"])
        self.set_inboxes(0o700)
        while sum(self.kills.values()) < KILLS:
            self.run_or_kill("deliver")
            self.run_or_kill("mxrun", "--zone", self.zone)
            self.retry_all()
            if not self.land.spool_files():
                break
        self.is_busy = False
        deadline = time.monotonic() + 60
        while self.land.spool_files() and time.monotonic() < deadline:
            self.retry_all()
            self.land.deliver()
            self.land.mxrun("--zone", self.zone)

        self.assertEqual(self.land.spool_files(), [])
        copies = self.copies()
        tokens = [str(number) for number in range(MESSAGES)]
        missing = [(member, token) for member in LOCAL + REMOTE for token in tokens if copies[member, token] == 0]
        self.assertEqual(missing, [])
        twice = [key for key, count in copies.items() if count > 1 and key[0] in LOCAL]
        self.assertEqual(twice, [])
        # Where a kill fell between a host's 250 and its record, that transaction was repeated.
        repeats = [message for message in self.sink.received
                   if any(copies[path, token_of(message.content)] > 1 for path in message.forward_paths)]
        self.assertLessEqual(len(repeats), 2 * self.kills["mxrun"])
        self.assertEqual({message.reverse_path for message in self.sink.received}, {"owner-list@example.org"})
        for stranger in ("newcomer", "owner-list"):
            self.assertEqual(self.land.mailbox(f"{stranger}@example.org"), [])
        self.assertNotIn("late@c.example", {member for member, _ in copies})


if __name__ == "__main__":
    main()
