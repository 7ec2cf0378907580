# SPDX-License-Identifier: BSD-2-Clause
"""Holds manual pages against the programs: every option and command of --help is in the page and the other
way round, and postern.conf(5) against `smtpctl config list --json`."""

import json
import re
import subprocess

from tree import run

PROGRAMS = ("smtpctl", "smtpd-inetd", "deliver", "mxrun")
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z0-9-]*|-[A-Za-z0-9])(?![\w-])")
MACRO = re.compile(r"^[A-Z][a-z]$")


def said(tree, *words):
    done = subprocess.run([str(tree.build / "bin" / words[0]), *words[1:]], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        tree.complain(" ".join(words), f"ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def help_options(text):
    """The options that a --help text explains: those at the start of its lines."""
    found = set()
    for line in text.splitlines():
        names = re.match(r"\s+(-[^\s].*?)(?:\s{2,}|$)", line)
        if names:
            found |= set(OPTION.findall(names.group(1)))
    return found


def help_commands(tree, *path):
    """{command path: options} of a program with subcommands, all the way down."""
    text = said(tree, *path, "--help")
    found = {" ".join(path): help_options(text)}
    _, heading, rest = text.partition("ommands:\n")
    if heading:
        for line in rest.splitlines():
            name = re.match(r"  ([a-z][a-z-]*)\b", line)
            if name:
                found.update(help_commands(tree, *path, name.group(1)))
            elif line and not line.startswith(" "):
                break
    return found


def page_options(text):
    """The flags that an mdoc page gives as .It entries or in its SYNOPSIS, as a shell would want them."""
    found = set()
    section = ""
    for line in text.splitlines():
        if line.startswith(".Sh "):
            section = line[4:].strip()
        words = line.lstrip(".").split()
        if not line.startswith(".") or section == "EXAMPLES" or "Fl" not in words or words[0] == "Xr":
            continue
        flagging = False
        for word in words:
            if word == "Fl":
                flagging = True
            elif MACRO.match(word):   # a comma or a bar does not end the macro
                flagging = False
            elif flagging and re.match(r"^-?[A-Za-z0-9][\w-]*$", word):
                found.add("-" + word)
    return found


def check_program(tree, name):
    page = f"man/{name}.8"
    if not (tree.root / page).exists():
        return tree.complain(page, "does not exist")
    text = tree.text(page)
    commands = help_commands(tree, name)
    in_help = set().union(*commands.values())
    in_page = page_options(text)
    if len(in_help) < 3:
        tree.complain(f"{name} --help", "explains hardly an option: can this lint read it?")
    for option in sorted(in_help - in_page):
        tree.complain(page, f"does not explain {option}, which --help has")
    for option in sorted(in_page - in_help):
        tree.complain(page, f"explains {option}, which --help does not have")
    in_page_commands = set(" ".join(words.split()) for words in re.findall(r"^\.(?:It )?Ic ([a-z][a-z -]*)", text, re.M))
    for command in commands:
        words = command.split()[1:]
        leaf = not any(other.startswith(command + " ") for other in commands)
        if words and leaf and not any(entry == " ".join(words) for entry in in_page_commands):
            tree.complain(page, f"does not explain the command {command}")
    known = {" ".join(command.split()[1:]) for command in commands}
    for entry in sorted(in_page_commands - known):
        if len(known) > 1:
            tree.complain(page, f"explains a command {entry}, which {name} does not have")


def check_settings(tree):
    page = "man/postern.conf.5"
    if not (tree.root / page).exists():
        return tree.complain(page, "does not exist")
    settings = [json.loads(line) for line in said(tree, "smtpctl", "config", "list", "--json").splitlines()]
    entries = re.findall(r"^\.It (?:Cm|Ic|Va|Sy) ([a-z_]+(?:\.[A-Za-z_]+)+)", tree.text(page), re.M)
    names = [setting["name"] for setting in settings]
    if len(names) < 10:
        tree.complain("smtpctl config list --json", f"lists {len(names)} settings")
    for name in sorted(set(names) - set(entries)):
        tree.complain(page, f"does not explain {name}")
    for name in sorted(set(entries) - set(names)):
        tree.complain(page, f"explains {name}, which is no setting")
    for setting in settings:
        check_default(tree, page, setting)
    check_services(tree, page, settings)


def check_default(tree, page, setting):
    """What the page says of a default is what the table has."""
    block = re.search(rf"^\.It (?:Cm|Ic|Va|Sy) {re.escape(setting['name'])}\b(.*?)(?=^\.It |^\.El)", tree.text(page),
                      re.M | re.S)
    default = setting.get("default")
    if not block or default in (None, "", [], {}):
        return
    shown = default if isinstance(default, str) else json.dumps(default)
    plain = re.sub(r"^\.\w\w ", "", block.group(1), flags=re.M)
    plain = plain.replace("\\&", "").replace("\\(dq", '"').replace(",", "")
    if shown.strip('"').replace(",", "") not in plain:
        tree.complain(page, f"{setting['name']}: its default {shown} is not there")


def check_services(tree, page, settings):
    """The table of services says what the defaults are."""
    head = re.search(r"^\.It((?: Ta \w+)+)\n((?:\.It \w+(?: Ta \w+)+\n)+)", tree.text(page), re.M)
    if not head:
        return tree.complain(page, "has no table of services")
    services = head.group(1).split(" Ta ")[1:]
    shown = {}
    for row in head.group(2).splitlines():
        key, *values = row[len(".It "):].split(" Ta ")
        shown.update({f"services.{service}.{key}": {"yes": True, "no": False}.get(value, value) for service, value in zip(services, values)})
    known = {setting["name"]: setting["default"] for setting in settings if setting["name"].startswith("services.")}
    for name in sorted(shown.keys() ^ known.keys()):
        tree.complain(page, f"{name}: not both in the table of services and a setting")
    for name in sorted(shown.keys() & known.keys()):
        if shown[name] != known[name]:
            tree.complain(page, f"{name}: the table of services has another default")


def lint(tree):
    for name in PROGRAMS:
        check_program(tree, name)
    check_settings(tree)


if __name__ == "__main__":
    run(lint)
