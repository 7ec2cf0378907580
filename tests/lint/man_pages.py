# SPDX-License-Identifier: BSD-2-Clause
"""The manual pages: mandoc has no complaint, each has EXAMPLES, each .Xr leads somewhere."""

import re
import subprocess

from tree import run


def lint(tree):
    pages = [path for path in tree.files(below="man/") if re.search(r"\.[1-8]$", path.name)]
    if not pages:
        tree.complain("man", "no pages")
    for page in pages:
        # Inside man/ with bare names, so that pages find each other.
        done = subprocess.run(["mandoc", "-Tlint", "-W", "warning", page.name], cwd=tree.root / "man",
                              capture_output=True, text=True)
        for line in (done.stdout + done.stderr).splitlines():
            tree.complain(page, line)
        text = tree.text(page)
        if not re.search(r"^\.Sh EXAMPLES$", text, re.M):
            tree.complain(page, "has no EXAMPLES")
        check_references(tree, page, text)


def check_references(tree, page, text):
    """Pages of Postern's own that are referred to exist."""
    for name, section in re.findall(r"^\.Xr (\S+) (\d)", text, re.M):
        own = name.startswith("postern") or name in ("smtpctl", "smtpd-inetd", "deliver", "mxrun")
        if own and not (tree.root / "man" / f"{name}.{section}").exists():
            tree.complain(page, f"refers to {name}({section}), which does not exist")


if __name__ == "__main__":
    run(lint)
