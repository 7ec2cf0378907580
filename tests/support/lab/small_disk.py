# SPDX-License-Identifier: BSD-2-Clause
"""A file system that can be filled: a tmpfs in a mount namespace that nobody else sees."""

import os
import subprocess
import sys

from lab.case import LabTest, main
from lab.places import AM_ROOT

_INSIDE = "POSTERN_TEST_IN_OWN_MOUNT_NAMESPACE"
_BLOCK = 4096


def may_mount():
    command = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"]
    return AM_ROOT and subprocess.run(command, capture_output=True).returncode == 0


def main_in_own_namespace():
    if may_mount() and _INSIDE not in os.environ:
        os.environ[_INSIDE] = "yes"
        os.execvp("unshare", ["unshare", "--mount", sys.executable, "-B", *sys.argv])
    main()


class SmallDisk(LabTest):
    def setUp(self):
        super().setUp()
        if _INSIDE not in os.environ:
            self.skipTest("mounting a small file system needs root and a mount namespace")

    def move_to_small_disk(self, directory):
        """It moves to a tmpfs that holds it and little more."""
        old = directory.with_name(directory.name + ".old")
        directory.rename(old)
        directory.mkdir()
        owner = os.stat(old)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size=2m,uid={owner.st_uid},gid={owner.st_gid},mode=750",
                        "tmpfs", directory], check=True)
        self.addCleanup(subprocess.run, ["umount", "-l", directory])
        subprocess.run(["cp", "-a", f"{old}/.", directory], check=True)
        self.ballast = directory / "ballast"

    def fill(self, leave=0):
        """Takes all room of the disk but so many blocks."""
        with open(self.ballast, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * _BLOCK)
            except OSError:
                pass
            file.truncate(max(0, file.tell() - leave * _BLOCK))

    def make_room(self):
        self.ballast.unlink()
