# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 120
"""The disk is full while smtpctl changes the userland: it says so, nothing is half changed, and the same command
works once there is room."""

from lab.small_disk import SmallDisk, main_in_own_namespace

CHANGES = [
    ["adduser", "bob@example.org", "--password-stdin"],
    ["adduser", "carol@example.org", "--quota", "1M", "--password-stdin"],
    ["passwd", "alice@example.org", "--password-stdin"],
    ["quota", "alice@example.org", "5M"],
    ["alias", "add", "ringo@example.org", "alice@example.org"],
    ["alias", "add", "new@example.org", "alice@example.org"],
    ["domain", "add", "example.net"],
    ["domain", "add", "example.com", "--same-as", "example.org"],
    ["relay", "add", "192.0.2.0/24"],
    ["config", "set", "queue.max_age", "3d"],
    ["loglevel", "debug"],
]


class DiskFull(SmallDisk):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.adduser("alice@example.org")
        self.land.alias("ringo@example.org", "bob@example.info")
        self.move_to_small_disk(self.land.root)

    def smtpctl(self, words, check=True):
        stdin = "a long secret\n" if "--password-stdin" in words else None
        return self.land.smtpctl(*words, check=check, input=stdin)

    def texts(self):
        """Each file of the userland but its logs and locks, with what stands in it."""
        return {path: path.read_bytes() for path in self.land.root.rglob("*")
                if path.is_file() and path != self.ballast and "log" not in path.parts and "run" not in path.parts}

    def test_a_change_is_made_whole_or_not_at_all(self):
        for words in CHANGES:
            with self.subTest(" ".join(words)):
                before = self.texts()
                self.fill()
                run = self.smtpctl(words, check=False)
                self.assertEqual((run.status, run.out, run.err.count("\n")), (75, "", 1), run)
                self.assertIn("No space left on device", run.err)
                self.make_room()
                self.assertEqual(self.texts(), before)
                self.smtpctl(words)
                self.assertNotEqual(self.texts(), before)
        self.land.smtpctl("config", "check")


if __name__ == "__main__":
    main_in_own_namespace()
