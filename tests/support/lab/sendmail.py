# SPDX-License-Identifier: BSD-2-Clause
"""sendmail as a mail server that carries everything on to one next hop."""

import shutil
import tempfile
from pathlib import Path

from lab.places import AM_ROOT, SERVERS
from lab.processes import Process, free_port, wait_for_port


class Sendmail:
    """Takes all mail and sends it on at once to `next_hop`, (host, port), of this machine. It runs in a small root of
    its own, so only root can start it (Sendmail.available()). lab/sendmail.mc is its configuration."""

    @staticmethod
    def available():
        return AM_ROOT

    def __init__(self, next_hop, host="127.0.0.1", port=None):
        self.host = host
        self.port = port or free_port()
        self.address = (self.host, self.port)
        root = SERVERS / "sendmail-root"
        self.folder = Path(tempfile.mkdtemp(prefix="sendmail.", dir=root / "lab"))
        self.folder.chmod(0o755)
        (self.folder / "queue").mkdir(mode=0o700)
        home = f"/lab/{self.folder.name}"
        conf = (root / "sendmail.cf").read_text()
        for name, value in (("HOME", home), ("LISTEN", self.port), ("NEXT", next_hop[1])):
            conf = conf.replace(f"@{name}@", str(value))
        (self.folder / "sendmail.cf").write_text(conf)
        (root / "etc/service.switch").write_text("hosts files\naliases files\n")
        self.process = Process(["chroot", root, "/usr/libexec/sendmail/sendmail", "-bD", f"-C{home}/sendmail.cf", "-q1m"],
                               self.folder / "out")
        wait_for_port(self.host, self.port, process=self.process)

    def log(self):
        return (self.folder / "out").read_text(errors="replace")

    def stop(self):
        """Ends it and removes its files."""
        self.process.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
