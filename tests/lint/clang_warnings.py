# SPDX-License-Identifier: BSD-2-Clause
"""clang's opinion of all sources: the front end only, with the warnings of the build, as errors.

Not a test of ctest's, because it needs a build directory that clang has configured:
clang_warnings.py SOURCE BUILD"""

import json
import os
import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor

from tree import run


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

    def check(entry):
        return entry["file"], subprocess.run(front_end(entry), cwd=entry["directory"], capture_output=True, text=True)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, done in pool.map(check, entries):
            if done.returncode != 0:
                tree.complain(os.path.relpath(file, tree.root), done.stderr.strip())


if __name__ == "__main__":
    run(lint)
