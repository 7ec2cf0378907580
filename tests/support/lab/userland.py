# SPDX-License-Identifier: BSD-2-Clause
"""A userland in a temporary directory: made by smtpctl, used by the programs, read by the tests."""

import email
import email.policy
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lab.places import AM_ROOT, program

OWNER = "nobody"


@dataclass
class Run:
    """How a program ended."""
    status: int
    out: str
    err: str


@dataclass
class Mail:
    """A message in a Maildir."""
    path: Path
    raw: bytes

    @property
    def parsed(self):
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def content(self):
        """Without the Return-Path: and Delivered-To: that delivery put on top."""
        rest = self.raw
        while rest.lower().startswith((b"return-path:", b"delivered-to:")):
            rest = rest[rest.index(b"\n") + 1:]
        return rest


@dataclass
class SpoolFile:
    """A spool file taken apart: the envelope, the content, the log's records."""
    path: Path
    envelope: dict
    content: bytes
    log: list

    @classmethod
    def read(cls, path):
        raw = Path(path).read_bytes()
        head, rest = raw.split(b"\n", 1)
        envelope = json.loads(head)
        size = envelope["size"]
        lines = rest[size:].rstrip(b"\0").split(b"\n")
        return cls(Path(path), envelope, rest[:size], [json.loads(line) for line in lines if line.strip(b"\0")])

    def events(self):
        return [record["event"] for record in self.log]


class Userland:
    """`smtpctl init` in `root`; every call checks the exit status unless check=False."""

    def __init__(self, root, domain="example.org", hostname="mx.example.org", init=True):
        self.root = Path(root)
        self.domain = domain
        self.hostname = hostname
        if init:
            owner = ["--owner", OWNER] if AM_ROOT else []
            self.smtpctl("init", *owner, "--domain", domain, "--hostname", hostname)

    # --- programs ---------------------------------------------------------------------------------------
    def command(self, name, *arguments):
        """The words that run one of Postern's programs on this userland."""
        return [program(name), "--root", str(self.root), *map(str, arguments)]

    def run(self, name, *arguments, check=True, input=None, env=None, timeout=60, prefix=()):
        """Runs a program to its end. `prefix`: words before it, such as strace's."""
        words = [*map(str, prefix), *self.command(name, *arguments)]
        text = input.encode() if isinstance(input, str) else input
        done = subprocess.run(words, input=b"" if text is None else text, capture_output=True, timeout=timeout,
                              env={**os.environ, **(env or {})})
        run = Run(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
        if check and run.status != 0:
            raise AssertionError(f"{' '.join(words)} ended with {run.status}\n{run.out}{run.err}{self.log_text()}")
        return run

    def smtpctl(self, *arguments, **options):
        return self.run("smtpctl", *arguments, **options)

    def deliver(self, *arguments, **options):
        return self.run("deliver", *arguments, **options)

    def mxrun(self, *arguments, **options):
        return self.run("mxrun", *arguments, **options)

    # --- administration ---------------------------------------------------------------------------------
    def adduser(self, address, password="correct horse battery staple"):
        return self.smtpctl("adduser", address, "--password-stdin", input=password + "\n")

    def alias(self, name, *targets):
        return self.smtpctl("alias", "add", name, *targets)

    def relay(self, *hosts):
        for host in hosts:
            self.smtpctl("relay", "add", host)

    def config(self, key, value):
        """Sets one setting; `value` is what JSON can say."""
        return self.smtpctl("config", "set", key, json.dumps(value))

    def write(self, path, text, owner=OWNER):
        """A file of the userland written by hand, with the owner an administrator would give it."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        if AM_ROOT:
            import pwd
            entry = pwd.getpwnam(owner)
            os.chown(file, entry.pw_uid, entry.pw_gid)
        return file

    # --- what is there ----------------------------------------------------------------------------------
    @property
    def spool(self):
        return self.root / "spool"

    def maildir(self, address):
        user, domain = address.lower().rsplit("@", 1)
        return self.root / "mail" / domain / user

    def mailbox(self, address):
        """The messages of a Maildir, new/ and cur/, sorted by name."""
        files = [file for sub in ("new", "cur") for file in self.maildir(address).glob(f"{sub}/*")]
        return [Mail(file, file.read_bytes()) for file in sorted(files)]

    def spool_files(self, below=""):
        """Every file in the spool (or below one of its directories), as paths."""
        return sorted(path for path in (self.spool / below).rglob("*") if path.is_file())

    def queued(self):
        """The files of both lanes and of hold/, taken apart."""
        files = [path for lane in ("received", "relay", "hold") for path in self.spool_files(lane)]
        return [SpoolFile.read(path) for path in files]

    def queue(self):
        """What `smtpctl queue list --json` says: one dict a message."""
        return [json.loads(line) for line in self.smtpctl("queue", "list", "--json").out.splitlines()]

    def log_text(self):
        return "".join(file.read_text(errors="replace") for file in sorted((self.root / "log").glob("*"))
                       if file.is_file())

    def log_lines(self, word=""):
        """The lines of the log that contain `word`."""
        return [line for line in self.log_text().splitlines() if word in line]
