# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 240
"""A content filter between: mail goes out to it by SMTP, comes back on another service, and is delivered."""

import smtplib

from postern_lab import LabTest, Sink, free_port, main, send

LETTER = b"From: bob@example.net\r\nSubject: hello\r\n\r\nhello\r\n"


class Filter:
    """Takes messages as Sink does; adds a header and sends each on to `onward` before it answers."""

    def __init__(self, onward, port=None):
        self.onward = onward
        self.sink = Sink(port=port, script={"end": self.pass_on})
        self.port = self.sink.port

    def pass_on(self, _line, _session):
        message = self.sink.received[-1]
        try:
            with smtplib.SMTP(*self.onward) as client:
                client.sendmail(message.reverse_path, message.forward_paths, b"X-Filtered: yes\r\n" + message.content)
        except smtplib.SMTPResponseException as refused:
            return f"{refused.smtp_code} {refused.smtp_error.decode()}"
        return None

    def stop(self):
        self.sink.stop()


class ContentFilter(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.relay("127.0.0.1")
        for user in ("alice", "carol"):
            self.land.write(f"domains/example.org/{user}.account", "{}\n")
        self.land.write("domains/example.org/all.alias", "alice\ncarol\nx@example.net\n")
        self.smtp = self.start(self.land)
        self.filtered = self.start(self.land, "listen", "--service", "filtered")
        self.filter_port = free_port()
        self.land.config("filter.host", "127.0.0.1")
        self.land.config("filter.port", self.filter_port)

    def filter(self):
        return self._until_end(Filter(self.filtered.address, self.filter_port))

    def run_once(self):
        self.land.deliver()
        self.land.mxrun()

    def copies(self, name):
        return self.land.mailbox(f"{name}@example.org")

    def test_it_sees_the_message_once_and_unexpanded(self):
        filter = self.filter()
        send(self.smtp.address, "bob@example.net", ["all@example.org", "alice@example.org", "y@example.com"], LETTER)
        self.run_once()
        (seen,) = filter.sink.received
        self.assertEqual(seen.forward_paths, ["all@example.org", "alice@example.org", "y@example.com"])
        self.assertEqual(seen.reverse_path, "bob@example.net")
        self.land.deliver()
        for name in ("alice", "carol"):
            (mail,) = self.copies(name)
            self.assertEqual(mail.parsed["X-Filtered"], "yes")
        (onward,) = self.land.queued()
        self.assertIn("relay", onward.path.parts)
        self.assertEqual(onward.envelope["peer"]["service"], "filtered")

    def test_while_it_is_down_nothing_goes_past_it(self):
        send(self.smtp.address, "bob@example.net", ["alice@example.org"], LETTER)
        self.run_once()
        (waiting,) = self.land.queued()
        self.assertEqual(waiting.events()[-1], "deferred")
        self.assertNotEqual(waiting.path.parent.name, "now")
        self.assertTrue(waiting.path.name.endswith("@="), waiting.path)
        self.land.smtpctl("spool", "check")
        self.land.deliver()
        self.assertEqual(self.copies("alice"), [])
        self.filter()
        self.land.smtpctl("queue", "retry", waiting.envelope["id"])
        self.run_once()
        self.land.deliver()
        self.assertEqual(len(self.copies("alice")), 1)
        self.assertEqual(self.land.spool_files(), [])

    def test_what_it_refuses_is_reported_past_it(self):
        filter = self.filter()
        filter.sink.script["end"] = "554 5.7.1 spam"
        send(self.smtp.address, "carol@example.org", ["alice@example.org"], LETTER)
        self.run_once()
        self.land.deliver()
        (report,) = self.copies("carol")
        self.assertIn(b"5.7.1 spam", report.raw)
        self.assertEqual(self.copies("alice"), [])
        self.assertEqual(self.land.spool_files(), [])

    def test_a_hundred_recipients_a_transaction(self):
        names = [f"m{number}" for number in range(150)]
        for name in names:
            self.land.write(f"domains/example.org/{name}.account", "{}\n")
        filter = self.filter()
        send(self.smtp.address, "bob@example.net", [f"{name}@example.org" for name in names], LETTER)
        self.run_once()
        self.assertEqual([len(message.recipients) for message in filter.sink.received], [100, 50])
        self.land.deliver()
        self.assertEqual({len(self.copies(name)) for name in names}, {1})

    def test_other_services_and_no_filter_go_straight(self):
        filter = self.filter()
        send(self.filtered.address, "bob@example.net", ["alice@example.org"], LETTER)
        self.land.config("filter", None)
        send(self.smtp.address, "bob@example.net", ["alice@example.org"], LETTER)
        self.land.deliver()
        self.assertEqual(len(self.copies("alice")), 2)
        self.assertEqual(filter.sink.received, [])

    def test_a_filter_that_is_taken_out_lets_waiting_mail_go(self):
        send(self.smtp.address, "bob@example.net", ["alice@example.org"], LETTER)
        self.land.deliver()
        (waiting,) = self.land.queued()
        self.assertEqual(waiting.path.parent, self.land.spool / "relay/now")
        self.land.config("filter", None)
        self.land.mxrun()
        self.land.deliver()
        self.assertEqual(len(self.copies("alice")), 1)
        self.assertEqual(self.land.spool_files(), [])

    def test_a_wrong_set_up_ends_by_hops(self):
        self.land.config("limits.hops", 10)
        self._until_end(Filter(self.smtp.address, self.filter_port))
        send(self.smtp.address, "carol@example.org", ["alice@example.org"], LETTER)
        for _ in range(14):
            self.run_once()
        self.assertEqual(self.copies("alice"), [])
        self.assertEqual(self.land.spool_files(), [])
        (report,) = self.copies("carol")
        self.assertIn(b"5.4.6", report.raw)

    def test_settings_that_do_not_go_together(self):
        self.land.config("filter", {"port": 10025})
        check = self.land.smtpctl("config", "check", check=False)
        self.assertIn("filter.host", check.out + check.err)
        self.assertEqual(self.land.mxrun(check=False).status, 78)


if __name__ == "__main__":
    main()
