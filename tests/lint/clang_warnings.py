# SPDX-License-Identifier: BSD-2-Clause
"""clang's opinion of lib/ and tools/: the front end only, with the warnings of the build, as errors.

Not a test of ctest's, because it needs a build directory that clang has configured:
clang_warnings.py SOURCE BUILD"""

import json
import os
import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor

from tree import run


def object_of(entry):
    words = shlex.split(entry["command"])
    return words[words.index("-o") + 1]


def front_end(entry):
    """The compile command without its output and its launcher, and nothing but checked."""
    words = shlex.split(entry["command"])
    while not os.path.basename(words[0]).startswith("clang"):
        words = words[1:]
    kept = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MT"):
            skip = True
        elif word not in ("-c", "-MD") and not word.startswith(("-fsanitize", "-g", "-O")):
            kept.append(word)
    return [*kept, "-fsyntax-only", "-Werror"]


def lint(tree):
    entries = json.loads((tree.build / "compile_commands.json").read_text())
    # What the fuzz targets need was compiled by clang, warnings being errors; the rest has no object yet.
    entries = [entry for entry in entries if not (tree.build / object_of(entry)).exists()
               and os.path.relpath(entry["file"], tree.root).startswith(("lib/", "tools/"))]

    def check(entry):
        return entry["file"], subprocess.run(front_end(entry), cwd=entry["directory"], capture_output=True,
                                             encoding="utf-8", errors="replace")

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, done in pool.map(check, entries):
            if done.returncode != 0:
                tree.complain(os.path.relpath(file, tree.root), done.stderr.strip())


if __name__ == "__main__":
    run(lint)
