# SPDX-License-Identifier: BSD-2-Clause
"""Once a login has been judged no memory of the session has the password any more."""

import base64
import re
import smtplib
import unittest

from lab.places import AM_ROOT
from postern_lab import *

PASSWORD = "a password that is found nowhere else"


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def memory_of(pid):
    """All that the process can write to."""
    parts = []
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            start, end, rights = re.match(r"(\w+)-(\w+) (\S+)", line).groups()
            if rights.startswith("rw"):
                memory.seek(int(start, 16))
                parts.append(memory.read(int(end, 16) - int(start, 16)))
    return b"".join(parts)


@unittest.skipUnless(AM_ROOT, "only root may read the memory of a process that cannot be dumped")
class Memory(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org", PASSWORD)
        self.smtp = self.start(self.land, "listen", "--service", "submission")

    def logged_in(self, *lines):
        """The memory of a session behind the reply to the last of these lines."""
        with smtplib.SMTP(*self.smtp.address, timeout=30) as client:
            client.starttls(context=believing())
            client.ehlo()
            for line in lines:
                reply = client.docmd(line)
            self.assertIn(reply[0], (235, 535))
            [session] = children_of(self.smtp.pid)
            return memory_of(session)

    def assert_forgotten(self, memory, password, response):
        self.assertIn(b"alice@example.org", memory)   # it is the right memory
        for text in (password, response):
            for part in (text, text[-24:], text[-24:-8]):
                self.assertNotIn(part.encode(), memory, part)

    def test_plain(self):
        for password in (PASSWORD, "another password, which is wrong"):
            response = encoded(f"\0alice@example.org\0{password}")
            for lines in ([f"AUTH PLAIN {response}"], ["AUTH PLAIN", response]):
                with self.subTest(lines):
                    self.assert_forgotten(self.logged_in(*lines), password, response)

    def test_login(self):
        response = encoded(PASSWORD)
        self.assert_forgotten(self.logged_in("AUTH LOGIN", encoded("alice@example.org"), response), PASSWORD, response)


if __name__ == "__main__":
    main()
