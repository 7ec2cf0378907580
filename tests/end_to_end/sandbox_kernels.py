# SPDX-License-Identifier: BSD-2-Clause
"""On kernels without Landlock or seccomp what is required is refused, and what is tried goes without and says so."""

from lab.one_session import OneSession
from postern_lab import *

LANDLOCK = "Landlock (version 2, Linux 5.19)"
# What is missing, and how the calls of such a kernel end.
KERNELS = (
    (LANDLOCK, ["landlock_create_ruleset:error=ENOSYS"]),       # it was left out
    (LANDLOCK, ["landlock_create_ruleset:error=EOPNOTSUPP"]),   # it is turned off
    (LANDLOCK, ["landlock_create_ruleset:retval=1"]),           # Linux 5.13: no renaming between directories
    ("seccomp", ["seccomp:error=EINVAL"]),
    (f"{LANDLOCK} and seccomp", ["landlock_create_ruleset:error=ENOSYS", "seccomp:error=ENOSYS"]),
)


class OldKernels(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")

    def on(self, ends):
        """What stands before a command so that it meets such a kernel."""
        return ["strace", "-f", "-o", self.folder / "trace", *(word for end in ends for word in ("-e", f"inject={end}"))]

    def last_line(self, event):
        return self.land.log_lines(f" {event} ")[-1]

    def test_a_session_that_requires_it_refuses_to_serve(self):
        for missing, ends in KERNELS:
            with OneSession(self.land, prefix=self.on(ends)) as session:
                self.assertEqual(session.banner[0], 421)
            self.assertIn(f'reason="this kernel has no {missing}: see --sandbox"', self.last_line("trouble"))

    def test_a_session_that_tries_serves_and_says_what_is_missing(self):
        for missing, ends in KERNELS:
            with OneSession(self.land, "--sandbox", "try", prefix=self.on(ends)) as session:
                send_on(session.client)
                session.client.quit()
            self.assertIn(missing, self.last_line("sandbox_incomplete"))
        self.assertEqual(len(self.land.queued()), len(KERNELS))

    def test_what_there_is_is_used(self):
        without_landlock, without_seccomp = self.on(KERNELS[0][1]), self.on(KERNELS[3][1])
        with OneSession(self.land, "--sandbox", "try", prefix=without_landlock) as session:
            self.assertEqual(session.banner[0], 220)
        self.assertIn("SECCOMP_SET_MODE_FILTER", (self.folder / "trace").read_text())
        with OneSession(self.land, "--sandbox", "try", prefix=without_seccomp) as session:
            self.assertEqual(session.banner[0], 220)
        self.assertIn("landlock_restrict_self", (self.folder / "trace").read_text())

    def test_a_runner_that_requires_it_does_not_run(self):
        for missing, ends in KERNELS:
            for program in ("deliver", "mxrun"):
                run = self.land.run(program, prefix=self.on(ends), check=False)
                self.assertNotEqual(run.status, 0)
                self.assertIn(f"this kernel has no {missing}: see --sandbox", run.err)
                self.assertEqual(self.land.run(program, "--sandbox", "try", prefix=self.on(ends)).status, 0)
                self.assertIn(missing, self.last_line("sandbox_incomplete"))


def send_on(client):
    client.hello()
    client.message("bob@example.net", ["alice@example.org"], b"From: bob@example.net\r\n\r\nhello\r\n")


if __name__ == "__main__":
    main()
