# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 900 RUN_SERIAL ON
"""./quickstart runs to its end, twice, and stops what it started. Builds nothing: it gets the built programs."""

import os
import shutil
import subprocess
from pathlib import Path

from lab.places import BIN, SOURCE
from postern_lab import LabTest, free_port, main


class Quickstart(LabTest):
    time_limit = 600

    def setUp(self):
        super().setUp()
        # A clone in which the build is there already, so that cmake has nothing to compile.
        self.clone = self.folder / "clone"
        (self.clone / "tests").mkdir(parents=True)
        for name in ("quickstart", "cmake", "tests/support"):
            origin = SOURCE / name
            copy = shutil.copytree if origin.is_dir() else shutil.copy
            copy(origin, self.clone / name)
        (self.clone / "build/quickstart").mkdir(parents=True)
        (self.clone / "build/quickstart/bin").symlink_to(BIN)
        self.fake_cmake()
        self.env = {**os.environ, "PORT": str(free_port()), "SINK_PORT": str(free_port()),
                    "PATH": f"{self.folder}/path:{os.environ['PATH']}"}
        self.addCleanup(self.quickstart, "--stop")

    def fake_cmake(self):
        (self.folder / "path").mkdir()
        cmake = self.folder / "path/cmake"
        cmake.write_text("#!/bin/sh\nexit 0\n")
        cmake.chmod(0o755)

    def quickstart(self, *options):
        return subprocess.run([self.clone / "quickstart", *options], env=self.env, capture_output=True, text=True,
                              timeout=300, stdin=subprocess.DEVNULL)

    def running(self, name):
        file = self.clone / f"quickstart.d/{name}.pid"
        return file.exists() and Path(f"/proc/{file.read_text().split()[0]}").exists()

    def test_it_shows_mail_come_in_and_go_out_and_can_be_repeated(self):
        for _ in range(2):
            done = self.quickstart()
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("Subject: In through the side door", done.stdout)
            self.assertIn("from alice@example.org to bob@example.net", done.stdout)
            self.assertIn("| Subject: Out into the world", done.stdout)
            last = done.stdout.strip().splitlines()[-3:]
            self.assertEqual([line.split(":")[0] for line in last], ["Running", "By hand", "To stop"])
            self.assertTrue(self.running("smtpd-inetd") and self.running("sink"))
        self.assertEqual(self.quickstart("--stop").returncode, 0)
        self.assertFalse(self.running("smtpd-inetd") or self.running("sink"))


if __name__ == "__main__":
    main()
