# SPDX-License-Identifier: BSD-2-Clause
"""What README, ARCHITECTURE and CONTRIBUTING name is there: files, layers, commands of smtpctl."""

import re

from layers import read_layers
from man_help import help_commands
from tree import run

PAPERS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
PATH = re.compile(r"`((?:lib|tools|tests|man|examples|cmake)/[A-Za-z0-9_./*@-]*)`")


def check_paths(tree, paper, text):
    for number, line in enumerate(text.splitlines(), 1):
        for path in PATH.findall(line):
            # LAYER, TOPIC and the like stand for any name.
            pattern = re.sub(r"\b[A-Z]{2,}\b", "*", path).rstrip("/")
            if not any(tree.root.glob(pattern)):
                tree.complain(paper, f"names {path}, which does not exist", number)


def check_layers(tree):
    uses, _ = read_layers(tree)
    table = tree.text("ARCHITECTURE.md").partition("| layer | what it knows |")[2].split("\n\n")[0]
    shown = [name for name in re.findall(r"^\| `([a-z]+)` \|", table, re.M)]
    if shown != list(uses):
        tree.complain("ARCHITECTURE.md", f"its layers are {', '.join(shown)}, those of lib/LAYERS {', '.join(uses)}")


def check_commands(tree):
    known = {command for command in help_commands(tree, "smtpctl")}
    for paper in PAPERS:
        for number, line in enumerate(tree.text(paper).splitlines(), 1):
            for words in re.findall(r"\bsmtpctl((?: [a-z]+)+)", line):
                longest = next((count for count in (2, 1) if " ".join(["smtpctl", *words.split()[:count]]) in known), 0)
                if not longest:
                    tree.complain(paper, f"smtpctl{words} is no command", number)


def lint(tree):
    for paper in PAPERS:
        check_paths(tree, paper, tree.text(paper))
    check_layers(tree)
    if tree.build:
        check_commands(tree)


if __name__ == "__main__":
    run(lint)
