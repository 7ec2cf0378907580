# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180
"""smtpd-inetd under each superserver, and by the example files that are installed."""

import getpass
import os
import re
import subprocess

from lab.places import AM_ROOT, BIN, SOURCE, tool, tool_environment
from postern_lab import *

EXAMPLES = SOURCE / "examples"
CONTENT = b"From: bob@example.net\r\nSubject: hello\r\n\r\nOctets: \xe4\xf6\xfc\xff \x01\r\n..dots\r\n"
USER = "nobody" if AM_ROOT else getpass.getuser()


class OneMessage(LabTest):
    time_limit = 90

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")

    def assert_takes_one_message(self, address):
        before = {file.path for file in self.land.queued()}
        with Client(address) as client:
            self.assertEqual(client.banner[0], 220)
            client.hello()
            self.assertEqual(client.message("bob@example.net", ["alice@example.org"], CONTENT)[0], 250)
            self.assertEqual(client.say("QUIT")[0], 221)
            self.assertEqual(client.reply(), (0, ""))
        [queued] = [file for file in self.land.queued() if file.path not in before]
        self.assertTrue(queued.content.endswith(CONTENT))
        self.assertEqual(queued.envelope["peer"]["ip"], "127.0.0.1")
        self.assertIn("peer=127.0.0.1", self.land.log_lines(" accepted ")[-1])

    def run_in_background(self, command, **options):
        server = Process(command, self.folder / "server.log", **options)
        self.addCleanup(server.stop)
        return server


class Starting(OneMessage):
    def test_every_way_takes_a_message(self):
        for way in WAYS:
            with self.subTest(way):
                self.assert_takes_one_message(self.start(self.land, way).address)

    def test_standard_error_never_lands_in_the_dialogue(self):
        services = {way: self.start(self.land, way) for way in WAYS}
        self.land.write("config.json", "{ this is no JSON")
        for way, service in services.items():
            with self.subTest(way), Client(service.address) as client:
                self.assertEqual(client.banner[0], 421)
                self.assertEqual(client.reply(), (0, ""))

    def test_a_forged_environment_does_not_hide_the_peer(self):
        self.land.relay("192.0.2.7")
        service = self.start_with_environment(TCPREMOTEIP="192.0.2.7", PROTO="TCP")
        with Client(service) as client:
            client.hello()
            client.expect(250, "MAIL FROM:<bob@example.net>")
            client.expect(550, "RCPT TO:<eve@example.com>")

    def start_with_environment(self, **variables):
        port = free_port()
        words = ["env", *(f"{name}={value}" for name, value in variables.items()), *self.land.command("smtpd-inetd")]
        server = self.run_in_background([tool("usr/bin/tcpserver"), "-HRl0", "127.0.0.1", port, *words])
        wait_for_port("127.0.0.1", port, process=server)
        return ("127.0.0.1", port)


class Pipes(LabTest):
    """Without a socket: ucspi's environment, or --local."""

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.relay("192.0.2.7")

    def dialogue(self, *options, env=None):
        commands = "EHLO x\r\nMAIL FROM:<a@example.net>\r\nRCPT TO:<eve@example.com>\r\nQUIT\r\n"
        return self.land.run("smtpd-inetd", *options, input=commands, env=env).out

    def test_the_peer_is_the_one_that_the_environment_names(self):
        out = self.dialogue(env={"TCPREMOTEIP": "192.0.2.7", "TCPREMOTEPORT": "1234"})
        self.assertIn("250 2.1.5", out)
        self.assertIn("peer=192.0.2.7", self.land.log_lines(" closed ")[-1])
        self.assertIn("550 5.7.1", self.dialogue(env={"TCPREMOTEIP": "192.0.2.8"}))

    def test_an_unknown_peer_is_turned_away(self):
        self.assertEqual(self.dialogue().splitlines()[0][:9], "421 4.7.0")
        self.assertEqual(len(self.dialogue().splitlines()), 1)
        self.assertIn("peer=unknown", self.land.log_lines(" refused ")[-1])

    def test_a_local_peer_is_served_and_may_not_relay(self):
        out = self.dialogue("--local")
        self.assertTrue(out.startswith("220 mx.example.org"))
        self.assertIn("550 5.7.1", out)


class Examples(OneMessage):
    """The files in examples/, with this test's paths, user and port in the place of the real ones."""

    def example(self, name, *replacements):
        common = (("/usr/sbin/", f"{BIN}/"), ("/var/lib/postern", str(self.land.root)))
        return self.changed(name, *common, *replacements)

    def changed(self, name, *replacements):
        text = (EXAMPLES / name).read_text()
        for old, new in replacements:
            self.assertIn(old, text, f"{name} has changed: adapt this test")
            text = text.replace(old, new)
        place = self.folder / os.path.basename(name)
        place.write_text(text)
        return place

    def serve(self, port, command, **options):
        server = self.run_in_background(command, **options)
        wait_for_port("127.0.0.1", port, process=server)
        self.assert_takes_one_message(("127.0.0.1", port))

    def test_inetd_line(self):
        port = free_port()
        conf = self.example("inetd.conf", ("smtp stream tcp  ", f"127.0.0.1:{port} stream tcp "),
                            (" postern ", f" {USER} "))
        # One address family of the test's own; the line for the other one is the same but for its second word.
        conf.write_text("".join(line for line in conf.read_text().splitlines(True) if "tcp6" not in line))
        self.serve(port, [tool("usr/sbin/inetd"), "-d", conf], env=tool_environment())

    def test_both_inetd_lines_are_alike(self):
        lines = [line for line in (EXAMPLES / "inetd.conf").read_text().splitlines() if line.startswith("smtp")]
        four, six = (line.split() for line in lines)
        self.assertEqual((four[2], six[2]), ("tcp", "tcp6"))
        self.assertEqual(four[:2] + four[3:], six[:2] + six[3:])

    def test_xinetd_file(self):
        port = free_port()
        conf = self.example("xinetd.d/postern", ("service smtp", f"service smtp-{port}"), ("postern\n", f"{USER}\n"),
                            ("flags          = IPv6",
                             f"flags = IPv6\n type = UNLISTED\n bind = ::ffff:127.0.0.1\n port = {port}"))
        self.run_in_background([tool("usr/sbin/xinetd"), "-dontfork", "-f", conf, "-pidfile", self.folder / "pid"],
                               env=tool_environment())
        wait_until(lambda: f":{port:04X} " in open("/proc/net/tcp6").read(), what="xinetd to listen")
        self.assert_takes_one_message(("127.0.0.1", port))

    def test_tcpserver_script(self):
        port = free_port()
        script = self.example("tcpserver", ("exec tcpserver", f"exec {tool('usr/bin/tcpserver')}"),
                              ("id -u postern", f"id -u {USER}"), ("id -g postern", f"id -g {USER}"),
                              (" 0 25 ", f" 127.0.0.1 {port} "))
        self.serve(port, ["sh", script])

    def test_systemd_units_are_sound(self):
        units = [self.example(f"systemd/{name}") if name.endswith("service") else self.changed(f"systemd/{name}")
                 for name in sorted(os.listdir(EXAMPLES / "systemd"))]
        self.assertEqual(len(units), 18)
        done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
        complaints = [line for line in done.stderr.splitlines() if str(self.folder) in line or "postern" in line]
        self.assertEqual(complaints, [])
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_crontab_runs_what_exists(self):
        lines = re.findall(r"^\* \* \* \* \* +postern +(.*)$", self.example("crontab").read_text(), re.M)
        self.assertEqual(len(lines), 2)
        for line in lines:
            done = subprocess.run(["sh", "-c", line], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_crontab_starts_watchers(self):
        lines = re.findall(r"^@reboot +postern +(.*)$", self.example("crontab").read_text(), re.M)
        self.assertEqual(len(lines), 2)
        watchers = [self.run_in_background(["sh", "-c", "exec " + line]) for line in lines]
        send(self.start(self.land).address, "bob@example.net", ["alice@example.org"], CONTENT)
        wait_until(lambda: self.land.mailbox("alice@example.org"), what="the mailbox")
        for watcher in watchers:
            self.assertTrue(watcher.alive())
            self.assertEqual((watcher.stop(), watcher.output()), (0, ""))


if __name__ == "__main__":
    main()
