# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180 PROCESSORS 2
"""A process writes lies into run/limits while sessions run, and sessions are killed at any moment: nobody else is
kept out, nothing dies of it, and afterwards nobody is there who is not."""

import json
import mmap
import multiprocessing
import os
import random
import signal
import struct
import threading
import time

from postern_lab import *

CONTENT = b"From: bob@example.net\r\n\r\nhello\r\n"
HEADER = 4096
SLOTS, SLOT = HEADER + 4096, 32        # since, source, process, account
MOST_SLOTS = 4096
ENTRIES = SLOTS + MOST_SLOTS * SLOT    # subject, used, five counts, nothing
END = HEADER + 1_183_744


def now():
    return int(time.time() * 1000)


def source(address):
    """The number of an IPv4 address."""
    return 1 << 32 | int.from_bytes(bytes(map(int, address.split("."))), "big")


def write_anything(table):
    at = random.randrange(HEADER, END - 4096)
    table[at:at + 4096] = os.urandom(4096)


def write_what_could_be_true(table):
    """All slots have been taken just now, by sources that there are, and the dead were looked for just now."""
    table[HEADER:HEADER + 8] = struct.pack("<Q", now())
    somebody = source(f"127.0.0.{random.randrange(2, 30)}")
    slots = struct.pack("<4Q", now(), somebody, random.randrange(1 << 22), random.choice((0, somebody)))
    table[SLOTS:ENTRIES] = slots * MOST_SLOTS
    at = random.randrange(ENTRIES, END - 64, 64)
    table[at:at + 16] = struct.pack("<2Q", somebody, now())


def write_header(table):
    table[:24] = os.urandom(24)
    time.sleep(0.02)


def lie(path, write):
    """Until it is killed. The table is another one once its header was damaged."""
    times = 1 if write is write_header else 50
    while True:
        try:
            with open(path, "r+b") as file, mmap.mmap(file.fileno(), END) as table:
                for _ in range(times):
                    write(table)
        except (OSError, ValueError):   # is made just now
            pass


class Shared(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")
        self.land.config("limits.exempt", [])
        self.smtp = self.start(self.land)
        with Client(self.smtp.address) as first:
            self.assertEqual(first.banner[0], 220)

    def rows(self):
        rows = [json.loads(line) for line in self.land.smtpctl("limits", "show", "--json").out.splitlines()]
        return {row.get("name", "all"): row for row in rows}


class Hostile(Shared):
    def begin_to_lie(self, write):
        liar = multiprocessing.get_context("fork").Process(target=lie, args=(self.land.root / "run/limits", write))
        liar.start()

        def stop():
            liar.kill()
            liar.join()

        self.addCleanup(stop)
        return stop

    def message(self, address):
        """From there, as a sender that tries again; how long it took, and how many tries."""
        begin, tries = time.monotonic(), 0
        while time.monotonic() - begin < 60:
            tries += 1
            with Client(self.smtp.address, address) as client:
                if client.banner[0] == 220:
                    client.hello()
                    if client.message("bob@example.net", ["alice@example.org"], CONTENT)[0] == 250:
                        return time.monotonic() - begin, tries
            time.sleep(0.1)
        self.fail(f"{address} was kept out for a minute")

    def send_many(self, count):
        """From many sources while somebody lies; the worst of them."""
        done = [self.message(f"127.0.{1 + i // 200}.{1 + i % 200}") for i in range(count)]
        print(f"at most {max(done)[0]:.2f} s, {max(tries for _, tries in done)} tries")
        self.assertEqual(len(self.land.spool_files()), count)
        self.assertEqual(self.land.log_lines("session_died"), [])
        return max(tries for _, tries in done)

    def test_random_lies(self):
        self.begin_to_lie(write_anything)
        self.assertEqual(self.send_many(100), 1)
        self.rows()
        self.assertEqual(self.land.log_lines("limits_off"), [])

    def test_lies_that_could_be_true(self):
        stop = self.begin_to_lie(write_what_could_be_true)
        self.send_many(100)
        self.rows()
        stop()
        self.assertEqual(self.message("127.0.0.2")[1], 1)
        wait_until(lambda: self.rows()["all"]["sessions"] == 0, what="the sessions to be over")

    def test_lies_in_the_header(self):
        stop = self.begin_to_lie(write_header)
        self.assertEqual(self.send_many(50), 1)
        stop()
        self.assertEqual(self.message("127.0.9.9")[1], 1)
        rebuilt = self.land.log_lines("limits_rebuilt")
        self.assertGreater(len(rebuilt), 1)
        self.assertIn("was damaged", rebuilt[0])
        self.assertEqual(self.rows()["127.0.9.9"]["messages"], 1)


class Killed(Shared):
    SESSIONS, CLIENTS, MOST = 500, 8, 20

    def converse(self, number):
        """Sessions of a source, one after the other, whatever becomes of them."""
        for _ in range(self.SESSIONS // self.CLIENTS):
            try:
                with Client(self.smtp.address, f"127.0.0.{2 + number}", timeout=5) as client:
                    if client.banner[0] == 220:
                        client.hello()
                        client.message("bob@example.net", ["alice@example.org"], CONTENT)
            except (OSError, AssertionError):
                pass

    def kill_one(self):
        session = random.choice(children_of(self.smtp.pid) or [None])
        if session is None:
            return 0
        try:
            os.kill(session, signal.SIGKILL)
        except ProcessLookupError:
            return 0
        return 1

    def test_at_any_moment(self):
        self.land.config("limits.sessions", self.MOST)
        crowd = [threading.Thread(target=self.converse, args=(number,)) for number in range(self.CLIENTS)]
        for client in crowd:
            client.start()
        killed = 0
        while any(client.is_alive() for client in crowd):
            killed += self.kill_one()
            time.sleep(random.uniform(0, 0.02))
        print(f"{killed} of {self.SESSIONS} sessions were killed")
        self.assertGreater(killed, self.SESSIONS // 50)
        wait_until(lambda: not any(row["sessions"] for row in self.rows().values()), what="nobody to be there")
        wait_until(lambda: not children_of(self.smtp.pid), what="all processes to be gone")
        time.sleep(0.2)   # slots of the dead are looked for ten times a second at most
        clients = [Client(self.smtp.address, "127.0.0.99") for _ in range(self.MOST + 1)]
        for client in clients:
            self.addCleanup(client.close)
        self.assertEqual([client.banner[0] for client in clients], [220] * self.MOST + [421])
        self.assertEqual(self.land.log_lines("limits_rebuilt"), [])


if __name__ == "__main__":
    main()
