# SPDX-License-Identifier: BSD-2-Clause
"""What STARTTLS costs a session: processor time and wall time from exec to exit, with a P-256 certificate, and without
TLS beside it. Each session is started on a TCP connection as inetd does; where root runs this and the servers of the
tests are unpacked, Exim's in the same run; where Postfix is there, the same sessions of its running daemons."""

import os
import shutil
import socket
import ssl
import statistics
import subprocess
import time

import postfix
from lab.places import SERVERS
from lab.servers import Exim
from tools import show


DIALOGUES = (("EHLO, QUIT", False), ("EHLO, STARTTLS, EHLO, QUIT", True))


def measure(lab, sessions):
    measure_server("smtpd-inetd", lab.land.command("smtpd-inetd"), sessions)
    certificate = lab.land.root / "tls/mx.bench.example.ecdsa.pem"
    measure_exim(certificate, sessions)
    measure_postfix(certificate, sessions)


def measure_exim(own_certificate, sessions):
    if not (Exim.available() and (SERVERS / "exim-root/usr/sbin/exim4").exists()):
        return show("handshake: Exim", "(not at hand)")
    certificate = SERVERS / "exim-root/lab/bench.pem"
    shutil.copy(own_certificate, certificate)
    certificate.chmod(0o644)
    exim = Exim(["bench.example"], certificate="/lab/bench.pem")
    try:
        measure_server("Exim -bs", ["chroot", str(SERVERS / "exim-root"), "/usr/sbin/exim4", "-C",
                                    f"/lab/{exim.folder.name}/exim.conf", "-bs"], sessions)
    finally:
        exim.stop()
        certificate.unlink()


def measure_postfix(certificate, sessions):
    """Its processes live on; CPU is the mean of what all of them together take for a session."""
    if not postfix.is_there():
        return show("handshake: Postfix", f"({postfix.WHY_NOT})")
    with postfix.offering_tls(certificate) as address:
        for dialogue, encrypted in DIALOGUES:
            one_visit(address, encrypted)   # its smtpd has been started
            before = postfix.processor_seconds()
            walls = [one_visit(address, encrypted) for _ in range(sessions)]
            cpu = (postfix.processor_seconds() - before) / sessions * 1e6
            show(f"Postfix: {dialogue}", f"wall {statistics.median(walls) * 1e6:,.0f} us  CPU {cpu:,.0f} us")


def measure_server(name, command, sessions):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        for dialogue, encrypted in DIALOGUES:
            costs = [one_session(listener, command, encrypted) for _ in range(sessions)]
            wall, cpu = (statistics.median(figures) * 1e6 for figures in zip(*costs))
            show(f"{name}: {dialogue}", f"wall {wall:,.0f} us  CPU {cpu:,.0f} us")


def one_visit(address, encrypted):
    """Seconds, from the connection to its end."""
    begin = time.monotonic()
    with socket.create_connection(address) as client:
        converse(client, encrypted)
    return time.monotonic() - begin


def one_session(listener, command, encrypted):
    """Seconds: wall, and processor of the server's process."""
    client = socket.create_connection(listener.getsockname())
    accepted, _ = listener.accept()
    begin = time.monotonic()
    server = subprocess.Popen(command, stdin=accepted, stdout=accepted, stderr=subprocess.DEVNULL)
    accepted.close()
    converse(client, encrypted)
    _, status, usage = os.wait4(server.pid, 0)
    wall = time.monotonic() - begin
    server.returncode = os.waitstatus_to_exitcode(status)
    client.close()
    return wall, usage.ru_utime + usage.ru_stime


def converse(client, encrypted):
    client.settimeout(20)
    expect(client, b"220")
    say(client, b"EHLO client.example\r\n", b"250")
    if encrypted:
        say(client, b"STARTTLS\r\n", b"220")
        client = CONTEXT.wrap_socket(client, suppress_ragged_eofs=True)
        say(client, b"EHLO client.example\r\n", b"250")
    say(client, b"QUIT\r\n", b"221")
    client.close() if encrypted else client.shutdown(socket.SHUT_WR)


def say(client, line, code):
    client.sendall(line)
    expect(client, code)


def expect(client, code):
    """A whole reply."""
    said = b""
    while not any(line[3:4] == b" " for line in said.splitlines(True) if line.endswith(b"\r\n")):
        more = client.recv(65536)
        if not more:
            raise SystemExit(f"the server has closed the connection behind {said!r}")
        said += more
    if not said.startswith(code):
        raise SystemExit(f"the server said {said!r}")


CONTEXT = ssl.create_default_context()
CONTEXT.check_hostname = False
CONTEXT.verify_mode = ssl.CERT_NONE
