# SPDX-License-Identifier: BSD-2-Clause
"""What sources and users may do within an hour, bans, the table's troubles, and fail2ban's view of the log."""

import json
import os
import subprocess
import sys

from lab.places import SOURCE, tool
from postern_lab import *

CONTENT = b"From: bob@example.net\r\n\r\nhello\r\n"


class Offences(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")
        self.land.config("limits.exempt", [])
        self.smtp = self.start(self.land)

    def session(self, source="127.0.0.2"):
        client = Client(self.smtp.address, source)
        self.addCleanup(client.close)
        if client.banner[0] == 220:
            client.hello()
        return client

    def code(self, source="127.0.0.2"):
        return self.session(source).banner[0]

    def rows(self):
        rows = [json.loads(line) for line in self.land.smtpctl("limits", "show", "--json").out.splitlines()]
        return {row.get("name", "all"): row for row in rows}


class InAnHour(Offences):
    def test_messages_of_a_source(self):
        self.land.config("limits.messages_per_hour", 2)
        for source in ("127.0.0.2", "127.0.0.2", "127.0.0.3"):
            self.assertEqual(self.session(source).message("bob@example.net", ["alice@example.org"], CONTENT)[0], 250)
        client = self.session()
        self.assertEqual(client.say("MAIL FROM:<bob@example.net>"), (451, "4.7.1 Too many messages in an hour, try again later"))
        self.assertEqual(len(self.land.log_lines("451 4.7.1")), 1)
        self.land.relay("127.0.0.2")
        self.assertEqual(self.session().say("MAIL FROM:<bob@example.net>")[0], 250)

    def test_recipients_of_a_source(self):
        self.land.config("limits.recipients_per_hour", 3)
        client = self.session()
        client.expect(250, "MAIL FROM:<bob@example.net>")
        replies = [client.say("RCPT TO:<alice@example.org>")[0] for _ in range(4)]
        self.assertEqual(replies, [250] * 3 + [450])
        self.assertEqual(client.content(CONTENT)[0], 250)
        self.assertEqual(self.rows()["127.0.0.2"]["recipients"], 3)

    def test_connections_from_anywhere(self):
        self.land.config("limits.exempt", ["127.0.0.9"])
        self.land.config("limits.all_connections_per_minute", 2)
        self.assertEqual([self.code(f"127.0.0.{i}") for i in (2, 9, 3)], [220, 220, 421])
        self.assertEqual(self.session("127.0.0.4").banner, (421, "4.3.2 Too many connections, try again later"))
        self.assertEqual(len(self.land.log_lines('peer=127.0.0.4 reason="Too many connections, try')), 1)
        self.assertEqual(self.code("127.0.0.9"), 220)
        self.land.relay("127.0.0.4")
        self.assertEqual(self.code("127.0.0.4"), 220)
        self.assertEqual(self.rows()["all"]["connections"], 4)

    def test_messages_and_recipients_from_anywhere(self):
        self.land.config("limits.exempt", ["127.0.0.9"])
        self.land.config("limits.all_messages_per_hour", 3)
        self.land.config("limits.all_recipients_per_hour", 1)
        one, other, exempt = (self.session(f"127.0.0.{i}") for i in (2, 3, 9))
        for client in (one, other, exempt):
            client.expect(250, "MAIL FROM:<bob@example.net>")
        one.expect(250, "RCPT TO:<alice@example.org>")
        self.assertEqual(other.say("RCPT TO:<alice@example.org>"),
                         (450, "4.3.2 This server has taken too many recipients, try again later"))
        exempt.expect(250, "RCPT TO:<alice@example.org>")
        other.expect(250, "RSET")
        self.assertEqual(other.say("MAIL FROM:<bob@example.net>"),
                         (451, "4.3.2 This server has taken too many messages, try again later"))
        self.assertEqual(exempt.content(CONTENT)[0], 250)
        exempt.expect(250, "MAIL FROM:<bob@example.net>")
        self.assertEqual(len(self.land.log_lines("4.3.2 This server has taken too many")), 2)

    def test_whom_a_proxy_speaks_for_is_counted(self):
        self.land.config("smtp.xclient_from", ["127.0.0.2"])
        self.land.config("limits.messages_per_hour", 1)
        self.land.config("limits.connections_per_minute", 1)
        for address in ("192.0.2.1", "192.0.2.2"):
            client = self.session()
            client.expect(220, f"XCLIENT ADDR={address}")
            client.hello()
            client.expect(250, "MAIL FROM:<bob@example.net>")
            client.expect(250, "RSET")
            client.expect(451, "MAIL FROM:<bob@example.net>")

    def test_whom_a_proxy_speaks_for_may_be_banned(self):
        self.land.config("smtp.xclient_from", ["127.0.0.2"])
        self.land.smtpctl("limits", "ban", "192.0.2.1")
        client = self.session()
        client.expect(421, "XCLIENT ADDR=192.0.2.1")
        self.assertEqual(client.reply(), (0, ""))
        self.session("127.0.0.2").expect(220, "XCLIENT ADDR=192.0.2.2")


class Banned(Offences):
    def err(self, times, source="127.0.0.2"):
        """Names so many recipients that do not exist; the codes."""
        client = self.session(source)
        client.expect(250, "MAIL FROM:<bob@example.net>")
        return [client.say(f"RCPT TO:<nobody{i}@example.org>")[0] for i in range(times)]

    def test_who_looks_for_recipients_is_banned(self):
        self.land.config("limits.unknown_recipients", 4)
        self.assertEqual(self.err(2), [550, 550])
        self.assertEqual(self.code(), 220)
        self.assertEqual(self.err(3), [550, 421, 0])
        banned = self.session()
        self.assertEqual(banned.banner, (421, "4.7.0 Your address is not served for a time, try again later"))
        self.assertEqual(self.code("127.0.0.3"), 220)
        [line] = self.land.log_lines(" banned ")
        self.assertIn('peer=127.0.0.2 source=127.0.0.2 reason="too many unknown recipients"', line)
        self.assertEqual(self.rows()["127.0.0.2"]["reason"], "too many unknown recipients")

    def test_while_all_look_for_recipients_each_may_err_once(self):
        self.land.config("limits.all_unknown_recipients", 4)
        self.assertEqual(self.err(4), [550] * 4)
        self.assertEqual(self.err(1), [421])
        self.assertEqual(self.err(2, "127.0.0.3"), [550, 421])
        self.assertEqual(self.code("127.0.0.3"), 220)
        self.assertEqual(self.rows()["all"]["unknown_recipients"], 7)
        self.assertEqual(self.land.log_lines(" banned "), [])

    def test_where_a_ban_lasts_no_time_nobody_is_banned(self):
        self.land.config("limits.unknown_recipients", 2)
        self.land.config("limits.ban", "0s")
        self.assertEqual(self.err(2), [550, 421])
        self.assertEqual(self.err(1), [421])
        self.assertEqual(self.land.log_lines(" banned "), [])
        self.assertEqual(len(self.land.log_lines("421 4.7.0 Too many unknown recipients, try again later")), 2)

    def test_a_ban_outlives_the_table_and_ends_when_it_is_told_to(self):
        self.assertEqual(self.code(), 220)
        self.land.smtpctl("limits", "ban", "127.0.0.2", "--for", "1d", "--reason", "spam")
        (self.land.root / "run/limits").unlink()
        self.assertEqual(self.code(), 421)
        self.assertEqual(self.code("127.0.0.3"), 220)
        self.land.smtpctl("limits", "allow", "127.0.0.2")
        self.assertEqual(self.code(), 220)

    def test_a_ban_ends_in_time(self):
        self.land.smtpctl("limits", "ban", "127.0.0.2", "--for", "1s")
        self.assertEqual(self.code(), 421)
        wait_until(lambda: self.code() == 220, what="the ban to be over")
        self.land.deliver()   # which tidies up
        self.assertEqual(list((self.land.root / "state/bans").iterdir()), [])

    def test_who_is_allowed_again_begins_at_nothing(self):
        self.land.config("limits.unknown_recipients", 2)
        self.assertEqual(self.err(2), [550, 421])
        self.land.smtpctl("limits", "allow", "127.0.0.2")
        self.assertEqual(self.err(1), [550])

    def test_who_is_exempt_is_not_banned(self):
        self.land.config("limits.unknown_recipients", 2)
        self.land.relay("127.0.0.2")
        self.land.config("limits.exempt", ["127.0.0.3"])
        for source in ("127.0.0.2", "127.0.0.3"):
            self.assertEqual(self.err(4, source), [550] * 4)
            self.assertEqual(self.code(source), 220)
        self.assertEqual(self.land.log_lines(" banned "), [])


class Trouble(Offences):
    def test_a_damaged_table_is_made_anew(self):
        self.assertEqual(self.code(), 220)
        with open(self.land.root / "run/limits", "r+b") as table:
            table.write(b"garbage")
        self.assertEqual([self.code(), self.code()], [220, 220])
        self.assertEqual(len(self.land.log_lines("limits_rebuilt")), 1)

    def test_what_is_no_table_stops_no_mail(self):
        (self.land.root / "run/limits").mkdir()
        self.assertEqual(self.session().message("bob@example.net", ["alice@example.org"], CONTENT)[0], 250)
        self.assertEqual(len(self.land.log_lines("limits_off")), 1, self.land.log_text())

    def test_lies_in_the_table_kill_no_session(self):
        self.assertEqual(self.code(), 220)
        self.land.config("limits.exempt", ["127.0.0.2"])
        for _ in range(5):
            with open(self.land.root / "run/limits", "r+b") as table:
                table.seek(4096)
                table.write(os.urandom(1_183_744))
            self.assertEqual(self.session().message("bob@example.net", ["alice@example.org"], CONTENT)[0], 250)
            self.land.smtpctl("limits", "show")
        self.land.smtpctl("limits", "clear")
        self.assertEqual(self.rows()["all"]["messages"], 0)

    def test_nobody_but_the_group_can_touch_it(self):
        self.assertEqual(self.code(), 220)
        self.assertEqual((self.land.root / "run/limits").stat().st_mode & 0o777, 0o660)


class Fail2ban(Offences):
    def matches(self, mode):
        """The addresses that fail2ban finds in the log."""
        filter_file = SOURCE / "examples/fail2ban/filter.d/postern.conf"
        text = self.folder / "log"
        text.write_text(self.land.log_text())
        command = [sys.executable, "-B", tool("usr/bin/fail2ban-regex"), "-c", tool("etc/fail2ban"), "-o", "ip",
                   text, f"{filter_file}[mode={mode}]"]
        environment = {**os.environ, "PYTHONPATH": tool("usr/lib/python3/dist-packages")}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=50)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        return sorted(done.stdout.split())

    def test_it_finds_those_who_are_up_to_something(self):
        self.land.config("limits.unknown_recipients", 3)
        good, curious, relayer, liar = (self.session(f"127.0.0.{i}") for i in range(2, 6))
        self.assertEqual(good.message("bob@example.net", ["alice@example.org"], CONTENT)[0], 250)
        for client in (curious, relayer, liar):
            client.expect(250, "MAIL FROM:<bob@example.net>")
        curious.expect(550, "RCPT TO:<nobody@example.org>")
        relayer.expect(550, "RCPT TO:<bob@example.net>")
        forged = 'x peer=127.0.0.99 reason=y'
        liar.expect(550, f'RCPT TO:<"{forged}"@example.org>')
        self.assertEqual(self.matches("normal"), ["127.0.0.3", "127.0.0.4", "127.0.0.5"])
        self.assertEqual(self.matches("banned"), [])
        for _ in range(2):
            curious.say("RCPT TO:<nobody@example.org>")
        self.assertEqual(self.matches("banned"), ["127.0.0.3"])
        self.assertEqual(self.code("127.0.0.3"), 421)
        self.assertEqual(self.matches("banned"), ["127.0.0.3"])   # one line a ban


if __name__ == "__main__":
    main()
