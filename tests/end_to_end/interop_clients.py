# SPDX-License-Identifier: BSD-2-Clause
"""Mail programs that people use, sending through smtpd-inetd: msmtp, s-nail, mutt, Python's smtplib with SMTPUTF8, and
swaks with the options it has for this. What they wrote arrives."""

import smtplib
import subprocess
from email.message import EmailMessage

from postern_lab import *
from lab.places import tool, tool_environment

SENDER = "carol@example.net"
TO = "alice@example.org"


class MailPrograms(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        for name in ("alice", "j%C3%BCrgen"):
            self.land.write(f"domains/example.org/{name}.account", "{}")
        self.smtp = self.start(self.land)
        self.home = self.land.root.parent

    def arrived(self):
        [queued] = self.land.queued()
        return queued

    def program(self, *words, input=b""):
        done = subprocess.run(list(map(str, words)), input=input, capture_output=True, timeout=30,
                              env={**tool_environment(), "HOME": str(self.home), "TERM": "dumb"}, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_msmtp(self):
        self.program(tool("usr/bin/msmtp"), f"--host={self.smtp.host}", f"--port={self.smtp.port}", f"--from={SENDER}",
                     "--tls=off", TO, input=b"From: carol@example.net\nSubject: by msmtp\n\n.hello\n.\n")
        self.assertTrue(self.arrived().content.endswith(b"Subject: by msmtp\r\n\r\n.hello\r\n.\r\n"))

    def test_msmtp_asks_for_reports(self):
        self.program(tool("usr/bin/msmtp"), f"--host={self.smtp.host}", f"--port={self.smtp.port}", f"--from={SENDER}",
                     "--tls=off", "--dsn-notify=success,failure", "--dsn-return=hdrs", TO,
                     input=b"From: carol@example.net\n\nx\n")
        envelope = self.arrived().envelope
        self.assertEqual((envelope["ret"].upper(), envelope["to"][0]["notify"].upper()), ("HDRS", "SUCCESS,FAILURE"))

    def test_s_nail(self):
        self.program(tool("usr/bin/s-nail"), "-:/", "-S", f"mta=smtp://{self.smtp.host}:{self.smtp.port}", "-S",
                     "smtp-auth=none", "-S", "v15-compat", "-S", "sendcharsets=utf-8", "-r", SENDER, "-s", "by s-nail",
                     TO, input="grüße\n".encode())
        self.assertIn(b"Subject: by s-nail\r\n", self.arrived().content)

    def test_mutt(self):
        rc = self.home / "muttrc.sending"
        rc.write_text(f'set smtp_url="smtp://{self.smtp.host}:{self.smtp.port}"\nset from="{SENDER}"\nset use_from=yes\n'
                      "set use_envelope_from=yes\nset copy=no\nset ssl_starttls=no\nset ssl_force_tls=no\n")
        self.program(tool("usr/bin/mutt"), "-n", "-F", rc, "-s", "by mutt", TO, input=b"hello\n")
        queued = self.arrived()
        self.assertEqual(queued.envelope["from"], SENDER)
        self.assertIn(b"Subject: by mutt\r\n", queued.content)

    def test_smtplib_with_utf_8_addresses(self):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "cäröl@exämple.net", "jürgen@example.org", "grüße"
        message.set_content("grüße\n")
        with smtplib.SMTP(*self.smtp.address, timeout=20) as client:
            self.assertEqual(client.send_message(message), {})
        queued = self.arrived()
        self.assertTrue(queued.envelope["smtputf8"])
        self.assertEqual(queued.envelope["from"], "cäröl@xn--exmple-cua.net")
        self.assertEqual(queued.envelope["to"][0]["address"], "jürgen@example.org")
        self.land.deliver()
        self.assertEqual(len(list(self.land.root.glob("mail/example.org/j%C3%BCrgen/new/*"))), 1)

    def swaks(self, *words):
        return subprocess.run(["swaks", "--server", f"{self.smtp.host}:{self.smtp.port}", "--from", SENDER, "--to", TO,
                               *words], capture_output=True, text=True, timeout=30, check=False)

    def test_swaks(self):
        for number, words in enumerate((["--pipeline"], ["--protocol", "SMTP"], ["--protocol", "ESMTP"],
                                        ["--ehlo", "[127.0.0.1]"], ["--attach", "@/etc/hostname"],
                                        ["--data", "From: %FROM_ADDRESS%\\n\\n.\\n..\\nx\\n"],
                                        ["--drop-after", "RCPT"], ["--quit-after", "RCPT"]), 1):
            with self.subTest(words):
                done = self.swaks(*words)
                self.assertIn(done.returncode, (0, 20) if "--drop-after" in words else (0,), done.stdout + done.stderr)
        self.assertEqual(len(self.land.queued()), 6)

    def test_swaks_is_not_believed_as_a_proxy_or_by_xclient(self):
        done = self.swaks("--proxy-version", "1", "--proxy-family", "TCP4", "--proxy-source", "192.0.2.1",
                          "--proxy-source-port", "1", "--proxy-dest", "127.0.0.1", "--proxy-dest-port", "25")
        self.assertNotEqual(done.returncode, 0)
        self.assertNotEqual(self.swaks("--xclient", "ADDR=192.0.2.1").returncode, 0)
        self.assertEqual(self.land.queued(), [])


main()
