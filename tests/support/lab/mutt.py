# SPDX-License-Identifier: BSD-2-Clause
"""mutt on a terminal of its own: what a person does who reads a Maildir."""

import os
import pty
import select
import signal
import tempfile
import time
from pathlib import Path

from lab.places import tool, tool_environment

_RC = """
set folder={folder}
set mbox_type=Maildir
set quit=yes
set delete=yes
set wait_key=no
set mail_check=0
set sleep_time=0
set pager_stop=yes
set use_domain=no
unset mark_old
unset confirmappend
"""


class Mutt:
    """`Mutt(folder).type(maildir, keys)` opens a Maildir, types `keys` (mutt's names: "<quit>"), and waits for
    the end."""

    def __init__(self, folder):
        self.folder = Path(tempfile.mkdtemp(prefix="mutt.", dir=folder))
        (self.folder / "muttrc").write_text(_RC.format(folder=self.folder))

    def type(self, maildir, keys, seconds=20):
        """Gives back what was on the screen; fails unless mutt ends with status 0 in time."""
        command = [tool("usr/bin/mutt"), "-n", "-F", str(self.folder / "muttrc"), "-f", str(maildir),
                   "-e", f"push '{keys}'"]
        env = {**tool_environment(), "TERM": "xterm", "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
               "TMPDIR": str(self.folder), "LINES": "50", "COLUMNS": "100"}
        pid, screen = pty.fork()
        if pid == 0:
            os.execve(command[0], command, env)
        status, seen = _watch(pid, screen, time.monotonic() + seconds)
        if status != 0:
            raise AssertionError(f"mutt ended with {status}; its screen:\n{seen.decode(errors='replace')}")
        return seen

    def read_all(self, maildir):
        """Opens each message, and leaves; gives back the messages' texts as mutt decodes them."""
        taken = self.folder / "taken"
        taken.write_bytes(b"")
        self.type(maildir, f"<tag-pattern>~A<enter><tag-prefix><pipe-message>cat>>{taken}<enter>"
                           "<tag-prefix><clear-flag>N<sync-mailbox><quit>")
        return taken.read_bytes()

    def delete_all(self, maildir):
        self.type(maildir, "<delete-pattern>~A<enter><sync-mailbox><quit>")


def _watch(pid, screen, end):
    """Reads the terminal until its program is gone; kills that at `end`. (exit status, screen)"""
    seen = b""
    try:
        while time.monotonic() < end:
            if not select.select([screen], [], [], 0.1)[0]:
                continue
            part = os.read(screen, 65536)
            if not part:
                break
            seen += part
        else:
            os.kill(pid, signal.SIGKILL)
    except OSError:   # EIO: the other side is closed
        pass
    finally:
        os.close(screen)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen
