# SPDX-License-Identifier: BSD-2-Clause
"""One session of smtpd-inetd as inetd starts it, with its process in the test's hands: exit status, signals."""

import os
import socket
import subprocess
import threading

from lab.client import Client


class OneSession:
    """`client` talks over a TCP connection to a process whose descriptors 0, 1 (and 2, as under inetd) are
    that connection. prefix: words before the program, such as strace's. stderr: a file, or None for inetd's."""

    def __init__(self, land, *options, prefix=(), env=None, stderr=None, host="127.0.0.1"):
        self.process = None
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as listener:
            listener.bind((host, 0))
            listener.listen()
            command = [*map(str, prefix), *land.command("smtpd-inetd", *options)]
            starter = threading.Thread(target=self._start, args=(listener, command, env, stderr))
            starter.start()
            self.client = Client(listener.getsockname()[:2])
            starter.join()

    def _start(self, listener, command, env, stderr):
        connection, _ = listener.accept()
        with connection:
            self.process = subprocess.Popen(command, stdin=connection, stdout=connection,
                                            stderr=stderr or connection, env={**os.environ, **(env or {})},
                                            start_new_session=True)

    @property
    def banner(self):
        return self.client.banner

    def status(self, seconds=15):
        """Waits for the process to end by itself; its exit status."""
        return self.process.wait(seconds)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
