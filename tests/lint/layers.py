# SPDX-License-Identifier: BSD-2-Clause
"""Holds every #include against lib/LAYERS, and the house rules on who may know what."""

import fnmatch
import re

from tree import code_only, run

INCLUDE = re.compile(r'^\s*#include\s+([<"])([^>"]+)[>"]')

# Third-party headers and the only places that may include them.
PLACES = {
    "CLI/": ["tools/smtpctl/main.cpp", "tools/smtpctl/command_line.cpp", "tools/deliver/*", "tools/mxrun/*",
             "tools/startup*"],
    "nlohmann/": ["lib/config/*.cpp", "lib/spool/*.cpp", "lib/accounts/*.cpp", "tools/smtpctl/*", "tests/*"],
    "sodium": ["lib/base/hash.cpp", "lib/base/secret.cpp", "lib/base/sha256.cpp",
               "lib/accounts/password_hash.cpp", "lib/sys/random.cpp"],
    "seccomp.h": ["lib/sys/calls/compile_calls.cpp"],
    "idn2": ["lib/mail/domain.cpp"],
    "uninorm": ["lib/sasl/prepare.cpp"],
    "unistr.h": ["lib/sasl/prepare.cpp"],
    "unictype": ["lib/sasl/prepare.cpp"],
    "openssl/": ["lib/tls/*.cpp"],
    "unbound": ["lib/dns/unbound_resolver.cpp"],
    "boost/asio": ["lib/relay/*"],
    "boost/test": ["tests/*"],
    "boost/": ["lib/relay/*", "tests/*"],
}

# What only lib/sys and the programs may do; base/error.cpp turns errno into a Fault.
OUTSIDE_WORLD = re.compile(r"\b(errno|getenv|secure_getenv|setenv)\b|\b(std::|::)?(_?exit|abort|quick_exit)\s*\(")

# What a pure file may not mention: clock, descriptor, environment, log.
IMPURE = re.compile(r"_clock::now|\b(clock_gettime|gettimeofday|getenv|std::time|std::cout|std::cerr|FILE)\b")
IMPURE_HEADERS = re.compile(r"^(sys/|base/(clock|log|randomness)\.hpp$|unistd\.h$|fcntl\.h$|sys/[a-z]+\.h$|fstream$|"
                            r"iostream$|filesystem$|ctime$|time\.h$|cstdio$|stdio\.h$|random$)")


def read_layers(tree):
    """{layer: layers it may use} in file order, and the list of what is pure."""
    uses, pure = {}, []
    for number, line in enumerate(tree.text("lib/LAYERS").splitlines(), 1):
        name, colon, rest = line.split("#")[0].partition(":")
        if not colon:
            continue
        if name == "pure":
            pure += rest.split()
            continue
        for used in rest.split():
            if used not in uses:
                tree.complain("lib/LAYERS", f"{name} uses {used}, which stands below it or nowhere", number)
        uses[name] = set(rest.split())
    return uses, pure


def includes(text):
    """(line number, bracket, name) of each #include."""
    for number, line in enumerate(text.split("\n"), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1), found.group(2)


def check_own(tree, path, uses, number, name):
    """An #include "…" of a file in lib/ or tools/."""
    top = name.split("/")[0]
    if path.parts[0] == "lib":
        layer = path.parts[1]
        if top != layer and top not in uses[layer]:
            tree.complain(path, f"{layer} may not include {name} (lib/LAYERS)", number)
    elif top in ("config",) and path.parts[0] != "tools":
        tree.complain(path, f"only tools include config, not {name}", number)
    known = [tree.root / "lib" / name, tree.root / "tools" / name, tree.root / path.parent / name]
    if not any(candidate.exists() for candidate in known):
        tree.complain(path, f"no such header: {name}", number)


def check_third_party(tree, path, number, name):
    for prefix, places in PLACES.items():
        if name.startswith(prefix):
            if not any(fnmatch.fnmatch(str(path), place) for place in places):
                tree.complain(path, f"<{name}> belongs in {', '.join(places)}", number)
            if path.suffix == ".hpp" and path.parts[:2] != ("lib", "relay") and path.parts[0] == "lib":
                tree.complain(path, f"<{name}> in a header of lib/", number)
            return


def check_purity(tree, path, code):
    for number, _, name in includes(code):
        if IMPURE_HEADERS.match(name):
            tree.complain(path, f"is pure and may not include {name}", number)
    for number, line in enumerate(code.split("\n"), 1):
        found = IMPURE.search(line)
        if found:
            tree.complain(path, f"is pure and may not use {found.group(0)}", number)


def check_outside_world(tree, path, code):
    if path.parts[1] == "sys" or str(path) == "lib/base/error.cpp":
        return
    for number, line in enumerate(code.split("\n"), 1):
        found = OUTSIDE_WORLD.search(line)
        if found:
            tree.complain(path, f"{found.group(0).strip()} belongs in lib/sys or tools", number)


def check_namespace(tree, path, code):
    layer = path.parts[1]
    wanted = "postern" if layer == "base" else f"postern::{layer}"
    if "namespace" in code and not re.search(rf"\bnamespace {wanted}\b", code):
        tree.complain(path, f"declares nothing in namespace {wanted}")


def is_pure(path, pure):
    name = str(path.relative_to("lib").with_suffix(""))
    return any(name == entry or name.startswith(entry + "/") for entry in pure)


def lint(tree):
    uses, pure = read_layers(tree)
    for folder in {path.parts[1] for path in tree.files(".hpp", ".cpp", below="lib/")} - set(uses):
        tree.complain("lib/LAYERS", f"does not name lib/{folder}")
    for path in tree.files(".hpp", ".cpp", below="lib/") + tree.files(".hpp", ".cpp", below="tools/"):
        code = code_only(tree.text(path))
        in_lib = path.parts[0] == "lib"
        for number, bracket, name in includes(code):
            if bracket == '"' and (not in_lib or path.parts[1] in uses):
                check_own(tree, path, uses, number, name)
            else:
                check_third_party(tree, path, number, name)
            if name == "iostream" and (in_lib or path.parts[1] == "smtpd-inetd"):
                tree.complain(path, "<iostream> costs every session its start-up", number)
        if in_lib:
            check_outside_world(tree, path, code)
            check_namespace(tree, path, code)
            if is_pure(path, pure):
                check_purity(tree, path, code)


if __name__ == "__main__":
    run(lint)
