# SPDX-License-Identifier: BSD-2-Clause
"""What sessions ask of the kernel once they are confined: all of it is allowed, and nothing else is allowed."""

import os
import platform
import re
import signal
import smtplib
import subprocess
import unittest

from lab.places import SOURCE
from postern_lab import *

PASSWORD = "correct horse battery staple"
LISTS = SOURCE / "lib/sys/calls"
CALL = re.compile(r"^(\d+) +(?:\[pid +\d+\] )?(\w+)\(")
FILTER = re.compile(r"^(\d+) +(?:\[pid +\d+\] )?seccomp\(SECCOMP_SET_MODE_FILTER, 0, \{len=(\d+),", re.MULTILINE)


def allowed(name):
    """The calls of a list: (those that sessions make here, those that are marked as seldom)."""
    usual, seldom = set(), set()
    for line in (LISTS / f"{name}.calls").read_text().splitlines():
        words, _, why = line.partition("#")
        if not words.strip() or words.split()[0] in ("include", "kill"):
            continue
        call = words.split()[0].split("|")[0]   # x86-64's name
        (seldom if why.strip().startswith("seldom:") else usual).add(call)
    return usual, seldom


def lengths_of_filters(trace):
    return [int(length) for _, length in FILTER.findall(trace.read_text(errors="replace"))]


def confined_calls(trace, length):
    """{call} that processes made behind a filter of that length, and the lines in which one of them was not permitted."""
    confined, calls, forbidden = set(), set(), []
    for line in trace.read_text(errors="replace").splitlines():
        pid = line.split()[0]
        if loaded := FILTER.match(line):
            confined |= {pid} if int(loaded.group(2)) == length else set()
        elif pid in confined:
            made = CALL.match(line)
            calls |= {made.group(2)} if made else set()
            if "EPERM" in line or "EACCES" in line or "SIGSYS" in line:
                forbidden.append(line)
    return calls, forbidden


@unittest.skipUnless(platform.machine() == "x86_64", "the names in the lists are those of x86-64")
class Calls(LabTest):
    time_limit = 90

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org", PASSWORD)
        self.traces = []

    def traced(self, *options, **how):
        """smtpd-inetd --listen under strace; its address."""
        trace = self.folder / f"trace.{len(self.traces)}"
        self.traces.append(trace)
        port = free_port()
        words = self.land.command("smtpd-inetd", "--listen", f"127.0.0.1:{port}", *options)
        server = Process(["strace", "-f", "-qq", "-o", trace, *words], self.folder / "server.log")
        self.addCleanup(server.stop)
        wait_for_port("127.0.0.1", port, process=server)
        return ("127.0.0.1", port), server

    def offer_everything(self):
        sink = self.sink(host="127.0.2.1")
        self.land.smtpctl("domain", "add", "inside.example")
        self.land.write("domains/inside.example/domain.json",
                        '{"relay_to": {"host": "127.0.2.1", "port": %d}, "verify": true}' % sink.port)
        for key, value in (("server.callouts", True), ("smtp.etrn", "all"), ("smtp.vrfy", "all"), ("smtp.expn", "all"),
                           ("smtp.xclient_from", ["127.0.0.1"]), ("validation.mode", "quarantine"),
                           ("kick.hosts", ["127.0.0.1 example.net"])):
            self.land.config(key, value)
        self.land.alias("friends@example.org", "alice@example.org")

    def hold_conversations(self, address):
        valid = b"From: bob@example.net\r\nDate: Thu, 26 Nov 2026 08:00:00 +0000\r\n\r\nhello\r\n"
        with Client(address) as client:
            client.expect(250, "EHLO client.example.net")
            client.message("bob@example.net", ["alice@example.org"], valid + b"line\r\n" * 200_000)
            client.message("bob@example.net", ["friends@example.org"], b"Subject: no author\r\n\r\nhello\r\n")
            client.expect(250, "MAIL FROM:<bob@example.net>")
            client.expect(250, "RCPT TO:<carol@inside.example>")
            client.expect(550, "RCPT TO:<nobody@example.org>")
            client.raw(b"BDAT %d LAST\r\n" % len(valid) + valid)
            self.assertEqual(client.reply()[0], 250)
            client.expect(250, "ETRN example.net")
            client.say("VRFY alice@example.org")
            client.say("EXPN friends@example.org")
            client.expect(250, "MAIL FROM:<bob@example.net>")
            client.expect(250, "RCPT TO:<alice@example.org>")
            client.expect(354, "DATA")
            client.raw(b"never ended\r\n" * 100_000)
        with Client(address) as client:
            client.expect(220, "XCLIENT ADDR=192.0.2.1 NAME=host.example.net")
            client.expect(250, "EHLO host.example.net")
            client.expect(250, "MAIL FROM:<bob@example.net>")
            client.expect(550, "RCPT TO:<carol@example.com>")
            client.quit()

    def log_in(self):
        address, _ = self.traced("--service", "submission")
        with smtplib.SMTP(*address, timeout=20) as client:
            client.starttls(context=believing())
            client.login("alice@example.org", PASSWORD)
            client.sendmail("alice@example.org", ["bob@example.net"], "From: alice@example.org\n\nhello\n")

    def stop_in_the_middle(self, server, address):
        with Client(address) as client:
            client.hello()
            master = subprocess.run(["pgrep", "-P", str(server.pid)], capture_output=True, text=True).stdout
            os.kill(int(master), signal.SIGTERM)
            self.assertEqual(client.reply()[0], 421)

    def test_a_session_makes_the_calls_of_the_list_and_no_others(self):
        self.offer_everything()
        watcher = Process(self.land.command("deliver", "--watch"), self.folder / "deliver.log")
        self.addCleanup(watcher.stop)
        address, server = self.traced()
        self.hold_conversations(address)
        self.log_in()
        kick, _ = self.traced("--kick")
        with Client(kick) as client:
            self.assertEqual(client.banner[0], 250)
        local = self.folder / "trace.local"
        self.land.run("smtpd-inetd", "--local", input="EHLO x\r\nQUIT\r\n", prefix=["strace", "-f", "-qq", "-o", local])
        self.traces.append(local)
        self.stop_in_the_middle(server, address)
        made, forbidden = set(), []
        # The helper that asks other servers has the runners' filter, which is the longer one.
        lengths = [lengths_of_filters(trace) for trace in self.traces]
        length = min(map(min, lengths))
        for trace in self.traces:
            calls, refused = confined_calls(trace, length)
            made |= calls
            forbidden += refused
        usual, seldom = allowed("session")
        self.assertEqual(forbidden, [])
        self.assertEqual(made - usual - seldom, set(), "are made and not allowed")
        self.assertEqual(usual - made, set(), "are allowed and not made")
        self.assertLessEqual(len(usual | seldom), 40)


main()
