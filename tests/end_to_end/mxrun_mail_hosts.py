# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180
"""Sets of MX records as the world has them: thirty of them, dead ones first, cut off in UDP. (Null MX, CNAME,
SERVFAIL and none: mxrun_routing.py.)"""

from lab.truncating_dns import TruncatingDns
from postern_lab import LabTest, free_port, main, send

SENDER = "alice@example.org"
ALIVE = "127.0.1.1"


def mail_hosts(count, address_of, preference_of=lambda number: number):
    """A zone's text with so many MX records, each to a host of its own."""
    lines = [f"@ MX {preference_of(number)} mail-host-with-a-long-name-{number}" for number in range(count)]
    lines += [f"mail-host-with-a-long-name-{number} A {address_of(number)}" for number in range(count)]
    return "\n".join(lines)


class MailHosts(LabTest):
    time_limit = 60

    def setUp(self):
        super().setUp()
        self.port = free_port()
        self.alive = self.sink(host=ALIVE, port=self.port)
        self.land = self.userland()
        self.land.adduser(SENDER)
        self.land.relay("127.0.0.1")
        self.land.config("relay.port", self.port)

    def relay(self, zone, messages=1, through=lambda server: server):
        server = self.nsd({"net.example": zone})
        self.land.config("dns.servers", [through(server).resolver])
        smtp = self.start(self.land)
        for _ in range(messages):
            send(smtp.address, SENDER, ["x@net.example"], b"From: bob@example.net\r\nSubject: hi\r\n\r\nhello\r\n")
        smtp.stop()
        self.land.deliver()
        self.land.mxrun()

    def test_one_of_thirty_is_enough(self):
        self.relay(mail_hosts(30, lambda number: ALIVE, lambda number: 10))
        self.assertEqual(len(self.alive.received), 1)
        self.assertEqual(self.land.spool_files(), [])

    def test_dead_hosts_in_front_are_passed_over_and_tried_once_a_pass(self):
        self.relay(mail_hosts(5, lambda number: ALIVE if number == 3 else f"127.0.1.{100 + number}"), messages=5)
        self.assertEqual(len(self.alive.received), 5)
        self.assertEqual(len(self.land.log_lines("host-down")), 3)
        self.assertEqual(self.land.spool_files(), [])

    def test_thirty_dead_hosts_defer_after_a_bounded_number(self):
        self.relay(mail_hosts(30, lambda number: f"127.0.1.{100 + number}"))
        [waiting] = self.land.queued()
        self.assertEqual([record["status"] for record in waiting.log if record["event"] == "deferred"], ["4.4.1"])
        self.assertLessEqual(len(self.land.log_lines("host-down")), 10)   # mxrun(8): at most ten hosts

    def test_an_answer_cut_off_in_UDP_is_asked_for_by_TCP(self):
        proxies = []

        def truncating(server):
            proxies.append(self._until_end(TruncatingDns(server)))
            return proxies[0]
        self.relay(mail_hosts(30, lambda number: ALIVE), through=truncating)
        self.assertEqual(len(self.alive.received), 1)
        self.assertGreater(proxies[0].by_udp, 0)
        self.assertGreater(proxies[0].by_tcp, 0)


if __name__ == "__main__":
    main()
