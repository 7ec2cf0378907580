# SPDX-License-Identifier: BSD-2-Clause
"""The ways to start smtpd-inetd: by itself (listen), and under the superservers that run it per connection."""

import getpass

from lab.places import tool, tool_environment
from lab.processes import Process, free_port, wait_for_port

WAYS = ("listen", "inetd", "xinetd", "tcpserver", "systemd")


class Service:
    """A listening way to smtpd-inetd. `address` is (host, port)."""

    def __init__(self, way, host, port, process):
        self.way = way
        self.host = host
        self.port = port
        self.address = (host, port)
        self.process = process
        self.pid = process.pid

    def stop(self):
        return self.process.stop()


def start(land, folder, way, options=(), host="127.0.0.1", port=None):
    """Starts `way` (one of WAYS) for the userland; `options` are more words for smtpd-inetd."""
    port = port or free_port()
    log = folder / f"{way}.{port}.log"
    command, env = _COMMANDS[way](land, folder, host, port, options)
    process = Process(command, log, env=env)
    wait_for_port(host, port, process=process)
    return Service(way, host, port, process)


def _listen(land, folder, host, port, options):
    return land.command("smtpd-inetd", "--listen", f"{host}:{port}", *options), None


def _inetd(land, folder, host, port, options):
    words = land.command("smtpd-inetd", *options)
    line = f"{host}:{port} stream tcp nowait.60000 {getpass.getuser()} {words[0]} smtpd-inetd {' '.join(words[1:])}\n"
    conf = folder / f"inetd.{port}.conf"
    conf.write_text(line)
    return [tool("usr/sbin/inetd"), "-d", "-R", "0", conf], tool_environment()


def _xinetd(land, folder, host, port, options):
    words = land.command("smtpd-inetd", *options)
    conf = folder / f"xinetd.{port}.conf"
    conf.write_text(f"""defaults
{{
    instances = UNLIMITED
    per_source = UNLIMITED
    cps = 100000 1
}}
service smtp-{port}
{{
    type = UNLISTED
    socket_type = stream
    protocol = tcp
    bind = {host}
    port = {port}
    wait = no
    user = {getpass.getuser()}
    server = {words[0]}
    server_args = {' '.join(words[1:])}
}}
""")
    return [tool("usr/sbin/xinetd"), "-dontfork", "-f", conf, "-pidfile", folder / f"xinetd.{port}.pid"], tool_environment()


def _tcpserver(land, folder, host, port, options):
    words = land.command("smtpd-inetd", *options)
    return [tool("usr/bin/tcpserver"), "-HRl0", "-c", "400", "-b", "400", host, port, *words], None


def _systemd(land, folder, host, port, options):
    # What a .socket unit with Accept=yes does, without systemd running.
    words = land.command("smtpd-inetd", *options)
    return ["systemd-socket-activate", "--accept", "--inetd", "-l", f"{host}:{port}", *words], None


_COMMANDS = {"listen": _listen, "inetd": _inetd, "xinetd": _xinetd, "tcpserver": _tcpserver, "systemd": _systemd}
