# SPDX-License-Identifier: BSD-2-Clause
"""What a session of smtpd-inetd costs from exec to exit: time, instructions, system calls."""

import re

from tools import USER, have, show

DIALOGUES = {"EHLO, QUIT": (), "one message accepted": ("-r", USER)}


def measure(lab, sessions):
    for name, options in DIALOGUES.items():
        _, wall, cpu = lab.call("session_cost", "-n", sessions, *options, *_command(lab))
        show(f"session: {name}", f"wall {wall:,.0f} us  CPU {cpu:,.0f} us  {_instructions(lab, options)}"
                                 f"  {_system_calls(lab, options)}")
        lab.empty_spool()


def _command(lab):
    return lab.land.command("smtpd-inetd")


def _instructions(lab, options):
    if not have("valgrind"):
        return "(no valgrind)"
    out = lab.folder / "callgrind"
    out.touch()
    out.chmod(0o666)   # written at exit, when the program is root no more
    lab.call("session_cost", *options, "/usr/bin/env", "valgrind", "--tool=callgrind", "--vgdb=no",
             f"--callgrind-out-file={out}", "--log-file=/dev/null", *_command(lab),
             "--sandbox", "off")   # valgrind knows nothing of it
    total = re.search(r"^(?:totals|summary): (\d+)", out.read_text(), re.MULTILINE)
    return f"{int(total.group(1)):,} instructions"


def _system_calls(lab, options):
    if not have("strace"):
        return "(no strace)"
    out = lab.folder / "strace"
    lab.call("session_cost", *options, "/usr/bin/env", "strace", "-f", "-o", out, *_command(lab))
    names = re.findall(r"^\d+ +(\w+)\(", out.read_text(), re.MULTILINE)
    syncs = sum(name in ("fsync", "fdatasync") for name in names)
    return f"{len(names)} system calls, {syncs} of them syncs"
