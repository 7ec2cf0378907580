# SPDX-License-Identifier: BSD-2-Clause
"""Whoever takes over a session gains nothing: a program confined as one tries what an intruder would, in vain."""

import os
import re
import signal
import socket
import subprocess

from lab.places import AM_ROOT, program
from lab.userland import OWNER
from postern_lab import *

INTRUDER = program("sandbox_intruder")
ENDS_PROCESS = -signal.SIGSYS
# What containers, chroots and kernels' own settings forbid here and there, without any sandbox of ours.
FORBIDDEN_HERE_AND_THERE = {
    "user_namespace", "setns", "perf_event_open", "userfaultfd", "io_uring", "io_setup", "keyctl", "add_key",
    "personality", "trace_another", "read_memory_of_another", "hold_another", "handles", "modify_ldt", "calls_of_32_bit",
    "execute_from_memory", "process_control", "watch_received"}
# What Landlock alone forbids, if the filter of calls was gone.
HELD_BY_LANDLOCK = [
    "read_mail", "list_mail", "read_queued_message", "write_queued_message", "list_received", "list_incoming",
    "read_passwords", "list_secrets", "read_config", "write_account", "make_account", "list_accounts", "read_passwd",
    "list_root", "write_to_tmp", "make_log_file", "read_device", "truncate_own_file", "symbolic_link", "move_out_of_tree",
    "make_directory", "remove_directory", "make_pipe", "make_socket", "execute_own_file", "signal_another", "connect",
    "listen", "call_abstract_socket"]


def all_attempts():
    """{name: it succeeds without a sandbox}"""
    out = subprocess.run([INTRUDER, "list"], capture_output=True, check=True, text=True).stdout
    return {line.split()[0]: "anyway" not in line.split() for line in out.splitlines()}


class Sandbox(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        smtp = self.start(self.land)
        send(smtp.address, "bob@example.net", ["alice@example.org"], b"From: bob@example.net\r\n\r\nhello\r\n")
        [self.message] = self.land.spool_files("received/now")
        self.land.write("mail/example.org/alice/new/1", "private")
        (self.land.spool / "incoming/aaaaaaaaaaaaaaaaaaaaaaaaaa8").mkdir()
        self.make_reachable()
        self.prey = self.another_process()
        self.listen_without_a_path()

    def make_reachable(self):
        """Maildirs are 0700 of the owner, whom the intruder is, too."""
        if AM_ROOT:
            subprocess.run(["chown", "-R", f"{OWNER}:", self.land.root / "mail"], check=True)

    def another_process(self):
        user = {"user": OWNER, "group": self.land.root.stat().st_gid, "extra_groups": []} if AM_ROOT else {}
        process = subprocess.Popen(["sleep", "600"], **user)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def attempt(self, name, program):
        words = [INTRUDER, str(self.land.root), program, name, str(self.message), str(self.prey.pid)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL,
                              env={**os.environ, "HIDDEN": "a secret of the superserver"})
        self.assertNotEqual(done.returncode, 2, f"{name}: {done.stderr}")
        return done

    def test_nothing_succeeds_in_it(self):
        attempts = all_attempts()
        self.assertGreaterEqual(len(attempts), 40)
        for name in attempts:
            with self.subTest(name):
                done = self.attempt(name, "session")
                self.assertIn(done.returncode, (1, ENDS_PROCESS), f"{name} succeeded")
        self.assertEqual(self.message.read_bytes()[:9], b'{"state":')

    def test_without_it_the_same_succeeds(self):
        succeeded = []
        for name, possible in all_attempts().items():
            with self.subTest(name):
                done = self.attempt(name, "off")
                if done.returncode == 0:
                    succeeded.append(name)
                elif possible:
                    self.assertIn(name, FORBIDDEN_HERE_AND_THERE, done.stdout)
                if name == "take_message_back":   # and put it where the others look for it
                    (self.land.spool / "incoming/aaaaaaaaaaaaaaaaaaaaaaaaaa2").rename(self.message)
        self.assertGreater(len(succeeded), 50)

    def test_what_only_an_intruder_does_ends_the_process(self):
        for name in ("fork", "execute", "trace_another", "mount", "bpf", "io_uring", "setuid", "chroot"):
            with self.subTest(name):
                self.assertEqual(self.attempt(name, "session").returncode, ENDS_PROCESS)

    def test_runners_and_helpers_keep_what_they_need(self):
        neither = ["read_passwords", "list_secrets", "read_config", "write_relay_hosts", "write_account", "read_passwd",
                   "write_to_tmp", "list_root", "truncate_log", "chmod_own_file", "symbolic_link", "fork", "vfork",
                   "execute", "trace_another", "signal_another", "map_code", "make_code_of_data", "environment",
                   "environment_in_memory", "listen", "call_abstract_socket", "io_uring",
                   "mount", "be_dumpable", "more_processes", "user_namespace", "dump_core", "socket_netlink", "terminal",
                   "limit_another"]
        for name in neither:
            for program in ("deliver", "mxrun"):
                with self.subTest(name, program=program):
                    self.assertIn(self.attempt(name, program).returncode, (1, ENDS_PROCESS), f"{name} succeeded")
        for name in [*neither, "read_mail", "list_mail", "read_queued_message", "list_received"]:
            with self.subTest(name, program="callouts"):
                self.assertIn(self.attempt(name, "callouts").returncode, (1, ENDS_PROCESS), f"{name} succeeded")
        self.assertEqual(self.attempt("socket_tcp", "callouts").returncode, 0)
        for name in ("read_mail", "list_mail"):
            self.assertEqual([self.attempt(name, program).returncode for program in ("deliver", "mxrun")], [0, 1])
        for name in ("read_queued_message", "list_received", "socket_tcp"):
            self.assertEqual([self.attempt(name, program).returncode for program in ("deliver", "mxrun")], [0, 0])

    def test_a_runner_that_waits_is_confined(self):
        watcher = Process(self.land.command("deliver", "--watch"), self.folder / "deliver.log")
        self.addCleanup(watcher.stop)
        wait_until(lambda: len(children_of(watcher.pid)) == 2, what="the workers")
        for pid in children_of(watcher.pid):
            wait_until(lambda pid=pid: self.state(pid, "Seccomp") == "2", what="the filter")
            self.assertEqual(self.state(pid, "NoNewPrivs"), "1")
            self.assertEqual(self.limits(pid), {"core file size": 0, "open files": 1024, "address space": 2 << 30})

    def state(self, pid, key):
        with open(f"/proc/{pid}/status") as status:
            return next(line.split()[1] for line in status if line.startswith(f"{key}:"))

    def limits(self, pid):
        """{what: how much}, where it is less than what the test itself may have."""
        def read(pid):
            with open(f"/proc/{pid}/limits") as file:
                return dict(re.findall(r"^Max (.+?)  +\S+ +(\S+)", file.read(), re.MULTILINE))
        mine = read("self")
        return {name: int(most) for name, most in read(pid).items() if mine[name] != most}

    def test_a_session_can_have_no_more_than_it_needs(self):
        self.land.config("limits.session", "10m")
        self.land.config("limits.recipients", 1024)
        smtp = self.start(self.land, "listen")
        with Client(smtp.address) as client:
            client.hello()
            [session] = children_of(smtp.pid)
            self.assertEqual(self.limits(session), {"core file size": 0, "processes": 0, "open files": 64, "cpu time": 660,
                                                    "address space": 129 << 20})
            self.assertEqual((self.state(session, "NoNewPrivs"), self.state(session, "Seccomp")), ("1", "2"))
            if AM_ROOT:   # what the kernel gives to root is of no use to others of the same user
                self.assertEqual({os.stat(f"/proc/{session}/{file}").st_uid for file in ("environ", "mem")}, {0})

    def test_the_helper_that_asks_others_is_confined(self):
        self.land.config("server.callouts", True)
        smtp = self.start(self.land, "listen")
        with Client(smtp.address) as client:
            client.hello()
            [session] = children_of(smtp.pid)
            [helper] = children_of(session)
            wait_until(lambda: self.state(helper, "Seccomp") == "2", what="the filter")
            self.assertEqual(self.state(helper, "NoNewPrivs"), "1")
            self.assertEqual(self.limits(helper), {"core file size": 0, "open files": 64, "address space": 1 << 30})

    def listen_without_a_path(self):
        """As the intruder's call_abstract_socket looks for it."""
        listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(listener.close)
        listener.bind(f"\0postern-prey-{self.prey.pid}")
        listener.listen()

    def test_landlock_holds_alone(self):
        for name in HELD_BY_LANDLOCK:
            with self.subTest(name):
                self.assertEqual(self.attempt(name, "landlock").returncode, 1, f"{name} succeeded")


main()
