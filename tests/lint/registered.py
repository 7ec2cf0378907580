# SPDX-License-Identifier: BSD-2-Clause
"""No test lies about forgotten: every source of a test is named in a CMakeLists.txt, every kind runs in ctest."""

import json
import re
import subprocess

from tree import run

KINDS = ("unit", "contract", "transcripts", "cli", "fuzz", "end_to_end", "lint")


def lint(tree):
    for path in tree.files(".cpp", below="tests/"):
        listed = [tree.root / folder / "CMakeLists.txt" for folder in path.parents if str(folder) != "."]
        # By its name, or by its name without .cpp where a loop adds it.
        if not any(re.search(rf"\b{re.escape(path.stem)}\b", file.read_text()) for file in listed if file.exists()):
            tree.complain(path, "no CMakeLists.txt names it: it is never built")
    for path in tree.files(".cpp", below="tests/unit/"):
        if "BOOST_AUTO_TEST_SUITE(" in tree.text(path) and not re.search(r"BOOST_(AUTO|DATA|FIXTURE)_TEST_CASE", tree.text(path)):
            tree.complain(path, "has no test case")
    if tree.build:
        check_ctest(tree)


def check_ctest(tree):
    done = subprocess.run(["ctest", "--show-only=json-v1"], cwd=tree.build, capture_output=True, text=True)
    tests = json.loads(done.stdout)["tests"]
    labels = {}
    for test in tests:
        for prop in test.get("properties", []):
            if prop["name"] == "LABELS":
                for label in prop["value"]:
                    labels.setdefault(label, []).append(test["name"])
    for kind in KINDS:
        if not labels.get(kind):
            tree.complain("ctest", f"has no test with the label {kind}")
    unlabelled = {test["name"] for test in tests} - {name for names in labels.values() for name in names}
    for name in sorted(unlabelled):
        tree.complain("ctest", f"{name} has no label")


if __name__ == "__main__":
    run(lint)
