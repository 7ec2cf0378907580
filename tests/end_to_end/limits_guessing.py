# SPDX-License-Identifier: BSD-2-Clause
# ctest: PROCESSORS 2
"""Many clients of one source guess a password: it is banned, others notice nothing, memory stays bounded."""

import base64
import json
import threading
import time

from postern_lab import *

PASSWORD = "correct horse battery staple"
FAILURES = 10
GUESSERS = 50


def plain(user, password):
    return "AUTH PLAIN " + base64.b64encode(f"\0{user}\0{password}".encode()).decode()


class SecureClient(Client):
    """Ready to log in, if the server has greeted it; it asks nothing about the certificate."""

    def __init__(self, address, source):
        super().__init__(address, source, timeout=40)
        if self.banner[0] != 220:
            return
        self.hello()
        self.expect(220, "STARTTLS")
        self.file.close()
        self.socket = believing().wrap_socket(self.socket)
        self.file = self.socket.makefile("rb")
        self.hello()


def memory_of(pid):
    """Anonymous memory of all its children, in KiB."""
    total = 0
    for child in children_of(pid):
        try:
            with open(f"/proc/{child}/status") as status:
                total += sum(int(line.split()[1]) for line in status if line.startswith("RssAnon:"))
        except OSError:
            pass
    return total


class Guessing(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org", PASSWORD)
        self.land.config("limits.exempt", [])
        self.land.config("limits.auth_failures", FAILURES)
        self.smtp = self.start(self.land, "listen", "--service", "submission")
        self.said = []

    def guess(self, number):
        """One after the other, until the server has enough of it."""
        try:
            client = SecureClient(self.smtp.address, "127.0.0.2")
            self.addCleanup(client.close)
            code = client.banner[0]
            for attempt in range(5):
                if code not in (220, 535):
                    break
                code = client.say(plain("alice@example.org", f"wrong {number} {attempt}"))[0]
                self.said.append(code)
        except (OSError, AssertionError):   # a connection that ended
            pass

    def log_in(self, source):
        with SecureClient(self.smtp.address, source) as client:
            if client.banner[0] != 220:
                return client.banner[0]
            return client.say(plain("alice@example.org", PASSWORD))[0]

    def test_many_sources_that_guess_get_one_try_each(self):
        self.land.config("limits.all_auth_failures", 3)
        self.land.config("limits.exempt", ["127.0.0.9"])
        guess = lambda client: client.say(plain("alice@example.org", "wrong"))
        with SecureClient(self.smtp.address, "127.0.0.2") as one:
            self.assertEqual([guess(one)[0] for _ in range(3)], [535] * 3)
            self.assertEqual(guess(one), (454, "4.7.0 Too many failed logins on this server, try again later"))
            self.assertEqual(len(self.land.log_lines('reason="AUTH: 454 4.7.0 Too many failed logins on')), 1)
        with SecureClient(self.smtp.address, "127.0.0.3") as other:
            self.assertEqual([guess(other)[0] for _ in range(2)], [535, 454])
        self.assertEqual([self.log_in(f"127.0.0.{i}") for i in (3, 4)], [454, 235])
        with SecureClient(self.smtp.address, "127.0.0.9") as exempt:
            self.assertEqual([guess(exempt)[0] for _ in range(2)], [535, 535])

    def test_names_of_nobody_take_no_place(self):
        with SecureClient(self.smtp.address, "127.0.0.2") as client:
            for user in ("alice@example.org", "nobody@example.org", "somebody@example.com"):
                client.expect(535, plain(user, "wrong"))
        rows = [json.loads(line) for line in self.land.smtpctl("limits", "show", "--json").out.splitlines()]
        self.assertEqual([(row.get("name"), row["auth_failures"]) for row in rows],
                         [(None, 3), ("127.0.0.2", 3), ("alice@example.org", 1)])

    def test_a_run_of_guesses(self):
        crowd = [threading.Thread(target=self.guess, args=(number,)) for number in range(GUESSERS)]
        for guesser in crowd:
            guesser.start()
        most, neighbours = 0, []
        while any(guesser.is_alive() for guesser in crowd):
            most = max(most, memory_of(self.smtp.pid))
            if len(neighbours) < 3:
                neighbours.append(self.log_in(f"127.0.0.{3 + len(neighbours)}"))
            time.sleep(0.05)
        print(f"{len(self.said)} guesses, {most // 1024} MiB")
        self.assertEqual(set(neighbours), {235})
        self.assertEqual(self.log_in("127.0.0.2"), 421)
        self.assertEqual(self.log_in("127.0.0.9"), 235)
        failed = [code for code in self.said if code in (535, 421)]
        self.assertEqual(len(self.land.log_lines(" auth_failed ")), len(failed))
        self.assertGreaterEqual(len(failed), FAILURES)
        self.assertLessEqual(len(failed), FAILURES + GUESSERS)   # those on their way are still judged
        self.assertEqual(len(self.land.log_lines(" banned ")), 1)
        self.assertLess(most, 1024 * 1024)


if __name__ == "__main__":
    main()
