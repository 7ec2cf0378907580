# SPDX-License-Identifier: BSD-2-Clause
"""Runs golden command lines: each TOPIC.cli says what smtpctl is told, what it answers, and how it ends.

    # why
    @ userland                      start from a copy of examples/userland (otherwise: from nothing)
    @ file PATH TEXT                a file in the userland; \\n in TEXT is a line end
    @ remove PATH                   a file of it, or a directory with all that is in it
    $ smtpctl users example.org     a command line; --root is added
    < secret                        a line of its standard input
    > alice@example.org             a line of standard output
    ! smtpctl: what                 a line of standard error
    = 67                            its exit status, unless 0
    | cat config.json               a shell command line in the userland, checked in the same way

ROOT stands for the userland's path. A line of output that begins with ~ is a regular expression.
Usage: run_cli.py [--bless] FILE.cli...   --bless rewrites what was expected; review the diff.
"""

import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("POSTERN_BIN_DIR", SOURCE / "build" / "release" / "bin"))
OWNER = "nobody"


class Case:
    """One command line, what it is given and what it has to answer."""

    def __init__(self, kind, words, line):
        self.kind, self.words, self.line = kind, words, line
        self.input, self.out, self.err, self.status = [], [], [], 0

    def expected(self):
        return self.status, self.out, self.err


def parse(text):
    """The steps of a .cli file: cases, and (kind, words) for what stands behind @; comments as they are."""
    steps = []
    for number, line in enumerate(text.splitlines(), 1):
        mark, rest = line[:1], line[2:]
        if mark in "$|" and mark:
            steps.append(Case(mark, rest, number))
        elif mark in ("<", ">", "!", "="):
            if not steps or not isinstance(steps[-1], Case):
                sys.exit(f"line {number}: no command to which this belongs")
            case = steps[-1]
            if mark == "=":
                case.status = int(rest)
            else:
                {"<": case.input, ">": case.out, "!": case.err}[mark].append(rest)
        elif mark == "" or mark in "#@":
            steps.append((mark, line if mark != "@" else rest))
        else:
            sys.exit(f"line {number}: what is {line!r}?")
    return steps


def give_to_owner(path):
    if os.geteuid() == 0:
        owner = pwd.getpwnam(OWNER)
        for place in [path, *path.rglob("*")]:
            os.chown(place, owner.pw_uid, owner.pw_gid, follow_symlinks=False)


def prepare(root, words):
    """What an @ line asks for."""
    what, _, rest = words.partition(" ")
    if what == "userland":
        shutil.copytree(SOURCE / "examples" / "userland", root, copy_function=shutil.copyfile)
        give_to_owner(root)
    elif what == "file":
        path, _, text = rest.partition(" ")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text.replace("\\n", "\n"))
        give_to_owner(root)
    elif what == "remove":
        path = root / rest
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    else:
        sys.exit(f"what is '@ {words}'?")


def run(root, case):
    if case.kind == "$":
        words = shlex.split(case.words)
        command = [str(BIN / words[0]), "--root", str(root), *words[1:]]
    else:
        command = ["/bin/sh", "-c", case.words]
    given = "".join(line + "\n" for line in case.input).replace("ROOT", str(root))
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=60,
                          cwd=root if root.exists() else root.parent, env={**os.environ, "LC_ALL": "C"})
    shown = [text.replace(str(root), "ROOT").splitlines() for text in (done.stdout, done.stderr)]
    return done.returncode, *shown


def fits(expected, got):
    def line_fits(pattern, line):
        return re.fullmatch(pattern[1:], line) is not None if pattern.startswith("~") else pattern == line
    return len(expected) == len(got) and all(map(line_fits, expected, got))


def blessed(steps, answers):
    lines = []
    for step in steps:
        if not isinstance(step, Case):
            lines.append(step[1] if step[0] != "@" else "@ " + step[1])
            continue
        status, out, err = answers[step]
        keep = {id(step.out): fits(step.out, out), id(step.err): fits(step.err, err)}
        lines.append(f"{step.kind} {step.words}")
        lines += ["< " + line for line in step.input]
        lines += ["> " + line for line in (step.out if keep[id(step.out)] else out)]
        lines += ["! " + line for line in (step.err if keep[id(step.err)] else err)]
        lines += [f"= {status}"] if status else []
    return "\n".join(line.rstrip() if line[:1] != ">" else line for line in lines) + "\n"


def check(path, bless):
    """Runs one file; the complaints."""
    steps = parse(path.read_text())
    complaints, answers = [], {}
    with tempfile.TemporaryDirectory(prefix="postern-cli.") as folder:
        os.chmod(folder, 0o755)
        root = Path(folder) / "land"
        if os.geteuid() == 0:
            give_to_owner(Path(folder))
        for step in steps:
            if not isinstance(step, Case):
                if step[0] == "@":
                    prepare(root, step[1])
                continue
            answers[step] = run(root, step)
            status, out, err = answers[step]
            if status != step.status or not fits(step.out, out) or not fits(step.err, err):
                complaints.append(f"{path.name}:{step.line}: {step.words}\n  expected {step.expected()}\n"
                                  f"  got      {answers[step]}")
    if not answers:
        complaints.append(f"{path.name}: no command in it")
    if bless:
        path.write_text(blessed(steps, answers))
    return complaints


def main():
    bless = "--bless" in sys.argv
    files = [Path(word) for word in sys.argv[1:] if word != "--bless"]
    if not files:
        sys.exit(__doc__)
    complaints = [complaint for file in files for complaint in check(file, bless)]
    print("\n".join(complaints) or f"{len(files)} file(s) as expected")
    sys.exit(1 if complaints and not bless else 0)


if __name__ == "__main__":
    main()
