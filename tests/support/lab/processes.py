# SPDX-License-Identifier: BSD-2-Clause
"""Processes that a test started, and free ports. Ends only what it started itself, by pid."""

import atexit
import fcntl
import os
import random
import signal
import socket
import subprocess
import tempfile
import time

_running = set()
_port_locks = []


class Process:
    """A program in the background, in a process group of its own; its output goes to `log`."""

    def __init__(self, command, log, env=None, cwd=None, stdin=subprocess.DEVNULL):
        self.command = [str(word) for word in command]
        self.log = log
        with open(log, "ab") as out:
            self.popen = subprocess.Popen(self.command, stdin=stdin, stdout=out, stderr=out, env=env,
                                          cwd=cwd, start_new_session=True)
        self.pid = self.popen.pid
        _running.add(self)

    def alive(self):
        return self.popen.poll() is None

    def signal(self, number):
        if self.alive():
            self.popen.send_signal(number)

    def stop(self, patience=5):
        """Ends it and what it left in its group; gives back its exit status."""
        if self.alive():
            self.popen.terminate()
            try:
                self.popen.wait(patience)
            except subprocess.TimeoutExpired:
                self.popen.kill()
        status = self.popen.wait()
        try:
            os.killpg(self.pid, signal.SIGKILL)   # sessions that outlived their superserver
        except ProcessLookupError:
            pass
        _running.discard(self)
        return status

    def output(self):
        with open(self.log, "rb") as log:
            return log.read().decode(errors="replace")


@atexit.register
def _stop_all():
    for process in list(_running):
        process.stop(patience=1)
    for lock in _port_locks:
        lock.close()


def free_port():
    """A port on which nobody listens on any loopback address, ours until this process ends.

    Below the range from which clients get theirs; a lock file each keeps parallel tests apart."""
    folder = os.path.join(tempfile.gettempdir(), f"postern-lab-ports.{os.geteuid()}")
    os.makedirs(folder, exist_ok=True)
    while True:
        port = random.randrange(12000, 32000)
        lock = open(os.path.join(folder, str(port)), "w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("0.0.0.0", port))
        except OSError:
            lock.close()
            continue
        _port_locks.append(lock)
        return port


def children_of(pid):
    """The ids of the processes that it has started; none when it has ended."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as children:
            return [int(child) for child in children.read().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def wait_until(condition, seconds=10, what="the condition"):
    """Asks until condition() is true and returns what it gave; fails after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.02)


def wait_for_port(host, port, seconds=10, process=None):
    """Waits until somebody listens there, without connecting (a connection would be a session)."""
    def listening():
        if process is not None and not process.alive():
            raise RuntimeError(f"{process.command[0]} ended with {process.popen.returncode}:\n{process.output()}")
        return _listens(host, port)
    wait_until(listening, seconds, f"{host}:{port} to listen")


def _listens(host, port):
    wanted = {f"{int.from_bytes(socket.inet_aton(address), 'little'):08X}:{port:04X}"
              for address in (host, "0.0.0.0")}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table) as lines:
            for line in lines:
                fields = line.split()
                if fields[3] != "0A":
                    continue
                if fields[1] in wanted or (table.endswith("6") and fields[1] == f"{'0' * 32}:{port:04X}"):
                    return True
    return False
