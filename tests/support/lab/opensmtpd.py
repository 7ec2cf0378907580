# SPDX-License-Identifier: BSD-2-Clause
"""OpenSMTPD as a mail server that carries everything on to one next hop."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from lab.places import AM_ROOT, SERVERS
from lab.processes import Process, free_port, wait_for_port

_QUEUE_USER, _USER = 103, 101   # in the root's passwd
_PLAIN = "listen on {host} port {port} hostname {hostname}"
_WITH_TLS = """pki "mx" cert "/etc/mx.pem"
pki "mx" key "/etc/mx.pem"
listen on {host} port {port} tls pki "mx" hostname {hostname}"""
_CONF = """
smtp max-message-size 50M
{listen}
action "on" relay host "smtp://{next}"
match from any for any action "on"
"""


class OpenSmtpd:
    """Takes all mail and sends it to `next_hop`, (host, port). The places of its files are compiled in, so each has a
    root of its own, whose programs are links. `certificate`: a file with one and its key; it offers STARTTLS then. Only
    root can start it (OpenSmtpd.available())."""

    @staticmethod
    def available():
        return AM_ROOT

    def __init__(self, next_hop, hostname="mx.example.net", host="127.0.0.1", port=None, certificate=None):
        self.host = host
        self.port = port or free_port()
        self.address = (self.host, self.port)
        self.root = Path(tempfile.mkdtemp(prefix="opensmtpd.", dir=SERVERS))
        self.root.chmod(0o755)
        subprocess.run(["cp", "-al", f"{SERVERS}/opensmtpd-root/.", self.root], check=True)
        self._make_directories()
        if certificate:
            (self.root / "etc/mx.pem").write_bytes(Path(certificate).read_bytes())
            (self.root / "etc/mx.pem").chmod(0o600)
        listen = (_WITH_TLS if certificate else _PLAIN).format(host=host, port=self.port, hostname=hostname)
        (self.root / "etc/smtpd.conf").write_text(_CONF.format(listen=listen, next=f"{next_hop[0]}:{next_hop[1]}"))
        self.process = Process(["chroot", self.root, "/usr/sbin/smtpd", "-d"], self.root / "out")
        wait_for_port(self.host, self.port, process=self.process)

    def _make_directories(self):
        """What its package makes."""
        for name, owner, group, mode in (
                ("var/lib/opensmtpd/empty", 0, 0, 0o755), ("var/run", 0, 0, 0o755), ("run", 0, 0, 0o755),
                ("var/spool/smtpd", 0, 0, 0o711), ("var/spool/smtpd/offline", 0, _QUEUE_USER, 0o770),
                ("var/spool/smtpd/purge", _QUEUE_USER, 0, 0o700), ("var/spool/smtpd/queue", _QUEUE_USER, 0, 0o700),
                ("var/spool/smtpd/corrupt", _QUEUE_USER, 0, 0o700),
                ("var/spool/smtpd/incoming", _QUEUE_USER, 0, 0o700),
                ("var/spool/smtpd/temporary", _QUEUE_USER, 0, 0o700)):
            (self.root / name).mkdir(parents=True, exist_ok=True)
            os.chown(self.root / name, owner, group)
            (self.root / name).chmod(mode)

    def log(self):
        return (self.root / "out").read_text(errors="replace")

    def stop(self):
        """Ends it and removes its root."""
        self.process.stop()
        shutil.rmtree(self.root, ignore_errors=True)
