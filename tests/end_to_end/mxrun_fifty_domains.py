# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240 PROCESSORS 2
"""500 messages for 50 domains, from smtpd-inetd through deliver and mxrun to the hosts that a real DNS names.
One domain's server is down, one answers 5xx, one drops the connection in DATA."""

from postern_lab import DROP, LabTest, free_port, main, send

DOMAINS = 50
MESSAGES_EACH = 10
DOWN, REFUSING, DROPPING = 47, 48, 49
SENDER = "alice@example.org"


def domain(number):
    return f"d{number:02}.example"


def token(number, message):
    return f"token-{number}-{message}."


class FiftyDomains(LabTest):
    time_limit = 200

    def address(self, number):
        return f"127.0.1.{number + 1}"

    def start_host(self, number, script=None):
        self.hosts[number] = self.sink(host=self.address(number), port=self.port, script=script)

    def setUp(self):
        super().setUp()
        self.port = free_port()
        self.hosts = {}
        for number in range(DOMAINS):
            if number not in (DOWN, REFUSING, DROPPING):
                self.start_host(number)
        self.start_host(REFUSING, {"RCPT": "550 5.1.1 nobody of that name"})
        self.start_host(DROPPING, {"body": DROP})
        zones = {domain(number): f"@ MX 10 mx\nmx A {self.address(number)}" for number in range(DOMAINS)}
        self.land = self.userland()
        self.land.adduser(SENDER)
        self.land.relay("127.0.0.1")
        self.land.config("dns.servers", [self.nsd(zones).resolver])
        self.land.config("relay.port", self.port)

    def test_the_mail_of_fifty_domains(self):
        self.queue_all()
        self.assertEqual(len(self.land.spool_files("relay")), DOMAINS * MESSAGES_EACH)
        run = self.land.mxrun(timeout=120)
        self.assertEqual((run.out, run.err), ("", ""))
        self.check_good_domains()
        self.check_waiting()
        self.check_bounces()
        self.check_retry()

    def queue_all(self):
        smtp = self.start(self.land)
        for message in range(MESSAGES_EACH):
            for number in range(DOMAINS):
                content = f"From: bob@b.example\r\nSubject: {token(number, message)}\r\n\r\n.a dot\r\nbody\r\n".encode()
                send(smtp.address, SENDER, [f"user@{domain(number)}"], content)
        smtp.stop()
        self.land.deliver()

    def tokens(self, number):
        return sorted(message.content.split(b"Subject: ")[1].split(b"\r\n")[0].decode()
                      for message in self.hosts[number].received)

    def expected(self, number):
        return sorted(token(number, message) for message in range(MESSAGES_EACH))

    def check_good_domains(self):
        for number in set(range(DOMAINS)) - {DOWN, REFUSING, DROPPING}:
            self.assertEqual(self.tokens(number), self.expected(number))
            self.assertEqual(self.hosts[number].sessions, 1, "several messages over one connection")
            for message in self.hosts[number].received:
                self.assertEqual(message.reverse_path, SENDER)
                self.assertTrue(message.content.endswith(b"\r\n\r\n.a dot\r\nbody\r\n"))

    def check_waiting(self):
        waiting = self.land.queued()
        left = [file for file in waiting if "@" in file.path.name]
        self.assertEqual(len(left), 2 * MESSAGES_EACH)
        for file in left:
            last = file.log[-1] if file.log[-1]["event"] != "left" else file.log[-2]
            self.assertEqual(last["event"], "deferred")
            self.assertIn("next", last)
            self.assertNotEqual(file.path.parent.name, "now")
        self.assertEqual(len(self.land.log_lines("host-down")), 1)   # one attempt, not one a message
        self.assertEqual(self.hosts[DROPPING].sessions, 3)           # then it counts as down, too
        self.assertEqual(self.hosts[DROPPING].received, [])

    def check_bounces(self):
        self.land.deliver()
        bounces = self.land.mailbox(SENDER)
        self.assertEqual(len(bounces), MESSAGES_EACH)
        for bounce in bounces:
            report = bounce.parsed
            self.assertEqual(report.get_content_type(), "multipart/report")
            self.assertEqual(report["Return-Path"], "<>")
            status = next(part for part in report.walk() if part.get_content_type() == "message/delivery-status")
            fields = status.get_payload()[-1]
            self.assertEqual(fields["Action"], "failed")
            self.assertEqual(fields["Status"], "5.1.1")
            self.assertIn(f"user@{domain(REFUSING)}", fields["Final-Recipient"])
            self.assertIn("nobody of that name", fields["Diagnostic-Code"])

    def check_retry(self):
        self.start_host(DOWN)
        self.hosts[DROPPING].script.clear()
        self.assertEqual(self.land.mxrun().status, 0)
        self.assertEqual(self.hosts[DOWN].received, [], "not due yet")
        for waiting in self.land.queue():
            self.land.smtpctl("queue", "retry", waiting["id"])
        self.land.mxrun()
        for number in (DOWN, DROPPING):
            self.assertEqual(self.tokens(number), self.expected(number))
        self.assertEqual(self.land.spool_files(), [])


if __name__ == "__main__":
    main()
