# SPDX-License-Identifier: BSD-2-Clause
"""What the lints share: the files of the tree, C++ without its comments, and how complaints are reported."""

import re
import subprocess
import sys
from pathlib import Path


class Tree:
    """The files of a source tree; what git ignores is not there. `build`: the build directory, if any."""

    def __init__(self, root, build=None):
        self.root = Path(root).resolve()
        self.build = Path(build).resolve() if build else None
        self.complaints = []

    def files(self, *suffixes, below=""):
        """Paths relative to the root, sorted; all of them, or those with one of these suffixes."""
        return [path for path in self._all() if str(path).startswith(below) and
                (not suffixes or path.suffix in suffixes)]

    def _all(self):
        if not hasattr(self, "_files"):
            listed = self.git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
            names = (listed.split("\0") if listed is not None else
                     [str(path.relative_to(self.root)) for path in self.root.rglob("*")])
            self._files = sorted(Path(name) for name in set(names) if name and (self.root / name).is_file())
        return self._files

    def git(self, *words):
        """git's output; None when this is no clone (an unpacked archive) or git fails."""
        if not (self.root / ".git").exists():
            return None
        done = subprocess.run(["git", "-c", f"safe.directory={self.root}", "-C", str(self.root), *words],
                              capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else None

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    def complain(self, path, what, line=None):
        self.complaints.append(f"{path}{f':{line}' if line else ''}: {what}")


_COMMENT_OR_STRING = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.S)


def code_only(text):
    """C++ without comments and without what stands in strings; lines keep their numbers."""
    def blank(match):
        found = match.group(0)
        if found.startswith(("/", "R")):
            return "\n" * found.count("\n")
        return found[0] + found[-1]
    # An #include's name is a string, too, and must stay.
    lines = [line if line.lstrip().startswith("#include") else None for line in text.split("\n")]
    blanked = _COMMENT_OR_STRING.sub(blank, text).split("\n")
    return "\n".join(kept if kept is not None else other for kept, other in zip(lines, blanked))


def run(lint):
    """A lint's main: `lint(tree)` complains into the tree. Usage: LINT.py SOURCE [BUILD]."""
    tree = Tree(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
    lint(tree)
    for complaint in tree.complaints:
        print(complaint)
    if tree.complaints:
        sys.exit(f"{len(tree.complaints)} complaint(s)")
