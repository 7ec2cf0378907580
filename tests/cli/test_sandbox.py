# SPDX-License-Identifier: BSD-2-Clause
"""smtpctl sandbox show: what the programs may do follows the settings."""

from postern_lab import LabTest, main


class Sandbox(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()

    def shown(self):
        """{program: {path below the root: rights}}"""
        first, *blocks = self.land.smtpctl("sandbox", "show").out.split("\n\n")
        self.assertRegex(first, "^Landlock version [0-9]+")
        programs = {}
        for block in blocks:
            name, bounds, *rules = block.splitlines()
            self.assertRegex(bounds, "^  [0-9]+ system calls, ")
            programs[name] = dict(rule.strip().removeprefix(f"{self.land.root}/").split(": ") for rule in rules)
        return programs

    def test_sessions_see_no_mail_and_no_secrets(self):
        shown = self.shown()
        session = shown["smtpd-inetd --service smtp"]
        self.assertEqual(session["spool/received/now"], "create, remove, move")
        self.assertEqual(session["domains"], "read")
        self.assertFalse({"mail", "secrets", "secrets/passwords", "spool/quarantine", "spool/requests"} & set(session))
        self.assertIn("mail", shown["deliver"])
        self.assertNotIn("mail", shown["mxrun"])

    def test_a_setting_opens_what_it_needs(self):
        self.land.config("validation.mode", "quarantine")
        self.land.config("smtp.etrn", "all")
        self.land.config("services.smtp.tls", "off")
        session = self.shown()["smtpd-inetd --service smtp"]
        self.assertEqual(session["spool/quarantine"], "create, remove, move")
        self.assertIn("create", session["spool/requests"])
        self.assertNotIn("tls", session)
        self.assertIn("tls", self.shown()["smtpd-inetd --service submission"])

    def test_a_session_makes_few_calls(self):
        out = self.land.smtpctl("sandbox", "show").out
        calls = int(out.split("--service smtp\n  ")[1].split()[0])
        self.assertLessEqual(calls, 40)


main()
