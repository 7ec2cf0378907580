# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240
"""Delivery by a command: every exit status, and commands that hang, flood, read nothing or leave children."""

import json
import os
import re
import shlex
import signal
import subprocess
import time

from postern_lab import LabTest, main, send, wait_until

LETTER = b"From: bob@example.net\r\nSubject: hello\r\n\r\nhello\r\nworld\r\n"


class Commands(LabTest):
    time_limit = 120

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.relay("127.0.0.1")
        self.land.config("local.command_timeout", "1s")
        self.place = self.folder / "place"
        self.place.mkdir()
        self.place.chmod(0o777)
        self.smtp = self.start(self.land)

    def command(self, script, *arguments, name="alice"):
        """The account `name` is delivered by this shell script."""
        program = self.folder / f"{name}.sh"
        program.write_text(f"#!/bin/sh\nplace={shlex.quote(str(self.place))}\n{script}\n")
        program.chmod(0o755)
        self.account(name, command=[str(program), *arguments])

    def account(self, name, **settings):
        self.land.write(f"domains/example.org/{name}.account", json.dumps(settings) + "\n")

    def send(self, *names, sender="bob@example.net", letter=LETTER):
        send(self.smtp.address, sender, [f"{name}@example.org" for name in names], letter)

    def deliver(self):
        begin = time.monotonic()
        run = self.land.deliver()
        self.assertEqual((run.out, run.err), ("", ""))
        return time.monotonic() - begin

    def last_record(self):
        (file,) = self.land.queued()
        return file.log[-1]


class WhatItGets(Commands):
    def test_message_environment_directory_and_arguments(self):
        self.command('cat > "$place/in"; env > "$place/env"; pwd > "$place/pwd"; printf "%s\\n" "$@" > "$place/args"; '
                     'ls /proc/self/fd > "$place/fds"', "two words", "$SENDER; `id`", "")
        self.send("Alice+Some.Tag", sender="bob@example.net")
        self.deliver()
        self.assertEqual(self.land.spool_files(), [])
        self.assertEqual((self.place / "in").read_text(),
                         "Return-Path: <bob@example.net>\nDelivered-To: Alice+Some.Tag@example.org\n"
                         + (self.place / "in").read_text().split("\n", 2)[2])
        self.assertTrue((self.place / "in").read_text().endswith("\n\nhello\nworld\n"))
        self.assertNotIn("\r", (self.place / "in").read_text())
        home = str(self.land.maildir("alice@example.org"))
        env = dict(line.split("=", 1) for line in (self.place / "env").read_text().splitlines())
        for name in ("PWD", "OLDPWD", "SHLVL", "_"):   # the shell's own
            env.pop(name, None)
        self.assertEqual(len(env.pop("POSTERN_ID")), 26)
        self.assertEqual(env, {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home, "USER": "alice",
                               "DOMAIN": "example.org", "EXTENSION": "Some.Tag", "SENDER": "bob@example.net",
                               "RECIPIENT": "Alice+Some.Tag@example.org"})
        self.assertEqual((self.place / "pwd").read_text(), home + "\n")
        self.assertEqual((self.place / "args").read_text(), "two words\n$SENDER; `id`\n\n")
        self.assertEqual((self.place / "fds").read_text().split(), ["0", "1", "2", "3"])   # 3: ls's own

    def test_addresses_that_a_shell_would_love_stay_values(self):
        self.command('printf "%s" "$SENDER" > "$place/sender"')
        self.send("alice", sender='"$(id) `id` ;|&"@example.net')
        self.deliver()
        self.assertEqual((self.place / "sender").read_text(), '"$(id) `id` ;|&"@example.net')

    def test_a_domain_s_command_serves_each_account(self):
        self.command('echo "$USER" >> "$place/users"', name="model")
        command = json.loads((self.land.root / "domains/example.org/model.account").read_text())["command"]
        self.land.write("domains/example.org/domain.json", json.dumps({"command": command}))
        self.account("carol")
        self.account("dave", lmtp=None)
        self.send("carol", "dave")
        self.deliver()
        self.assertEqual((self.place / "users").read_text(), "carol\n")
        self.assertEqual(len(self.land.mailbox("dave@example.org")), 1)

    def test_a_large_message_arrives_whole(self):
        body = b"x" * 70 + b"\r\n"
        self.command('wc -c > "$place/size"')
        self.send("alice", letter=b"From: bob@example.net\r\nSubject: large\r\n\r\n" + body * 40000)
        self.deliver()
        self.assertGreater(int((self.place / "size").read_text()), 71 * 40000)

    def test_sigterm_ends_the_command_although_deliver_has_it_blocked(self):
        self.command('kill -TERM $$; sleep 30')
        self.send("alice")
        self.assertLess(self.deliver(), 20)
        self.assertIn("signal 15", self.last_record()["reason"])


class HowItEnds(Commands):
    def ends_with(self, status):
        """What an exit status makes of the recipient, as the log tells: (event, status code)."""
        self.command(f"cat >/dev/null; exit {status}")
        self.send("alice")
        self.land.deliver()
        for file in self.land.queued():
            file.path.unlink()
        (event, code) = re.findall(r" deliver\[\d+\] (delivered|deferred|failed) .*to=alice@.*? status=(\S+)",
                                   self.land.log_text())[-1]
        return event, code

    def test_every_exit_status(self):
        deferred = {71: "4.3.0", 73: "4.2.0", 74: "4.3.0", 75: "4.3.0"}
        failed = {1: "5.3.0", 2: "5.3.0", 64: "5.3.0", 65: "5.6.0", 66: "5.3.0", 67: "5.1.1", 68: "5.1.2", 69: "5.3.0",
                  70: "5.3.0", 72: "5.3.0", 76: "5.5.0", 77: "5.7.1", 78: "5.3.5", 126: "5.3.0", 255: "5.3.0"}
        self.assertEqual(self.ends_with(0), ("delivered", "2.0.0"))
        for status, code in deferred.items():
            self.assertEqual(self.ends_with(status), ("deferred", code), status)
        for status, code in failed.items():
            self.assertEqual(self.ends_with(status), ("failed", code), status)

    def test_what_it_says_is_the_reason_in_one_harmless_line(self):
        self.command(r'printf "no\033[2J such\r\nuser, says $0\n" | sed "s,says.*,he says," >&2; exit 67')
        self.account("sender")
        self.send("alice", sender="sender@example.org")
        self.deliver()
        self.deliver()
        (report,) = self.land.mailbox("sender@example.org")
        self.assertIn("no?[2J such  user, he says", " ".join(report.parsed.get_body().get_content().split("\n"))
                      .replace("   ", " ").replace("such user", "such  user"))
        self.assertNotIn(b"\033", report.raw)

    def test_hanging(self):
        self.command('echo $$ > "$place/pid"; sleep 1000')
        self.send("alice")
        self.assertLess(self.deliver(), 15)
        self.assertIn("time", self.last_record()["reason"])
        self.assertFalse(os.path.exists(f"/proc/{(self.place / 'pid').read_text().strip()}"))

    def test_hanging_and_deaf(self):
        self.command('trap "" TERM; echo $$ > "$place/pid"; while :; do sleep 0.1; done')
        self.send("alice")
        self.assertLess(self.deliver(), 30)
        self.assertEqual(self.last_record()["event"], "deferred")
        self.assertFalse(os.path.exists(f"/proc/{(self.place / 'pid').read_text().strip()}"))

    def test_flooding(self):
        self.command('yes flood | head -c 5000000; exit 69')
        self.send("alice")
        self.deliver()
        (line,) = self.land.log_lines(" failed ")
        self.assertIn("flood flood", line)
        self.assertLess(len(line), 1000)

    def test_reading_nothing(self):
        self.command("exit 0")
        self.send("alice", letter=b"From: bob@example.net\r\nSubject: large\r\n\r\n" + (b"x" * 70 + b"\r\n") * 20000)
        self.deliver()
        self.assertEqual(self.land.spool_files(), [])

    def test_closing_its_input_early(self):
        self.command('exec <&-; sleep 0.2; echo done > "$place/done"')
        self.send("alice", letter=b"From: bob@example.net\r\nSubject: large\r\n\r\n" + (b"x" * 70 + b"\r\n") * 20000)
        self.deliver()
        self.assertTrue((self.place / "done").exists())
        self.assertEqual(self.land.spool_files(), [])

    def test_a_grandchild_that_holds_its_output(self):
        self.command('cat >/dev/null; sleep 1000 & echo $! > "$place/pid"')
        self.send("alice")
        self.assertLess(self.deliver(), 15)
        self.assertEqual(self.land.spool_files(), [])
        pid = (self.place / "pid").read_text().strip()
        wait_until(lambda: not os.path.exists(f"/proc/{pid}") or self.is_zombie(pid), what="the end of the grandchild")

    def is_zombie(self, pid):
        """Without a real init nobody may collect it."""
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] == "Z"

    def test_a_program_that_is_not_there_bounces_nothing(self):
        self.account("alice", command=["/nowhere/program"])
        self.send("alice")
        self.deliver()
        self.assertEqual((self.last_record()["event"], self.last_record()["status"]), ("deferred", "4.3.5"))
        self.assertIn("/nowhere/program", "".join(self.land.log_lines("trouble")))
        self.assertNotIn("/nowhere", self.last_record()["reason"])
        check = self.land.smtpctl("config", "check", check=False)
        self.assertIn("/nowhere/program", check.out + check.err)

    def test_killed_in_the_middle_it_is_tried_again(self):
        self.land.config("local.command_timeout", "1m")
        self.command('echo x >> "$place/runs"; cat >/dev/null; [ -e "$place/go" ] || sleep 30')
        self.send("alice")
        deliver = subprocess.Popen(self.land.command("deliver"))
        wait_until(lambda: (self.place / "runs").exists(), what="the command")
        deliver.send_signal(signal.SIGKILL)
        deliver.wait(10)
        (self.place / "go").touch()
        self.deliver()
        self.assertEqual((self.place / "runs").read_text(), "x\nx\n")
        self.assertEqual(self.land.spool_files(), [])


if __name__ == "__main__":
    main()
