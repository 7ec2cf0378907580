# SPDX-License-Identifier: BSD-2-Clause
"""What the measures share: a userland, the two C programs, and how figures are written."""

import os
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lab.processes import free_port
from lab.superservers import start
from lab.userland import Userland

USER = "bench@bench.example"
ELSEWHERE = "someone@elsewhere.example"


class Lab:
    """A userland with one user in a folder of its own, and the C programs, compiled there."""

    def __init__(self, folder):
        self.folder = folder
        folder.chmod(0o755)   # the programs give up being root and must get in
        self.tools = {name: self._compile(name) for name in ("session_cost", "smtp_load")}
        self.land = Userland(folder / "userland", domain="bench.example", hostname="mx.bench.example")
        self.land.adduser(USER)

    def _compile(self, name):
        program = self.folder / name
        source = Path(__file__).with_name(name + ".c")
        subprocess.run(["cc", "-O2", "-pthread", "-o", program, source], check=True)
        return program

    def call(self, tool, *words, **options):
        """Runs one of the C programs; the figures of its line."""
        done = subprocess.run([self.tools[tool], *map(str, words)], capture_output=True, text=True, **options)
        if done.returncode != 0:
            raise SystemExit(f"{tool} ended with {done.returncode}: {done.stderr}")
        return [float(word) for word in done.stdout.split()]

    def load(self, address, recipient, messages, connections=10, per_connection=1, octets=1024):
        """Sends messages; what smtp_load says."""
        host, port = address
        accepted, _, seconds, middle, late = self.call(
            "smtp_load", "-c", connections, "-n", messages, "-k", per_connection, "-s", octets, "-r", recipient, host,
            port)
        return Load(accepted / seconds, middle, late)

    def start(self, way):
        return start(self.land, self.folder, way, port=free_port())

    def empty_spool(self):
        for file in self.land.spool_files():
            file.unlink()


@dataclass
class Load:
    """Messages a second, and milliseconds a message: median and 99th percentile."""
    rate: float
    middle: float
    late: float


def show(label, text):
    print(f"{label:<34} {text}", flush=True)


def spread(values):
    """Median [least most]."""
    return f"{statistics.median(values):,.0f} [{min(values):,.0f} {max(values):,.0f}]"


def have(program):
    return any(os.access(Path(folder) / program, os.X_OK) for folder in os.environ["PATH"].split(os.pathsep))
