# SPDX-License-Identifier: BSD-2-Clause
"""Every text file: licence line, no path of a build machine, no loose ends, no tabs or trailing blanks in code."""

import re

from tree import run

LICENCE = "SPDX-License-Identifier: BSD-2-Clause"
CODE = (".cpp", ".hpp", ".py", ".sh", ".cmake")
# A home or work directory of whoever built it; written so that this file does not match itself.
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|farm|home/[a-z]+|root|Users/[A-Za-z]+|tmp/b)/")
HARMLESS = re.compile(r":/root:|HOME=/root\b")
LOOSE_END = re.compile(r"\b(TO" r"DO|X" r"XX|HA" r"CK)\b")
# Recorded octets, not prose.
DATA = re.compile(r"^tests/(fuzz/corpus|transcripts|unit/[a-z]+/data)/|\.smtp$")


def lint(tree):
    for path in tree.files():
        if DATA.search(str(path)) or path.name == "LICENSE":
            continue
        raw = (tree.root / path).read_bytes()
        if b"\0" in raw:
            continue
        text = raw.decode("utf-8", errors="replace")
        first_lines = "\n".join(text.split("\n")[:3])
        is_script = text.startswith("#!") and path.parts[0] != "examples"   # those are there to be copied
        if (path.suffix in CODE or path.name == "CMakeLists.txt" or is_script) and LICENCE not in first_lines:
            tree.complain(path, "no SPDX line at its top", 1)
        for number, line in enumerate(text.split("\n"), 1):
            check_line(tree, path, number, line, path.suffix in CODE or is_script)


def check_line(tree, path, number, line, is_code):
    if MACHINE_PATH.search(line) and not HARMLESS.search(line):
        tree.complain(path, "names a path of somebody's machine", number)
    if LOOSE_END.search(line):
        tree.complain(path, "a loose end: make it an issue", number)
    if is_code and (line != line.rstrip() or "\t" in line):
        tree.complain(path, "a tab or blanks at the end of the line", number)


if __name__ == "__main__":
    run(lint)
