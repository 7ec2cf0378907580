# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180 RUN_SERIAL 1
"""How many sessions there may be: of all, of a source, in each way to start, and after sessions were killed."""

import json
import os
import select
import signal
import socket
import time

from postern_lab import *

MOST = 500
CROWD = 2000


class Sessions(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")

    def shown(self):
        """What `smtpctl limits show` says: {name: row}."""
        rows = [json.loads(line) for line in self.land.smtpctl("limits", "show", "--json").out.splitlines()]
        return {row.get("name", "all"): row for row in rows}

    def code(self, address, source=None):
        """What a new connection hears; it is kept open until the test ends."""
        client = Client(address, source)
        self.addCleanup(client.close)
        return client.banner[0]


class Crowd(Sessions):
    def first_words(self, address, count):
        """Opens so many connections at once; {code: [socket]} by what they hear within some seconds."""
        poll, waiting, heard = select.poll(), {}, {}
        for _ in range(count):
            connection = socket.socket()
            connection.setblocking(False)
            connection.connect_ex(address)
            poll.register(connection, select.POLLIN)
            waiting[connection.fileno()] = connection
        end = time.monotonic() + 40
        while waiting and time.monotonic() < end:
            for descriptor, _ in poll.poll(1000):
                connection = waiting.pop(descriptor)
                poll.unregister(connection)
                code = int(connection.recv(512)[:3] or b"0")
                heard.setdefault(code, []).append(connection)
                if code != 220:
                    connection.close()
        self.assertEqual(len(waiting), 0, {code: len(sockets) for code, sockets in heard.items()})
        return heard

    def test_exactly_so_many_are_served_and_the_others_hear_it_at_once(self):
        self.land.config("limits.sessions", MOST)
        smtp = self.start(self.land)
        begin = time.monotonic()
        heard = self.first_words(smtp.address, CROWD)
        print(f"{CROWD} connections heard something after {time.monotonic() - begin:.1f} s")
        self.assertEqual({code: len(sockets) for code, sockets in heard.items()}, {220: MOST, 421: CROWD - MOST})
        self.assertEqual(self.shown()["all"]["sessions"], MOST)
        self.assertEqual(len(self.land.log_lines('refused peer=127.0.0.1 reason="Too busy')), CROWD - MOST)
        for connection in heard[220]:
            connection.sendall(b"QUIT\r\n")
        for connection in heard[220]:
            connection.setblocking(True)
            while connection.recv(512):
                pass
            connection.close()
        wait_until(lambda: self.shown()["all"]["sessions"] == 0, what="all slots to be free")


class Few(Sessions):
    def test_each_way_to_start_has_the_limit(self):
        self.land.config("limits.sessions", 2)
        for way in WAYS:
            with self.subTest(way=way):
                smtp = self.start(self.land, way)
                wait_until(lambda: self.shown()["all"]["sessions"] == 0, what="the sessions before to end")
                with Client(smtp.address) as one, Client(smtp.address) as other, Client(smtp.address) as third:
                    self.assertEqual((one.banner[0], other.banner[0], third.banner[0]), (220, 220, 421))
                    one.quit()
                    wait_until(lambda: self.shown()["all"]["sessions"] == 1, what="a slot to be free")
                    with Client(smtp.address) as fourth:
                        self.assertEqual(fourth.banner[0], 220)
                smtp.stop()

    def test_a_kick_takes_a_slot_too(self):
        self.land.config("limits.sessions", 1)
        smtp, kicks = self.start(self.land), self.start(self.land, "listen", "--kick")
        with Client(kicks.address) as free:
            self.assertEqual(free.banner[0], 550)
        wait_until(lambda: self.shown()["all"]["sessions"] == 0, what="the kick to end")
        with Client(smtp.address), Client(kicks.address) as refused:
            self.assertEqual(refused.banner[0], 421)

    def test_killed_sessions_give_their_slots_back(self):
        self.land.config("limits.sessions", 100)
        smtp = self.start(self.land)
        self.assertEqual([self.code(smtp.address) for _ in range(101)], [220] * 100 + [421])
        for child in children_of(smtp.pid):
            os.kill(child, signal.SIGKILL)
        wait_until(lambda: self.shown()["all"]["sessions"] == 0, what="the killed to be gone")
        time.sleep(0.2)   # slots of the dead are looked for ten times a second at most
        self.assertEqual([self.code(smtp.address) for _ in range(101)], [220] * 100 + [421])


class OfASource(Sessions):
    def setUp(self):
        super().setUp()
        self.land.config("limits.exempt", [])

    def test_sessions_of_a_source(self):
        self.land.config("limits.sessions_per_source", 2)
        smtp = self.start(self.land)
        self.assertEqual([self.code(smtp.address, "127.0.0.2") for _ in range(3)], [220, 220, 421])
        self.assertEqual(self.code(smtp.address, "127.0.0.3"), 220)
        self.assertEqual(self.shown()["127.0.0.2"]["sessions"], 2)
        self.assertEqual(len(self.land.log_lines("peer=127.0.0.2 reason=\"Too many sessions")), 1)
        self.land.relay("127.0.0.2")
        self.assertEqual(self.code(smtp.address, "127.0.0.2"), 220)

    def test_connections_of_a_source(self):
        self.land.config("limits.connections_per_minute", 3)
        smtp = self.start(self.land)
        self.assertEqual([self.code(smtp.address, "127.0.0.2") for _ in range(5)], [220] * 3 + [421] * 2)
        self.assertEqual(self.code(smtp.address, "127.0.0.3"), 220)
        row = self.shown()
        self.assertEqual((row["127.0.0.2"]["connections"], row["127.0.0.3"]["connections"]), (3, 1))
        self.land.smtpctl("limits", "clear", "127.0.0.2")
        self.assertEqual(self.code(smtp.address, "127.0.0.2"), 220)

    def test_this_machine_is_exempt_unless_told_otherwise(self):
        self.land.config("limits.exempt", ["127.0.0.2"])
        self.land.config("limits.connections_per_minute", 1)
        smtp = self.start(self.land)
        self.assertEqual([self.code(smtp.address, "127.0.0.2") for _ in range(3)], [220] * 3)
        self.assertEqual([self.code(smtp.address, "127.0.0.3") for _ in range(2)], [220, 421])


if __name__ == "__main__":
    main()
