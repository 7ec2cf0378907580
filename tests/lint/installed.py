# SPDX-License-Identifier: BSD-2-Clause
"""`cmake --install` puts programs, manual pages, examples and papers where Debian expects them."""

import os
import subprocess
import tempfile
from pathlib import Path

from tree import run


def lint(tree):
    with tempfile.TemporaryDirectory(prefix="postern-install.") as destination:
        done = subprocess.run(["cmake", "--install", str(tree.build), "--prefix", "/usr"], capture_output=True,
                              text=True, env={**os.environ, "DESTDIR": destination})
        if done.returncode != 0:
            return tree.complain("cmake --install", done.stderr.strip())
        usr = Path(destination) / "usr"
        for program in ("smtpctl", "smtpd-inetd", "deliver", "mxrun"):
            if not os.access(usr / "sbin" / program, os.X_OK):
                tree.complain("cmake --install", f"no sbin/{program}")
        wanted = [f"share/man/man{page.suffix[1:]}/{page.name}" for page in tree.files(below="man/")
                  if page.suffix[1:].isdigit()]
        wanted += [f"share/doc/postern/{path}" for path in tree.files(below="examples/") if path.name != "CMakeLists.txt"]
        wanted += [f"share/doc/postern/{paper}" for paper in ("README.md", "ARCHITECTURE.md", "LICENSE")]
        for path in wanted:
            if not (usr / path).is_file():
                tree.complain("cmake --install", f"no {path}")
        extra = {path.relative_to(usr).parts[0] for path in usr.rglob("*") if path.is_file()} - {"sbin", "share"}
        for folder in sorted(extra):
            tree.complain("cmake --install", f"writes into {folder}/")


if __name__ == "__main__":
    run(lint)
