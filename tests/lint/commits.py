# SPDX-License-Identifier: BSD-2-Clause
"""Commit subjects read `area: Imperative summary`, at most 60 characters; the last 200 that this clone has."""

import re

from tree import run

SUBJECT = re.compile(r"^[a-z][a-z0-9_./-]*(, [a-z][a-z0-9_./-]*)*: [A-Z0-9]")
LONGEST = 60
# The third person and the past are no orders: "Adds", "Fixed".
NO_ORDER = re.compile(r": (Adds|Added|Fixes|Fixed|Makes|Made|Changes|Changed|Removes|Removed|Updates|Updated)\b")


def lint(tree):
    log = tree.git("log", "--no-merges", "-n", "200", "--format=%h %s")
    for line in (log or "").splitlines():
        commit, _, subject = line.partition(" ")
        if not SUBJECT.match(subject) or NO_ORDER.search(subject):
            tree.complain(commit, f"`area: Imperative summary`, not: {subject}")
        if len(subject) > LONGEST:
            tree.complain(commit, f"{len(subject)} characters, more than {LONGEST}: {subject}")


if __name__ == "__main__":
    run(lint)
