# SPDX-License-Identifier: BSD-2-Clause
"""The lints themselves: each complains about a tree that is wrong in its way, and not about one that is right."""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import commits
import dependencies
import format as format_lint
import layers
import man_help
import man_pages
import papers
import registered
import sizes
import texts
from tree import Tree, code_only

SPDX = "// SPDX-License-Identifier: BSD-2-Clause\n"
SOURCE = Path(__file__).resolve().parents[2]


class Lints(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="postern-lint."))
        self.addCleanup(shutil.rmtree, self.root)
        self.write("lib/LAYERS", "base:\nsys: base\nmail: base\nsmtp: mail base\npure: smtp\n")
        self.write("lib/base/time.hpp", SPDX + "namespace postern {}\n")
        self.write("lib/sys/file.hpp", SPDX + "namespace postern::sys {}\n")

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def complaints(self, module):
        tree = Tree(self.root)
        module.lint(tree)
        return "\n".join(tree.complaints)

    def git(self, *words):
        subprocess.run(["git", "-C", str(self.root), "-c", "user.name=x", "-c", "user.email=x@example.org", *words],
                       check=True, capture_output=True)

    def test_a_right_tree_is_left_in_peace(self):
        self.write("lib/smtp/x.cpp", SPDX + '#include "base/time.hpp"\nnamespace postern::smtp {}\n')
        self.assertEqual(self.complaints(layers), "")

    def test_layers_sees_an_include_that_is_not_allowed(self):
        self.write("lib/base/x.cpp", SPDX + '#include "sys/file.hpp"\nnamespace postern {}\n')
        self.assertIn("base may not include sys/file.hpp", self.complaints(layers))

    def test_layers_sees_a_layer_that_uses_what_stands_below_it(self):
        self.write("lib/LAYERS", "base: sys\nsys: base\n")
        self.assertIn("base uses sys", self.complaints(layers))

    def test_layers_sees_a_foreign_header_out_of_place(self):
        self.write("lib/smtp/x.cpp", SPDX + "#include <nlohmann/json.hpp>\nnamespace postern::smtp {}\n")
        self.assertIn("<nlohmann/json.hpp> belongs in", self.complaints(layers))

    def test_layers_sees_a_clock_in_a_pure_file(self):
        self.write("lib/smtp/x.cpp", SPDX + "namespace postern::smtp { auto t = std::chrono::system_clock::now(); }\n")
        self.assertIn("is pure", self.complaints(layers))

    def test_layers_sees_errno_outside_sys(self):
        self.write("lib/mail/x.cpp", SPDX + "namespace postern::mail { int e() { return errno; } }\n")
        self.assertIn("errno belongs in", self.complaints(layers))

    def test_layers_sees_a_wrong_namespace(self):
        self.write("lib/mail/x.cpp", SPDX + "namespace postern::smtp {}\n")
        self.assertIn("namespace postern::mail", self.complaints(layers))

    def test_comments_and_strings_are_no_code(self):
        self.assertNotIn("errno", code_only('// errno\nauto a = "errno"; /* errno */\n'))

    def test_sizes_sees_a_long_file(self):
        self.write("lib/base/long.cpp", SPDX + "\n" * 401)
        self.assertIn("long.cpp: has 402 lines", self.complaints(sizes))

    def test_texts_sees_what_does_not_belong(self):
        self.write("lib/base/x.cpp", "int x; \n")
        self.write("notes.md", "built in /" "work/main\nTO" "DO later\n")
        found = self.complaints(texts)
        for what in ("no SPDX", "blanks at the end", "somebody's machine", "loose end"):
            self.assertIn(what, found)

    def test_format_sees_code_out_of_shape(self):
        shutil.copy(SOURCE / ".clang-format", self.root)
        self.write("lib/base/x.cpp", SPDX + "int  x   =1;\n")
        self.assertIn("lib/base/x.cpp:2", self.complaints(format_lint))

    def test_commits_sees_a_subject_that_is_no_order(self):
        self.git("init", "-q")
        for subject in ("house: Fine", "Did something", "spool: Added a thing", "smtp: " + "A" * 60):
            self.git("commit", "-q", "--allow-empty", "-m", subject)
        found = self.complaints(commits)
        self.assertNotIn("Fine", found)
        self.assertIn("not: Did something", found)
        self.assertIn("not: spool: Added a thing", found)
        self.assertIn("more than 60", found)

    def test_man_pages_sees_a_bad_page(self):
        self.write("man/x.8", ".Dd January 1, 2026\n.Dt X 8\n.Os\n.Sh NAME\n.Nm x\n.Nd x\n.Sh SEE ALSO\n"
                              ".Xr postern-nowhere 5\n.Foo\n")
        found = self.complaints(man_pages)
        for what in ("unknown macro", "no EXAMPLES", "postern-nowhere(5), which does not exist"):
            self.assertIn(what, found)

    def test_registered_sees_a_forgotten_test(self):
        self.write("tests/unit/base/CMakeLists.txt", "")
        self.write("tests/unit/base/lost_test.cpp", SPDX)
        self.assertIn("lost_test.cpp: no CMakeLists.txt names it", self.complaints(registered))

    def test_dependencies_sees_a_package_without_a_reason_and_a_reason_without_a_package(self):
        self.write("cmake/packages.sh", 'packages_to_build="cmake libnew-dev"\n')
        self.write("README.md", "| Debian package | why |\n|---|---|\n| cmake, libold-dev | to build |\n\n")
        found = self.complaints(dependencies)
        self.assertIn("no reason for libnew-dev", found)
        self.assertIn("explains libold-dev", found)

    def test_papers_sees_what_is_not_there(self):
        for paper in papers.PAPERS:
            self.write(paper, "")
        self.write("ARCHITECTURE.md", "| layer | what it knows |\n|---|---|\n| `base` | x |\n\n`lib/base/gone.cpp` `lib/LAYER/`\n")
        found = self.complaints(papers)
        self.assertIn("names lib/base/gone.cpp", found)
        self.assertNotIn("names lib/LAYER", found)
        self.assertIn("its layers are base, those of lib/LAYERS base, sys", found)

    def test_options_of_help_and_page_are_understood(self):
        shown = man_help.help_options("Options:\n  -h,--help                   Print this\n  --root DIR  The tree (--x)\n")
        self.assertEqual(shown, {"-h", "--help", "--root"})
        page = ".Sh SYNOPSIS\n.Op Fl -root Ar DIR\n.It Fl h , Fl -help\n.Sh EXAMPLES\n.Dl x Fl -no\n"
        self.assertEqual(man_help.page_options(page), shown)


class FalseProgram(unittest.TestCase):
    """man_help against a program and a page that say different things."""

    def test_a_difference_is_seen_in_both_directions(self):
        root = Path(tempfile.mkdtemp(prefix="postern-lint."))
        self.addCleanup(shutil.rmtree, root)
        (root / "bin").mkdir()
        (root / "man").mkdir()
        program = root / "bin/deliver"
        program.write_text("#!/bin/sh\nprintf 'Options:\\n  --help  Help\\n  --root DIR  Tree\\n  --secret  Not in the page\\n'\n")
        program.chmod(0o755)
        (root / "man/deliver.8").write_text(".Sh OPTIONS\n.It Fl -help\n.It Fl -root Ar DIR\n.It Fl -bogus\n")
        tree = Tree(root, root)
        man_help.check_program(tree, "deliver")
        self.assertEqual(len(tree.complaints), 2)
        self.assertIn("does not explain --secret", tree.complaints[0])
        self.assertIn("explains --bogus", tree.complaints[1])


if __name__ == "__main__":
    unittest.main()
