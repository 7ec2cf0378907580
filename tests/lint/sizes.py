# SPDX-License-Identifier: BSD-2-Clause
"""One purpose a file: more than 400 lines fail, more than 250 are listed."""

from tree import run

LISTED, FAILS = 250, 400


def lint(tree):
    for path in tree.files(".cpp", ".hpp", ".py", ".sh", ".cmake", ".c", ".h"):
        lines = tree.text(path).count("\n")
        if lines > FAILS:
            tree.complain(path, f"has {lines} lines, more than {FAILS}: split it by purpose")
        elif lines > LISTED:
            print(f"{path} has {lines} lines (not wrong, but worth a look)")


if __name__ == "__main__":
    run(lint)
