# SPDX-License-Identifier: BSD-2-Clause
"""smtpctl sandbox show: what the programs may do follows the settings."""

from postern_lab import LabTest, main

SESSION = {"domains": "read", "state/over-quota": "read", "spool/incoming": "read, write, create, remove, move",
           "spool/received/now": "create, remove, move", "run/wake.d": "write", "state/bans": "read, write, create"}
LOGIN = {"secrets/passwords": "read", "state/logins": "read, write, create"}
TLS = {"tls": "read"}
ALL = "read, write, list, create, remove, move, make directories"
RUNNER = {"spool": ALL, "run": f"{ALL}, make pipes", "log": "write, create", "domains": "read, list", "templates": "read"}
EXPECTED = {
    "smtpd-inetd --service smtp": SESSION | TLS,
    "smtpd-inetd --service submission": SESSION | LOGIN | TLS,
    "smtpd-inetd --service submissions": SESSION | LOGIN | TLS,
    "smtpd-inetd --service local": SESSION | LOGIN,
    "smtpd-inetd --service lmtp": SESSION | TLS,
    "smtpd-inetd, the helper that asks other servers": {},
    "smtpd-inetd --kick": {"spool/requests": "read, write, create", "run/wake.d": "write"},
    "deliver": RUNNER | {"mail": ALL, "state": ALL},
    "mxrun": RUNNER}


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

    def test_programs_see_what_they_need_and_nothing_else(self):
        for name, rules in self.shown().items():
            outside = {path for path in rules if path.startswith("/")}   # the distribution says where that is
            with self.subTest(name):
                self.assertEqual({path: rules[path] for path in rules.keys() - outside}, EXPECTED[name])
                self.assertEqual({rules[path] for path in outside}, {"read"} if name == "mxrun" else set())

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
