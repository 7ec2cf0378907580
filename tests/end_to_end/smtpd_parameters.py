# SPDX-License-Identifier: BSD-2-Clause
"""What MAIL and RCPT ask for reaches line 1 of the spool file; FUTURERELEASE is for who may relay."""

from datetime import datetime, timedelta, timezone

from lab.one_session import OneSession
from postern_lab import *

LETTER = b"From: carol@example.net\r\nSubject: hello\r\n\r\nhello\r\n"
MONTH = 31 * 24 * 3600


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Parameters(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.write("domains/example.org/alice.account", "{}")

    def session(self):
        session = OneSession(self.land)
        self.addCleanup(session.__exit__)
        return session.client

    def offered(self):
        """What EHLO says behind FUTURERELEASE, or None."""
        lines = self.session().hello()[1].split("\n")
        [value] = [line.split()[1:] for line in lines if line.startswith("FUTURERELEASE")] or [None]
        return value

    def queue(self, mail, rcpt=""):
        """Line 1 of a message that was sent with these parameters."""
        client = self.session()
        client.hello()
        client.expect(250, f"MAIL FROM:<carol@example.net> {mail}")
        client.expect(250, f"RCPT TO:<alice@example.org> {rcpt}")
        self.assertEqual(client.content(LETTER)[0], 250)
        return self.land.queued()[-1].envelope

    def test_wishes_for_reports_are_kept_as_they_were_given(self):
        head = self.queue("RET=HDRS ENVID=QQ+2B31", "NOTIFY=delay,success ORCPT=rfc822;Alice+2Btag@Example.org")
        self.assertEqual((head["ret"], head["envid"]), ("HDRS", "QQ+2B31"))
        self.assertEqual(head["to"][0]["notify"], "SUCCESS,DELAY")
        self.assertEqual(head["to"][0]["orcpt"], "rfc822;Alice+2Btag@Example.org")

    def test_who_may_relay_is_offered_a_month(self):
        self.assertIsNone(self.offered())
        self.land.relay("127.0.0.1")
        interval, latest = self.offered()
        self.assertEqual(int(interval), MONTH)
        left = moment(latest) - datetime.now(timezone.utc)
        self.assertLess(abs(left.total_seconds() - MONTH), 60)

    def test_as_long_as_the_setting_says_or_not_at_all(self):
        self.land.relay("127.0.0.1")
        self.land.config("smtp.future_release", "2h")
        self.assertEqual(self.offered()[0], "7200")
        self.land.config("smtp.future_release", "0")
        self.assertIsNone(self.offered())
        client = self.session()
        client.hello()
        client.expect(555, "MAIL FROM:<carol@example.net> HOLDFOR=60")

    def test_a_message_is_not_to_be_tried_before_its_time(self):
        self.land.relay("127.0.0.1")
        head = self.queue("HOLDFOR=3600")
        held = moment(head["not_before"]) - moment(head["received"])
        self.assertLess(abs(held - timedelta(hours=1)), timedelta(seconds=20))

    def test_it_is_for_one_message(self):
        self.land.relay("127.0.0.1")
        client = self.session()
        client.hello()
        client.expect(250, "MAIL FROM:<carol@example.net> HOLDFOR=3600")
        client.expect(250, "RSET")
        self.assertEqual(client.message("carol@example.net", ["alice@example.org"], LETTER)[0], 250)
        [queued] = self.land.queued()
        self.assertEqual(queued.envelope["not_before"], queued.envelope["received"])

    def test_no_room_beside_the_reserve_is_told_at_mail(self):
        self.land.config("spool.reserve", 10**12)
        client = self.session()
        client.hello()
        code, text = client.say("MAIL FROM:<carol@example.net> SIZE=1000")
        self.assertEqual((code, text.split()[0]), (452, "4.3.1"))


if __name__ == "__main__":
    main()
