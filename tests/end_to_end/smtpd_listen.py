# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180
"""The tiny master of --listen: what it binds, what it survives, how it ends, what it says when it cannot start."""

import os
import signal
import socket
import subprocess

from postern_lab import *

MOST_PROCESSES = 200


class Listening(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")

    def assert_serves(self, address):
        with Client(address) as client:
            self.assertEqual(client.banner[0], 220)
            client.quit()

    def test_several_endpoints_of_both_families(self):
        port = free_port()
        smtp = self.start(self.land, "listen", "--listen", f"[::1]:{port}", "--listen", f"127.0.0.2:{port}")
        for address in (smtp.address, ("::1", port), ("127.0.0.2", port)):
            self.assert_serves(address)

    def test_settings_count_from_the_next_session_on(self):
        smtp = self.start(self.land)
        self.land.config("server.hostname", "new.example.org")
        with Client(smtp.address) as client:
            self.assertIn("new.example.org", client.banner[1])

    def test_it_survives_a_session_that_crashes(self):
        smtp = self.start(self.land)
        with Client(smtp.address) as other, Client(smtp.address) as victim:
            pids = children_of(smtp.pid)
            self.assertEqual(len(pids), 2)
            os.kill(pids[1], signal.SIGSEGV)
            self.assertEqual(victim.reply(), (0, ""))
            other.expect(250, "NOOP")
            self.assert_serves(smtp.address)
        [line] = wait_until(lambda: self.land.log_lines("session_died"), what="the line in the log")
        self.assertIn(f"pid={pids[1]} signal={int(signal.SIGSEGV)}", line)
        wait_until(lambda: children_of(smtp.pid) == [], what="all children to be reaped")

    def start_short_of(self, call, error, times):
        """The master whose first calls fail for want of something."""
        port = free_port()
        command = self.land.command("smtpd-inetd", "--listen", f"127.0.0.1:{port}")
        strace = ["strace", "-o", self.folder / "trace", "-e", f"trace={call}", "-e",
                  f"inject={call}:error={error}:when=1..{times}"]
        server = Process([*strace, *command], self.folder / "server.log")
        self.addCleanup(server.stop)
        wait_for_port("127.0.0.1", port, process=server)
        return ("127.0.0.1", port)

    def test_it_survives_want_of_descriptors(self):
        address = self.start_short_of("accept4", "EMFILE", 3)
        self.assert_serves(address)
        self.assertEqual(len(self.land.log_lines(" trouble ")), 3)   # it rests in between, and does not spin

    def test_it_survives_want_of_processes(self):
        address = self.start_short_of("clone", "EAGAIN", 1)
        with Client(address) as unlucky:
            self.assertEqual(unlucky.banner[0], 421)
        self.assert_serves(address)

    def test_more_than_it_can_serve_wait_their_turn(self):
        self.land.config("limits.sessions", MOST_PROCESSES - 100)
        smtp = self.start(self.land)
        self.land.config("limits.sessions", MOST_PROCESSES + 100)   # counts for sessions, not for the master any more
        clients = [Client(smtp.address) for _ in range(MOST_PROCESSES)]
        with socket.create_connection(smtp.address) as waiting:
            waiting.settimeout(0.5)
            self.assertRaises(TimeoutError, waiting.recv, 4)
            clients.pop().quit()
            waiting.settimeout(20)
            self.assertEqual(waiting.recv(4), b"220 ")
        for client in clients:
            client.close()

    def test_sigterm_ends_it_with_all_its_sessions(self):
        smtp = self.start(self.land)
        with Client(smtp.address) as first, Client(smtp.address) as second:
            first.hello()
            smtp.process.signal(signal.SIGTERM)
            self.assertEqual((first.reply()[0], second.reply()[0]), (421, 421))
        self.assertEqual(smtp.process.popen.wait(10), 0)
        self.assertRaises(ConnectionRefusedError, socket.create_connection, smtp.address)
        self.assertTrue(self.land.log_lines(" stopped"))

    def test_a_second_signal_does_not_wait(self):
        smtp = self.start(self.land)
        client = Client(smtp.address)
        self.addCleanup(client.close)
        [session] = children_of(smtp.pid)
        os.kill(session, signal.SIGSTOP)
        self.addCleanup(os.kill, session, signal.SIGKILL)
        smtp.process.signal(signal.SIGTERM)
        wait_until(lambda: not listens(smtp.address), what="it to stop listening")
        self.assertTrue(smtp.process.alive())
        smtp.process.signal(signal.SIGTERM)
        self.assertEqual(smtp.process.popen.wait(10), 0)


def listens(address):
    """A socket that is closed while a connection waits in its queue resets that one: the next is refused."""
    try:
        socket.create_connection(address).close()
        return True
    except ConnectionResetError:
        return True
    except ConnectionRefusedError:
        return False


class CannotStart(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()

    def assert_ends(self, status, *options, word=""):
        run = self.land.run("smtpd-inetd", *options, check=False)
        self.assertEqual(run.status, status, run.err)
        self.assertEqual(len(run.err.splitlines()), 1, run.err)
        self.assertTrue(run.err.startswith("smtpd-inetd: "))
        self.assertIn(word, run.err)

    def test_wrong_usage(self):
        self.assert_ends(64, "--listen", "localhost:25", word="localhost:25")
        self.assert_ends(64, "--listen", word="--listen")
        self.assert_ends(64, "--lisen", "127.0.0.1:0", word="--lisen")
        self.assert_ends(64, "more", word="more")

    def test_no_userland_named(self):
        command = [self.land.command("smtpd-inetd")[0], "--listen", "127.0.0.1:0"]
        environment = {name: value for name, value in os.environ.items() if name != "POSTERN_ROOT"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=20)
        self.assertEqual(done.returncode, 64)
        self.assertIn("--root", done.stderr)

    def test_a_port_that_is_taken(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            place = f"127.0.0.1:{taken.getsockname()[1]}"
            self.assert_ends(69, "--listen", place, word=place)

    def test_a_broken_config(self):
        self.land.write("config.json", "{")
        self.assert_ends(78, "--listen", "127.0.0.1:0", word="config.json")


if __name__ == "__main__":
    main()
