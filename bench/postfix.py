# SPDX-License-Identifier: BSD-2-Clause
"""Postfix in a Debian root of its own, run by the peers' scripts that PEERS_BENCH names."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

SCRIPTS = os.environ.get("PEERS_BENCH")
WORK = Path(os.environ.get("WORK") or Path(os.environ.get("TMPDIR", "/tmp"), "peers"))
ADDRESS = ("127.0.0.1", 2501)
RECIPIENT = "bench@bench.test"
WHY_NOT = "not measured: set PEERS_BENCH, run its setup-base.sh and setup-postfix.sh, and be root"
_INSIDE = "POSTERN_BENCH_ISOLATED"


def is_there():
    return bool(SCRIPTS) and os.geteuid() == 0 and (WORK / "roots/postfix").is_dir()


def enter_its_network():
    """Begins this program anew in a network of loopback alone, so that Postfix reaches nobody else."""
    if not is_there() or _INSIDE in os.environ:
        return
    os.environ.update({_INSIDE: "1", "WORK": str(WORK)})
    os.execv(f"{SCRIPTS}/isolate.sh", [f"{SCRIPTS}/isolate.sh", sys.executable, *sys.argv])


def _peerctl(action):
    subprocess.run([f"{SCRIPTS}/peerctl.sh", "postfix", action], check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def holding_its_mail():
    """Postfix accepting mail into its queue and delivering nothing, as Postern does without runners."""
    _peerctl("start-hold")
    try:
        yield ADDRESS
    finally:
        _peerctl("stop")
        _peerctl("clean")


@contextlib.contextmanager
def offering_tls(certificate):
    """Postfix with STARTTLS, and with processes that end only when it does."""
    shutil.copy(certificate, _root() / "etc/postfix/bench.pem")
    _configure("smtpd_tls_security_level=may", "smtpd_tls_chain_files=/etc/postfix/bench.pem", "max_use=100000")
    try:
        with holding_its_mail() as address:
            yield address
    finally:
        _configure("smtpd_tls_security_level=", "smtpd_tls_chain_files=", "max_use=100")
        (_root() / "etc/postfix/bench.pem").unlink()


def processor_seconds():
    """What all its processes that live have used."""
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in _processes()) / 1e9


def _processes():
    for place in Path("/proc").glob("[0-9]*/root"):
        with contextlib.suppress(OSError):
            if place.readlink().is_relative_to(_root()):
                yield place.parent.name


def _configure(*settings):
    subprocess.run(["chroot", _root(), "postconf", "-e", *settings], check=True)


def _root():
    return WORK / "roots/postfix"
