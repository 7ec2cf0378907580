# SPDX-License-Identifier: BSD-2-Clause
"""Clients that are slow, noisy, curious or impatient: what the settings make of them, in the real program."""

import socket
import subprocess
import time

from lab.one_session import OneSession
from postern_lab import *

BEGINNING = ("MAIL FROM:<bob@example.net>", "RCPT TO:<alice@example.org>")


class Limits(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")
        self.land.write("domains/example.org/staff.alias", "alice\nbob@example.net\n")

    def session(self, *begin):
        session = OneSession(self.land)
        self.addCleanup(session.__exit__)
        session.client.hello()
        for command in begin:
            session.client.expect(250, command)
        return session.client

    def assert_closed(self, client, why):
        self.assertEqual(client.reply(), (0, ""))
        self.assertEqual(len(self.land.log_lines(f'reason="{why}"')), 1, self.land.log_text())
        self.assertEqual(self.land.spool_files(), [])


class Slow(Limits):
    def test_content_slower_than_the_minimum(self):
        self.land.config("limits.minimum_rate", 1000)
        self.land.config("limits.rate_window", "1s")
        client = self.session(*BEGINNING)
        client.expect(354, "DATA")
        client.raw(b"Subject: slow\r\n")
        code, text = client.reply()
        self.assertEqual((code, text[:5]), (421, "4.4.2"))
        self.assert_closed(client, "too slow")

    def test_drops_of_content_are_too_slow_as_well(self):
        self.land.config("limits.minimum_rate", 1000)
        self.land.config("limits.rate_window", "1s")
        client = self.session(*BEGINNING)
        client.raw(b"BDAT 100000 LAST\r\n")
        begin = time.monotonic()
        client.socket.settimeout(0.1)
        while time.monotonic() - begin < 10:
            client.raw(b"a drop\r\n")
            try:
                said = client.socket.recv(100)
                break
            except TimeoutError:
                pass
        self.assertTrue(said.startswith(b"421 4.4.2 "), said)
        self.assertLess(time.monotonic() - begin, 5)

    def test_content_that_is_fast_enough(self):
        self.land.config("limits.minimum_rate", 1000)
        self.land.config("limits.rate_window", "1s")
        client = self.session(*BEGINNING)
        client.expect(354, "DATA")
        client.raw(b"From: bob@example.net\r\n\r\n")
        for _ in range(4):
            client.raw(b"twenty octets and...\r\n" * 60)
            time.sleep(0.5)
        client.raw(b".\r\n")
        self.assertEqual(client.reply()[0], 250)

    def test_silence_in_content(self):
        self.land.config("limits.content_idle", "1s")
        client = self.session(*BEGINNING)
        client.expect(354, "DATA")
        client.raw(b"Subject: half\r\n")
        self.assertEqual(client.reply()[0], 421)
        self.assert_closed(client, "timed out")


class Noisy(Limits):
    def test_too_many_recipients_that_are_not_there(self):
        self.land.config("limits.bad_recipients", 2)
        client = self.session(BEGINNING[0])
        replies = [client.say(f"RCPT TO:<nobody{i}@example.org>")[0] for i in range(3)]
        self.assertEqual(replies, [550, 550, 421])
        self.assert_closed(client, "too many refused recipients")

    def test_too_many_commands_that_move_no_mail(self):
        self.land.config("limits.idle_commands", 10)
        client = self.session()
        replies = [client.say("NOOP")[0] for _ in range(10)]
        self.assertEqual(replies, [250] * 9 + [421])
        self.assert_closed(client, "too many commands without mail")


class Impatient(Limits):
    def talk(self, octets, *options):
        """What a session says whose client sends these octets at once, and when it began to."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.sendall(octets)
            begin = time.monotonic()
            process = subprocess.Popen(self.land.command("smtpd-inetd", "--local", *options), stdin=theirs, stdout=theirs)
            theirs.close()
            said = ours.recv(4096)
            waited = time.monotonic() - begin
            ours.close()
            self.assertEqual(process.wait(15), 0)
        return said, waited

    def test_who_speaks_first_is_refused(self):
        self.land.config("smtp.early_talker", "1s")
        said, waited = self.talk(b"EHLO client.example\r\n")
        self.assertEqual(said, b"421 4.7.0 The client spoke before its greeting\r\n")
        self.assertLess(waited, 1)
        self.assertEqual(len(self.land.log_lines("spoke before its greeting")), 1)

    def test_who_waits_is_greeted_later(self):
        self.land.config("smtp.early_talker", "1s")
        said, waited = self.talk(b"")
        self.assertTrue(said.startswith(b"220 "), said)
        self.assertGreater(waited, 0.9)

    def test_by_default_nobody_waits(self):
        said, waited = self.talk(b"NOOP\r\n")
        self.assertTrue(said.startswith(b"220 "), said)

    def test_a_friend_need_not_wait(self):
        self.land.config("smtp.early_talker", "5m")
        self.land.relay("127.0.0.1")
        session = OneSession(self.land)
        self.addCleanup(session.__exit__)
        self.assertEqual(session.banner[0], 220)

    def test_content_before_354_with_strict_pipelining(self):
        self.land.config("smtp.pipelining", "strict")
        client = self.session(*BEGINNING)
        client.raw(b"DATA\r\nSubject: early\r\n.\r\n")
        self.assertEqual(client.reply()[0], 421)
        self.assert_closed(client, "did not wait for its turn")


class Curious(Limits):
    def test_vrfy_and_expn_are_off(self):
        client = self.session()
        self.assertEqual(client.say("VRFY alice@example.org")[0], 252)
        self.assertEqual(client.say("VRFY nobody@example.org")[0], 252)
        self.assertEqual(client.say("EXPN staff@example.org")[0], 252)

    def test_they_answer_friends(self):
        self.land.config("smtp.vrfy", "relay")
        self.land.config("smtp.expn", "relay")
        self.assertEqual(self.session().say("VRFY alice@example.org")[0], 252)
        self.land.relay("127.0.0.0/8")
        client = self.session()
        self.assertEqual(client.say("VRFY ALICE@example.org"), (250, "2.1.5 <alice@example.org>"))
        self.assertEqual(client.say("VRFY nobody@example.org")[0], 550)
        self.assertEqual(client.say("EXPN staff@example.org"),
                         (250, "2.1.5 <alice@example.org>\n2.1.5 <bob@example.net>"))

    def test_trouble_is_temporary(self):
        self.land.config("smtp.vrfy", "all")
        self.land.write("domains/example.org/alice.account", "{ half")
        self.assertEqual(self.session().say("VRFY alice@example.org")[0], 451)


class Proxied(Limits):
    """XCLIENT: the rights are those of the client that is spoken for."""

    def verdict(self, *attributes):
        client = self.session()
        client.expect(220, "XCLIENT " + " ".join(attributes))
        client.hello()
        client.expect(250, BEGINNING[0])
        return client.say("RCPT TO:<dave@elsewhere.example>")[0]

    def test_who_is_not_listed_is_not_believed(self):
        self.land.relay("198.51.100.0/24")
        self.assertEqual(self.session().say("XCLIENT ADDR=198.51.100.4")[0], 502)

    def test_rights_go_with_the_client(self):
        self.land.config("smtp.xclient_from", ["127.0.0.1"])
        self.land.relay("127.0.0.1", "198.51.100.0/24", "friend.example")
        self.assertEqual(self.verdict("ADDR=198.51.100.4"), 250)
        self.assertEqual(self.verdict("ADDR=198.51.101.4"), 550)
        self.assertEqual(self.verdict("ADDR=198.51.101.4", "NAME=friend.example"), 250)
        self.assertEqual(self.verdict("ADDR=198.51.101.4", "LOGIN=alice"), 250)
        self.assertEqual(self.verdict("ADDR=[UNAVAILABLE]"), 550)

    def test_log_and_envelope_name_the_client(self):
        self.land.config("smtp.xclient_from", ["127.0.0.1"])
        client = self.session()
        client.expect(220, "XCLIENT ADDR=198.51.100.4 PORT=99 NAME=spike.example LOGIN=bob")
        client.hello()
        client.message("bob@example.net", ["alice@example.org"], b"From: bob@example.net\r\n\r\n")
        [queued] = self.land.queued()
        peer = queued.envelope["peer"]
        self.assertEqual((peer["ip"], peer["port"], peer["name"], peer["user"]),
                         ("198.51.100.4", 99, "spike.example", "bob@example.org"))
        self.assertIn(b"(spike.example [198.51.100.4])", queued.content)
        [told] = self.land.log_lines(" xclient ")
        self.assertIn("peer=127.0.0.1", told)
        self.assertIn("peer=198.51.100.4", self.land.log_lines(" accepted ")[0])


    def test_a_login_without_a_domain_is_one_of_the_default_domain(self):
        self.land.config("smtp.xclient_from", ["127.0.0.1"])
        self.land.config("services.smtp.own_senders", True)
        client = self.session()
        client.expect(220, "XCLIENT ADDR=198.51.100.4 LOGIN=alice")
        client.hello()
        client.expect(553, "MAIL FROM:<bob@example.org>")
        client.expect(250, "MAIL FROM:<alice@example.org>")
        client.expect(250, "RCPT TO:<dave@elsewhere.example>")

    def test_a_login_that_is_no_name_gives_no_rights(self):
        self.land.config("smtp.xclient_from", ["127.0.0.1"])
        self.assertEqual(self.verdict("ADDR=198.51.100.4", "LOGIN=" + "a" * 65), 550)

    def test_the_next_client_is_another_in_the_log(self):
        self.land.config("smtp.xclient_from", ["127.0.0.1"])
        client = self.session()
        for words, user in (("LOGIN=bob", " user=bob@example.org"), ("", "")):
            client.expect(220, f"XCLIENT ADDR=198.51.100.4 {words}".rstrip())
            client.hello()
            client.message("bob@example.net", ["alice@example.org"], b"From: bob@example.net\r\n\r\n")
            self.assertIn(f"peer=198.51.100.4{user} id=", self.land.log_lines(" accepted ")[-1])

    def test_a_login_told_in_plain_text_ends_where_tls_begins(self):
        self.land.config("smtp.xclient_from", ["127.0.0.1"])
        client = self.session()
        client.expect(220, "XCLIENT ADDR=198.51.100.4 LOGIN=alice")
        client.hello()
        client.expect(220, "STARTTLS")
        client.begin_tls()
        client.hello()
        client.expect(250, BEGINNING[0])
        client.expect(550, "RCPT TO:<dave@elsewhere.example>")
        client.expect(250, "RSET")
        client.expect(220, "XCLIENT LOGIN=alice")
        client.hello()
        client.expect(250, BEGINNING[0])
        client.expect(250, "RCPT TO:<dave@elsewhere.example>")
        client.content(b"From: bob@example.net\r\n\r\n")
        self.assertIn("peer=198.51.100.4 user=alice@example.org id=", self.land.log_lines(" accepted ")[-1])


class Old(Limits):
    CONTENT = b"From: device@example.net\nSubject: an old device\n\none line\n"

    def send(self):
        client = self.session()
        client.raw(b"MAIL FROM:<device@example.net>\nRCPT TO:<alice@example.org>\nDATA\n" + self.CONTENT + b".\n")
        return [client.reply()[0] for _ in range(4)]

    def test_a_bare_lf_is_refused(self):
        self.assertEqual(set(self.send()), {500})

    def test_a_listed_friend_may_send_it(self):
        self.land.config("smtp.bare_newline_from", ["127.0.0.0/8"])
        self.land.relay("127.0.0.1")
        self.assertEqual(self.send(), [250, 250, 354, 250])
        [queued] = self.land.queued()
        self.assertTrue(queued.content.endswith(self.CONTENT.replace(b"\n", b"\r\n")), queued.content)

    def test_one_who_is_no_friend_may_not(self):
        self.land.config("smtp.bare_newline_from", ["127.0.0.0/8"])
        self.assertEqual(set(self.send()), {500})

    def test_a_friend_who_is_not_listed_may_not(self):
        self.land.relay("127.0.0.1")
        self.assertEqual(set(self.send()), {500})


if __name__ == "__main__":
    main()
