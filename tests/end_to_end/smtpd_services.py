# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180
"""The services by name: what submission, local and lmtp require, offer and repair."""

import email
import os
import pwd
import smtplib
import socket
import subprocess
import unittest

from lab.places import AM_ROOT
from postern_lab import *

BARE = b"From: alice@example.org\r\nSubject: hello\r\n\r\nbody\r\n"


class LocalClient(Client):
    """The same at a unix socket."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(20)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rb")
        self.banner = self.reply()


class Services(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        for user in ("alice", "bob"):
            self.land.write(f"domains/example.org/{user}.account", "{}")
        self.land.config("local.default_domain", "example.org")

    def only_message(self):
        [queued] = self.land.queued()
        return queued

    def listen_at_path(self, service):
        path = self.folder / f"{service}.socket"
        server = Process(self.land.command("smtpd-inetd", "--service", service, "--listen", f"unix:{path}"),
                         self.folder / f"{service}.log")
        self.addCleanup(server.stop)
        wait_until(path.exists, what="the socket")
        return path


class Submission(Services):
    def setUp(self):
        super().setUp()
        self.smtp = self.start(self.land, "listen", "--service", "submission")

    def test_strangers_are_asked_for_a_login(self):
        with Client(self.smtp.address) as client:
            client.hello()
            self.assertIn("5.7.0", client.expect(530, "MAIL FROM:<alice@example.org>")[1])
        self.assertIn("530 5.7.0", self.land.log_lines(" refused ")[-1])

    def test_hosts_that_may_relay_submit_and_are_repaired(self):
        self.land.relay("127.0.0.1")
        with Client(self.smtp.address) as client:
            client.hello()
            self.assertEqual(client.message("alice@example.org", ["eve@example.com"], BARE)[0], 250)
        queued = self.only_message()
        self.assertEqual(queued.envelope["peer"]["service"], "submission")
        header, body = queued.content.split(b"\r\n\r\n", 1)
        self.assertEqual(body, b"body\r\n")
        lines = header.split(b"\r\n")
        self.assertTrue(lines[-2].startswith(b"Date: "), lines)
        self.assertEqual(lines[-1], b"Message-ID: <" + queued.envelope["id"].encode() + b"@mx.example.org>")
        self.assertEqual(len(email.message_from_bytes(queued.content).get_all("Date")), 1)

    def test_what_is_there_is_left_alone(self):
        self.land.relay("127.0.0.1")
        content = b"Message-Id: <1@x>\r\nDate: Thu, 26 Nov 2026 05:00:00 +0000\r\nFrom: alice@example.org\r\n\r\nbody\r\n"
        with Client(self.smtp.address) as client:
            client.hello()
            self.assertEqual(client.message("alice@example.org", ["bob@example.org"], content)[0], 250)
        self.assertTrue(self.only_message().content.endswith(content))

    def test_other_services_repair_nothing(self):
        smtp = self.start(self.land)
        with Client(smtp.address) as client:
            client.hello()
            self.assertEqual(client.message("carol@example.net", ["bob@example.org"], BARE)[0], 250)
        self.assertTrue(self.only_message().content.endswith(BARE))

    def test_the_table_can_be_changed(self):
        self.land.config("services.submission.requires_login", False)
        self.land.config("services.submission.repairs", False)
        with Client(self.smtp.address) as client:
            client.hello()
            self.assertEqual(client.message("carol@example.net", ["bob@example.org"], BARE)[0], 250)
        self.assertTrue(self.only_message().content.endswith(BARE))


class Local(Services):
    def setUp(self):
        super().setUp()
        self.path = self.listen_at_path("local")

    def test_the_administrator_sends_in_any_name_and_anywhere(self):
        with LocalClient(self.path) as client:
            self.assertEqual(client.banner[0], 220)
            client.hello()
            self.assertEqual(client.message("anybody@example.net", ["eve@example.com"], BARE)[0], 250)
        queued = self.only_message()
        login = pwd.getpwuid(os.getuid()).pw_name
        self.assertIn(f"(local user {login})".encode(), queued.content)
        self.assertIn(b"\r\nMessage-ID: <", queued.content)
        self.assertIn(f"peer=local service=local login={login} ", self.land.log_lines(" accepted ")[-1])

    def test_what_the_kernel_says_holds_in_tls_and_a_login_before_it_does_not(self):
        self.land.config("services.local.tls", "offered")
        self.land.smtpctl("passwd", "alice@example.org", "--password-stdin", input="secret\n")
        with LocalClient(self.path) as client:
            client.hello()
            client.expect(235, "AUTH PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA==")
            client.expect(553, "MAIL FROM:<anybody@example.net>")
            client.expect(220, "STARTTLS")
            client.begin_tls()
            client.hello()
            self.assertEqual(client.message("anybody@example.net", ["eve@example.com"], BARE)[0], 250)
        self.assertNotIn("user", self.only_message().envelope["peer"])
        self.assertNotIn(" user=", self.land.log_lines(" accepted ")[-1])

    def user_of_this_machine(self):
        """The name and number of somebody who is neither root nor owns the userland."""
        return next((user.pw_name, user.pw_uid) for user in pwd.getpwall()
                    if user.pw_uid not in (0, pwd.getpwnam("nobody").pw_uid))

    def lines_as(self, number, speak):
        """What speak() returns as lines, in a process of that user."""
        replies, writing = os.pipe()
        if os.fork() == 0:
            os.setgid(number)
            os.setuid(number)
            os.write(writing, "\n".join(speak()).encode())
            os._exit(0)
        os.close(writing)
        with open(replies) as lines:
            return lines.read().splitlines()

    @unittest.skipUnless(AM_ROOT, "only root can be somebody else")
    def test_a_user_has_so_many_sessions(self):
        name, number = self.user_of_this_machine()
        self.land.write(f"domains/example.org/{name}.account", "{}")
        self.land.config("limits.sessions_per_account", 1)

        def speak():
            with LocalClient(self.path) as one, LocalClient(self.path) as other:
                return [str(one.banner[0]), "{} {}".format(*other.banner)]

        self.assertEqual(self.lines_as(number, speak),
                         ["220", "421 4.7.0 Too many sessions of this user, try again later"])
        [line] = self.land.log_lines("Too many sessions")
        self.assertIn(f'peer=local service=local login={name} reason="Too many sessions', line)

    @unittest.skipUnless(AM_ROOT, "only root can be somebody else")
    def test_users_are_known_by_their_number(self):
        name, number = self.user_of_this_machine()

        def say(sender):
            """What that user hears."""
            commands = ("EHLO x", f"MAIL FROM:<{sender}>", "RCPT TO:<eve@example.com>", "QUIT")

            def speak():
                with LocalClient(self.path) as client:
                    return ["{} {}".format(*client.say(command)).split("\n")[0] for command in commands]

            return self.lines_as(number, speak)

        self.assertEqual(say(f"{name}@example.org")[1][:9], "530 5.7.0")      # no account of that name
        self.land.write(f"domains/example.org/{name}.account", "{}")
        self.land.write("domains/example.org/nick.alias", f"{name}\n")
        self.assertEqual([line[:3] for line in say(f"{name}@example.org")], ["250", "250", "250", "221"])
        self.assertEqual(say("nick@example.org")[1][:3], "250")
        self.assertEqual(say("bob@example.org")[1][:9], "553 5.7.1")
        self.land.write(f"domains/example.org/{name}.account", '{"disabled": true}')
        self.assertEqual(say(f"{name}@example.org")[1][:9], "530 5.7.0")

    def test_a_left_socket_is_replaced_and_a_live_one_is_not(self):
        words = self.land.command("smtpd-inetd", "--service", "local", "--listen", f"unix:{self.path}")
        second = subprocess.run(words, capture_output=True, text=True, timeout=20)
        self.assertEqual(second.returncode, 69)
        self.assertIn(f"bind unix:{self.path}", second.stderr)
        other = self.folder / "left.socket"
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(str(other))
        server = Process(self.land.command("smtpd-inetd", "--service", "local", "--listen", f"unix:{other}"),
                         self.folder / "left.log")
        self.addCleanup(server.stop)
        wait_until(lambda: "listening on unix:" in server.output(), what="the second service")
        with LocalClient(other) as client:
            self.assertEqual(client.banner[0], 220)

    def test_a_file_of_that_name_is_left_alone(self):
        path = self.folder / "a file"
        path.write_text("mine")
        done = subprocess.run(self.land.command("smtpd-inetd", "--listen", f"unix:{path}"), capture_output=True,
                              text=True, timeout=20)
        self.assertEqual((done.returncode, path.read_text()), (69, "mine"))

    def test_smtp_takes_nobody_without_an_address(self):
        with LocalClient(self.listen_at_path("smtp")) as client:
            self.assertEqual(client.banner[0], 421)

    def test_local_takes_nobody_over_tcp(self):
        service = self.start(self.land, "listen", "--service", "local")
        with Client(service.address) as client:   # it would say passwords in plain text
            self.assertEqual((client.banner[0], client.banner[1][:5]), (421, "4.7.0"))

    def test_systemd_hands_over_a_unix_socket(self):
        path = self.folder / "activated.socket"
        words = self.land.command("smtpd-inetd", "--service", "local")
        server = Process(["systemd-socket-activate", "--accept", "--inetd", "-l", path, *words],
                         self.folder / "activated.log")
        self.addCleanup(server.stop)
        wait_until(path.exists, what="the socket")
        with LocalClient(path) as client:
            client.hello()
            self.assertEqual(client.message("alice@example.org", ["bob@example.org"], BARE)[0], 250)


class Lmtp(Services):
    def deliver_by(self, lmtp):   # which reads one reply behind the dot only, so one recipient that is accepted
        with lmtp:
            refused = lmtp.sendmail("carol@example.net", ["alice@example.org", "nobody@example.org"], BARE.decode())
        self.assertEqual({who: code for who, (code, _) in refused.items()}, {"nobody@example.org": 550})
        queued = self.only_message()
        self.assertIn(b"with LMTP id ", queued.content)
        self.assertEqual([to["address"] for to in queued.envelope["to"]], ["alice@example.org"])
        self.land.deliver()
        [mail] = self.land.mailbox("alice@example.org")
        self.assertTrue(mail.raw.endswith(b"\nbody\n"))

    def test_smtplib_delivers_over_tcp(self):
        service = self.start(self.land, "listen", "--service", "lmtp")
        self.deliver_by(smtplib.LMTP(*service.address, timeout=20))

    def test_smtplib_delivers_at_a_unix_socket(self):
        self.deliver_by(smtplib.LMTP(str(self.listen_at_path("lmtp")), timeout=20))

    def test_nobody_relays(self):
        self.land.relay("127.0.0.1")
        service = self.start(self.land, "listen", "--service", "lmtp")
        with Client(service.address) as client:
            client.expect(500, "EHLO client.example.net")
            client.expect(250, "LHLO client.example.net")
            client.expect(250, "MAIL FROM:<alice@example.org>")
            self.assertIn("5.7.1", client.expect(550, "RCPT TO:<eve@example.com>")[1])

    def test_swaks_speaks_it(self):
        host, port = self.start(self.land, "listen", "--service", "lmtp").address
        done = subprocess.run(["swaks", "--protocol", "LMTP", "--server", f"{host}:{port}", "--to",
                               "alice@example.org,bob@example.org", "--from", "carol@example.net"],
                              capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stdout.count("Queued as"), 2)
        self.assertEqual(len(self.land.queued()), 1)

    def assert_delivers_for(self, server):
        """Another mail server takes a message for two users and hands it on."""
        send(server.address, "carol@example.net", ["alice@example.org", "bob@example.org"], BARE)
        wait_until(lambda: self.land.queued(), what="the message", seconds=30)
        queued = self.only_message()
        self.assertRegex(queued.content, rb"with LMTPS? id ")   # Exim says STARTTLS
        self.assertEqual(sorted(to["address"] for to in queued.envelope["to"]), ["alice@example.org", "bob@example.org"])
        self.land.deliver()
        self.assertEqual([len(self.land.mailbox(f"{user}@example.org")) for user in ("alice", "bob")], [1, 1])
        wait_until(lambda: self.told_delivered(server) == 2, what="the server's log", seconds=10)

    @staticmethod
    def told_delivered(server):
        log = server.log()
        return log.count("status=sent (250 2.0.0 Queued as") or log.count('C="250 2.0.0 Queued as')

    @unittest.skipUnless(Exim.available(), "only root can start it")
    def test_exim_delivers_by_it(self):
        lmtp = self.start(self.land, "listen", "--service", "lmtp")
        exim = Exim(["example.net"], next_hop=lmtp.address, protocol="lmtp")
        self.addCleanup(exim.stop)
        self.assert_delivers_for(exim)

    @unittest.skipUnless(Postfix.available(), "only root can start it")
    def test_postfix_delivers_by_it(self):
        host, port = self.start(self.land, "listen", "--service", "lmtp").address
        postfix = Postfix(["example.org"], extra=f"virtual_transport = lmtp:inet:{host}:{port}")
        self.addCleanup(postfix.stop)
        self.assert_delivers_for(postfix)


if __name__ == "__main__":
    main()
