# SPDX-License-Identifier: BSD-2-Clause
"""Where things are: Postern's programs and the unpacked servers. ctest says so by environment variables."""

import os
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3]
BIN = Path(os.environ.get("POSTERN_BIN_DIR", SOURCE / "build/release/bin")).resolve()
SERVERS = Path(os.environ.get("POSTERN_SERVERS", SOURCE / "build/servers")).resolve()
TOOLS = SERVERS / "tools"
AM_ROOT = os.geteuid() == 0


def program(name):
    """The path of one of Postern's four programs."""
    return str(BIN / name)


def tool(path):
    """The path of an unpacked program: tool("usr/sbin/nsd")."""
    found = TOOLS / path
    if not found.exists():
        raise FileNotFoundError(f"{found} is missing: run tests/support/fetch_servers")
    return str(found)


def tool_environment():
    """The environment in which an unpacked program finds its libraries."""
    dovecot = TOOLS / "usr/lib/dovecot"
    folders = [TOOLS / "usr/lib/postfix", dovecot, dovecot / "modules/old-stats"]
    for base in (TOOLS / "usr/lib", TOOLS / "lib"):
        folders += sorted(base.glob("*-linux-gnu*"))
    return {**os.environ, "LD_LIBRARY_PATH": ":".join(map(str, folders))}
