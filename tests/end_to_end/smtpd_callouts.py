# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 180
"""verify: the session asks the server that has the mailboxes before it accepts a recipient."""

import json
import os
import time

from postern_lab import DROP, Client, LabTest, children_of, free_port, main, wait_until


class Callouts(LabTest):
    time_limit = 60

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.config("server.callouts", True)
        self.land.config("server.callout_timeout", "2s")

    def domain(self, name, host, port):
        self.land.smtpctl("domain", "add", name)
        self.land.write(f"domains/{name}/domain.json",
                        json.dumps({"relay_to": {"host": host, "port": port}, "verify": True}))

    def inside(self, script):
        sink = self.sink(host="127.0.2.1", script=script)
        self.domain("inside.example", sink.host, sink.port)
        return sink

    def client(self, smtp):
        client = Client(smtp.address)
        self.addCleanup(client.close)
        client.hello()
        client.expect(250, "MAIL FROM:<eve@example.net>")
        return client

    def test_the_other_server_decides_and_its_words_stay_here(self):
        sink = self.inside({"RCPT": lambda line, _: None if "bob" in line else
                            "451 4.7.1 greylisted" if "slow" in line else "550 5.1.1 unknown at exch17.lan"})
        client = self.client(self.start(self.land))
        client.expect(250, "RCPT TO:<bob@inside.example>")
        reply = client.expect(550, "RCPT TO:<eve@inside.example>")
        self.assertTrue(reply[1].startswith("5.1.1 "), reply)
        self.assertNotIn("exch17", reply[1])
        reply = client.expect(450, "RCPT TO:<slow@inside.example>")
        self.assertTrue(reply[1].startswith("4.4.1 "), reply)
        client.expect(250, "RCPT TO:<postmaster@inside.example>")   # an account here
        client.quit()
        wait_until(lambda: sink.verbs()[-1] == "QUIT", what="the helper to say goodbye")
        self.assertEqual(sink.verbs(), ["EHLO", "MAIL", "RCPT", "RSET", "MAIL", "RCPT", "RSET", "MAIL", "RCPT", "QUIT"])
        self.assertEqual(sink.sessions, 1)
        self.assertEqual(sink.received, [])
        self.assertIn(("MAIL FROM:<>"), [line for _, line in sink.lines])
        [line] = self.land.log_lines("refused_elsewhere")
        self.assertIn("unknown at exch17.lan", line)
        self.assertEqual(len(self.land.log_lines("not_verified")), 1)

    def test_what_was_verified_is_delivered_there(self):
        sink = self.inside({})
        client = self.client(self.start(self.land))
        client.expect(250, "RCPT TO:<bob@inside.example>")
        client.content(b"From: bob@example.net\r\nSubject: hi\r\n\r\nhello\r\n")
        client.quit()
        self.land.deliver()
        self.land.mxrun("--zone", "/dev/null")
        self.assertEqual([message.forward_paths for message in sink.received], [["bob@inside.example"]])

    def test_exim_is_asked(self):
        exim = self.exim(["inside.example"], host="127.0.2.31")
        self.domain("inside.example", exim.host, exim.port)
        self.domain("elsewhere.example", exim.host, exim.port)
        client = self.client(self.start(self.land))
        client.expect(250, "RCPT TO:<bob@inside.example>")
        client.expect(550, "RCPT TO:<bob@elsewhere.example>")
        self.assertIn("relaying is not for you", self.land.log_lines("refused_elsewhere")[0])

    def test_a_server_that_cannot_be_asked_refuses_nobody_for_good_and_is_not_asked_again(self):
        for number, script in enumerate((None, {"connect": DROP}, {"RCPT": DROP}, {"MAIL": "550 5.7.1 no"},
                                         {"connect": "554 5.7.1 go away"})):
            with self.subTest(script):
                port = self.sink(host="127.0.2.1", script=script).port if script else free_port()
                self.domain(f"d{number}.example", "127.0.2.1", port)
                client = self.client(self.start(self.land))
                client.expect(450, f"RCPT TO:<bob@d{number}.example>")
                client.expect(450, f"RCPT TO:<dave@d{number}.example>")

    def test_two_servers_that_ask_each_other_come_to_an_end(self):
        other = self.userland("other")
        there = self.start(other, host="127.0.2.9")
        here = self.start(self.land)
        self.domain("inside.example", there.host, there.port)
        for land in (self.land, other):
            land.config("server.callouts", True)
            land.config("server.callout_timeout", "30s")
        other.smtpctl("domain", "add", "inside.example")
        other.write("domains/inside.example/domain.json",
                    json.dumps({"relay_to": {"host": here.host, "port": here.port}, "verify": True}))
        begin = time.monotonic()
        self.client(here).expect(250, "RCPT TO:<bob@inside.example>")
        self.assertLess(time.monotonic() - begin, 5)

    def test_a_server_that_is_silent_costs_its_time_once(self):
        sink = self.inside({"RCPT": lambda *_: time.sleep(20)})
        client = self.client(self.start(self.land))
        begin = time.monotonic()
        for user in ("bob", "dave", "carol"):
            client.expect(450, f"RCPT TO:<{user}@inside.example>")
        took = time.monotonic() - begin
        self.assertGreater(took, 1.5)
        self.assertLess(took, 5)
        self.assertEqual(sink.sessions, 1)

    def test_a_name_is_looked_up_by_the_helper(self):
        sink = self.sink(host="127.0.2.1")
        name_server = self.nsd({"site.example": "in A 127.0.2.1"})
        self.land.config("dns.servers", [name_server.resolver])
        self.domain("inside.example", "in.site.example", sink.port)
        self.client(self.start(self.land)).expect(250, "RCPT TO:<bob@inside.example>")
        self.assertEqual(sink.sessions, 1)

    def test_the_helper_ends_with_its_session_whichever_way_that_goes(self):
        self.inside({})
        smtp = self.start(self.land)
        for end in ("quit", "gone", "killed"):
            with self.subTest(end):
                client = self.client(smtp)
                client.expect(250, "RCPT TO:<bob@inside.example>")
                [session] = children_of(smtp.pid)
                [helper] = children_of(session)
                self.assertNotIn("socket", os.readlink(f"/proc/{helper}/fd/1"))
                if end == "quit":
                    client.quit()
                elif end == "killed":
                    os.kill(session, 9)
                client.close()
                wait_until(lambda: children_of(smtp.pid) == [], what="the session to end")
                wait_until(lambda: not os.path.exists(f"/proc/{helper}"), what="the helper to end")

    def test_without_callouts_there_is_no_helper_and_check_tells(self):
        self.inside({})
        self.land.config("server.callouts", False)
        smtp = self.start(self.land)
        client = self.client(smtp)
        client.expect(451, "RCPT TO:<bob@inside.example>")
        [session] = children_of(smtp.pid)
        self.assertEqual(children_of(session), [])
        self.assertIn("'verify' needs server.callouts", self.land.smtpctl("config", "check", check=False).out)

    def test_under_a_superserver(self):
        sink = self.inside({"RCPT": lambda line, _: None if "bob" in line else "550 5.1.1 who?"})
        for way in ("inetd", "tcpserver", "systemd"):
            with self.subTest(way):
                client = self.client(self.start(self.land, way))
                client.expect(250, "RCPT TO:<bob@inside.example>")
                client.expect(550, "RCPT TO:<eve@inside.example>")
                client.quit()
        wait_until(lambda: sink.verbs().count("QUIT") == 3, what="all helpers to say goodbye")


if __name__ == "__main__":
    main()
