# SPDX-License-Identifier: BSD-2-Clause
"""clang-format would change nothing."""

import re
import subprocess

from tree import run

BATCH = 40


def lint(tree):
    files = [str(path) for path in tree.files(".cpp", ".hpp")]
    for start in range(0, len(files), BATCH):
        done = subprocess.run(["clang-format", "--dry-run", *files[start:start + BATCH]], cwd=tree.root,
                              capture_output=True, text=True)
        for path, line in sorted(set(re.findall(r"^([^:\n]+):(\d+):\d+: (?:warning|error)", done.stderr, re.M))):
            tree.complain(path, "clang-format would change it", line)
        if done.returncode != 0 and not tree.complaints:
            tree.complain("clang-format", done.stderr.strip())


if __name__ == "__main__":
    run(lint)
