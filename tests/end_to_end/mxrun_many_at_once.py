# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240 PROCESSORS 2 COST 35
"""mxrun with many conversations at once: a slow host holds nobody up, a dead one costs one attempt, and
kills in the middle of it all neither lose mail nor park any."""

import re
import signal
import socket
import subprocess
import threading
import time
from collections import Counter

from lab.spool_writer import queue_for_relay
from lab.userland import SpoolFile
from postern_lab import LabTest, main, wait_until

DOMAINS = 50
HOSTS = 5
WAITING = 20_000
MOST_MINUTES = 8   # among which the next tries of a pass are spread; each costs a sync of the lane
AFTER_CONTENT = re.compile(rb"Subject: (\w+)")


def domain(number):
    return f"d{number:02}.example"


class ManyAtOnce(LabTest):
    time_limit = 200

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.go = threading.Event()
        self.addCleanup(self.go.set)
        self.sinks = []

    def add_hosts(self, count, script=None):
        """Hosts on addresses of their own, one port; the domains are spread over them in a zone file."""
        for number in range(count):
            port = self.sinks[0].port if self.sinks else None
            self.sinks.append(self.sink(host=f"127.0.2.{number + 1}", port=port, script=script))
        self.land.config("relay.port", self.sinks[0].port)

    def write_zone(self, address_of):
        lines = [f"{domain(number)}. MX 10 mx.{domain(number)}.\nmx.{domain(number)}. A {address_of(number)}\n"
                 for number in range(DOMAINS)]
        self.zone = self.land.write("zone", "".join(lines))

    def in_background(self, *options):
        run = subprocess.Popen([str(word) for word in self.land.command("mxrun", *options)],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(run.stdout.close)
        self.addCleanup(lambda: run.poll() is None and run.kill())
        return run

    def received(self):
        return Counter(AFTER_CONTENT.search(message.content)[1].decode()
                       for sink in self.sinks for message in sink.received)

    def open_now(self, sink):
        """Sessions that have not said QUIT yet."""
        return sink.sessions - sink.verbs().count("QUIT")

    def test_a_slow_host_holds_up_none_of_two_thousand_messages(self):
        self.add_hosts(HOSTS)
        self.write_zone(lambda number: f"127.0.2.{number % HOSTS + 1}")
        ids = [identity for number in range(DOMAINS)
               for identity in queue_for_relay(self.land, [f"user@{domain(number)}"], messages=2000 // DOMAINS)]
        slow, quick = self.sinks[0], self.sinks[1:]
        slow.script["end"] = lambda *_: self.go.wait(100) and None
        run = self.in_background("--zone", self.zone)
        wait_until(lambda: sum(len(sink.received) for sink in quick) == 2000 // HOSTS * (HOSTS - 1), 100,
                   "the mail of all quick hosts")
        self.assertIsNone(run.poll())
        self.assertEqual(slow.sessions, 4)
        self.go.set()
        self.assertEqual(run.wait(60), 0)
        self.assertEqual(self.received(), Counter(ids))
        self.assertEqual(self.land.spool_files(), [])
        for sink in self.sinks:
            self.assertEqual(self.open_now(sink), 0)

    def test_thousands_for_a_dead_host_cost_one_attempt(self):
        self.add_hosts(1)
        self.write_zone(lambda number: "127.0.2.1" if number == 0 else "127.0.2.99")
        dead = [number for number in range(DOMAINS) if number > 0]
        for number in dead:
            queue_for_relay(self.land, [f"user@{domain(number)}"], messages=WAITING // len(dead))
        alive = queue_for_relay(self.land, [f"user@{domain(0)}"], messages=20)
        calls = self.folder / "calls"
        self.land.mxrun("--zone", self.zone, timeout=150,
                        prefix=["strace", "--seccomp-bpf", "-f", "-y", "-o", calls, "-e", "trace=connect,fsync"])
        lines = calls.read_text().splitlines()
        attempts = [line for line in lines if 'inet_addr("127.0.2.99")' in line]
        self.assertEqual(len(attempts), 1, attempts[:3])
        self.assertLessEqual(sum("spool/relay>" in line for line in lines), MOST_MINUTES)
        self.assertEqual(self.received(), Counter(alive))
        self.check_each_waits()
        self.check_that_nobody_opens_them(dead)

    def check_each_waits(self):
        self.assertEqual(list((self.land.spool / "relay" / "now").iterdir()), [])
        for file in map(SpoolFile.read, self.land.spool_files("relay")[::97]):
            [deferred] = [record for record in file.log if record["event"] == "deferred"]
            self.assertEqual(deferred["status"], "4.4.1")
            self.assertIn("next", deferred)

    def check_that_nobody_opens_them(self, dead):
        """While they wait, a pass for other mail looks at no file of theirs."""
        queue_for_relay(self.land, [f"user@{domain(0)}"])
        calls = self.folder / "opened"
        self.land.mxrun("--zone", self.zone, prefix=["strace", "--seccomp-bpf", "-f", "-o", calls, "-e", "trace=file"])
        text = calls.read_text()
        for number in dead:
            self.assertNotIn(domain(number), text)
        self.assertIn(domain(0), text)

    def test_kills_with_many_in_hand_lose_and_park_nothing(self):
        self.add_hosts(HOSTS)
        self.write_zone(lambda number: f"127.0.2.{number % HOSTS + 1}")
        ids = [identity for number in range(DOMAINS)
               for identity in queue_for_relay(self.land, [f"user@{domain(number)}"])]
        for sink in self.sinks:
            sink.script["DATA"] = lambda *_: self.go.wait(100) and None
        for _ in range(7):
            verbs = len(self.sinks[0].lines)
            run = self.in_background("--zone", self.zone)
            wait_until(lambda: "DATA" in [line for _, line in self.all_lines()[verbs:]] or run.poll() is not None, 20,
                       "messages on their way")
            run.kill()
            run.wait()
        self.go.set()
        self.assertEqual(self.land.mxrun("--zone", self.zone).status, 0)
        self.assertEqual(self.land.spool_files("hold"), [])
        self.assertEqual(self.land.spool_files(), [])
        self.assertEqual(set(self.received()), set(ids))

    def all_lines(self):
        return [line for sink in self.sinks for line in sink.lines]

    def test_told_to_stop_it_finishes_what_is_in_hand(self):
        self.add_hosts(HOSTS)
        self.write_zone(lambda number: f"127.0.2.{number % HOSTS + 1}")
        for number in range(DOMAINS):
            queue_for_relay(self.land, [f"user@{domain(number)}"], messages=5)
        for sink in self.sinks:
            sink.script["end"] = lambda *_: self.go.wait(100) and None
        run = self.in_background("--zone", self.zone)
        wait_until(lambda: sum(len(sink.received) for sink in self.sinks) == 20, 20, "twenty messages on their way")
        run.send_signal(signal.SIGTERM)
        self.go.set()
        self.assertEqual(run.wait(30), 0)
        self.assertEqual(sum(self.received().values()), 20)
        self.assertEqual(len(self.land.spool_files("relay")), DOMAINS * 5 - 20)
        for sink in self.sinks:
            self.assertEqual(self.open_now(sink), 0)
        for file in self.land.queued():
            self.assertEqual(file.log, [], "those that nobody took up are untouched")


    def test_told_to_stop_it_does_not_wait_for_dead_name_servers(self):
        silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        silent.bind(("127.0.0.1", 0))
        self.addCleanup(silent.close)
        self.land.config("dns.servers", [f"127.0.0.1@{silent.getsockname()[1]}"])
        for number in range(DOMAINS):
            queue_for_relay(self.land, [f"user@{domain(number)}", "user@other.example"])
        run = self.in_background()
        wait_until(lambda: any(file.log for file in self.land.queued()), 10, "messages in hand")
        told = time.monotonic()
        run.send_signal(signal.SIGTERM)
        self.assertEqual(run.wait(10), 0)
        self.assertLess(time.monotonic() - told, 2)
        self.assertEqual(run.stdout.read(), b"")
        self.assertEqual(len(self.land.queued()), DOMAINS)
        for file in self.land.queued():
            self.assertIn([record["event"] for record in file.log], ([], ["begun", "left"]))


if __name__ == "__main__":
    main()
