# SPDX-License-Identifier: BSD-2-Clause
"""How many sessions a user may have, in the real program and its sandbox: by AUTH, by XCLIENT, and killed."""

import base64
import json
import os
import signal
import smtplib

from postern_lab import *

PASSWORD = "correct horse battery staple"
ALICE, BOB = "alice@example.org", "bob@example.org"
TOO_MANY = "4.7.0 Too many sessions of this user, try again later"


class OfAUser(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        for user in (ALICE, BOB):
            self.land.adduser(user, PASSWORD)
        self.land.config("limits.sessions_per_account", 2)
        self.smtp = self.start(self.land, "listen", "--service", "submission")

    def log_in(self, user=ALICE, source="127.0.0.1"):
        """A session, and what it hears to AUTH."""
        session = smtplib.SMTP(*self.smtp.address, timeout=30, source_address=(source, 0))
        self.addCleanup(session.close)
        session.starttls(context=believing())
        session.ehlo()
        response = base64.b64encode(f"\0{user}\0{PASSWORD}".encode()).decode()
        code, text = session.docmd("AUTH", "PLAIN " + response)
        return session, (code, text.decode())

    def code(self, *of):
        return self.log_in(*of)[1][0]

    def sessions(self):
        """How many there are of whom."""
        rows = [json.loads(line) for line in self.land.smtpctl("limits", "show", "--json").out.splitlines()]
        return {row.get("name", "all"): row["sessions"] for row in rows if row["sessions"]}

    def test_so_many_at_once_wherever_they_come_from(self):
        one, _ = self.log_in(ALICE, "127.0.0.2")
        self.assertEqual(self.code(ALICE, "127.0.0.3"), 235)
        refused, said = self.log_in(ALICE, "127.0.0.4")
        self.assertEqual(said, (421, TOO_MANY))
        with self.assertRaises(smtplib.SMTPServerDisconnected):
            refused.noop()
        [line] = self.land.log_lines("Too many sessions")
        self.assertIn('peer=127.0.0.4 service=submission reason="AUTH: 421 4.7.0', line)
        self.assertEqual(self.code(BOB, "127.0.0.4"), 235)
        self.assertEqual(self.sessions(), {"all": 3, ALICE: 2, BOB: 1, "127.0.0.2": 1, "127.0.0.3": 1, "127.0.0.4": 1})
        one.quit()
        wait_until(lambda: self.sessions()[ALICE] == 1, what="the session to end")
        self.assertEqual(self.code(ALICE, "127.0.0.4"), 235)

    def test_killed_sessions_are_his_no_longer_at_once(self):
        self.assertEqual([self.code(), self.code(), self.code()], [235, 235, 421])
        for child in children_of(self.smtp.pid):
            os.kill(child, signal.SIGKILL)
        wait_until(lambda: not children_of(self.smtp.pid), what="the killed to be gone")
        self.assertEqual([self.code(), self.code(), self.code()], [235, 235, 421])

    def test_who_has_logged_in_is_no_session_of_his_source(self):
        self.land.config("limits.exempt", [])
        self.land.config("limits.sessions_per_source", 1)
        self.assertEqual([self.code(ALICE), self.code(BOB)], [235, 235])
        with Client(self.smtp.address) as nobody, Client(self.smtp.address) as another:
            self.assertEqual((nobody.banner[0], another.banner[0]), (220, 421))

    def test_a_proxy_says_whose_sessions_they_are(self):
        self.land.config("smtp.xclient_from", ["127.0.0.1"])
        proxies = [Client(self.smtp.address) for _ in range(3)]
        for proxy in proxies:
            self.addCleanup(proxy.close)
        said = [proxy.say(f"XCLIENT ADDR=192.0.2.1 LOGIN={ALICE}") for proxy in proxies]
        self.assertEqual([code for code, _ in said], [220, 220, 421])
        self.assertEqual(said[2][1], TOO_MANY)
        self.assertEqual(proxies[2].reply(), (0, ""))
        proxies[1].expect(220, f"XCLIENT ADDR=192.0.2.1 LOGIN={BOB}")
        self.assertEqual(self.sessions()[ALICE], 1)
        proxies[0].expect(220, "XCLIENT ADDR=192.0.2.1 LOGIN=[UNAVAILABLE]")
        self.assertNotIn(ALICE, self.sessions())


if __name__ == "__main__":
    main()
