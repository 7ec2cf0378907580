# SPDX-License-Identifier: BSD-2-Clause
"""Every Debian package that the scripts install stands in README.md's table with a reason, and no other."""

import re

from tree import run


def wanted(script):
    return {name for names in re.findall(r'^packages_to_\w+="([^"]*)"', script, re.M) for name in names.split()}


def lint(tree):
    installed = wanted(tree.text("cmake/packages.sh"))
    table = tree.text("README.md").partition("| Debian package | why |")[2].split("\n\n")[0]
    explained = {name.strip() for row in table.splitlines() if row.startswith("| ") for name in row.split("|")[1].split(",")}
    if not installed:
        tree.complain("cmake/packages.sh", "names no packages")
    for package in sorted(installed - explained):
        tree.complain("README.md", f"gives no reason for {package}")
    for package in sorted(explained - installed):
        tree.complain("README.md", f"explains {package}, which nothing installs")


if __name__ == "__main__":
    run(lint)
