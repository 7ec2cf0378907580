# SPDX-License-Identifier: BSD-2-Clause
"""The transcripts again, through smtpd-inetd itself: every one that says "@ userland", whose questions a real
userland answers as it says. Its client's octets go in by a pipe, whole and in small pieces; its server's lines
must come out, what it commits must lie in the spool, and nothing else."""

import os
import re
import subprocess
from pathlib import Path

from postern_lab import LabTest, main
from lab.userland import Userland

FOLDER = Path(__file__).resolve().parent
PEER = "192.0.2.7"
ESCAPES = {"r": b"\r", "n": b"\n", "0": b"\0", "\\": b"\\"}
ESCAPE = re.compile(r"\\(x[0-9a-f]{2}|\{(\d+) ((?:\\x[0-9a-f]{2}|[^}])+)\}|[rn0\\])")


def octets(text):
    """What an escaped text stands for (escapes.hpp)."""
    out, at = b"", 0
    for found in ESCAPE.finditer(text):
        out += text[at:found.start()].encode()
        escape = found[1]
        if escape[0] == "x":
            out += bytes([int(escape[1:], 16)])
        elif escape[0] == "{":
            out += octets(found[3]) * int(found[2])
        else:
            out += ESCAPES[escape]
        at = found.end()
    return out + text[at:].encode()


class Transcript:
    def __init__(self, path):
        self.name = str(path.relative_to(FOLDER))
        self.settings, self.client, self.server, self.messages, self.end = {}, b"", b"", [], None
        body, recipients = b"", []
        for line in path.read_text().splitlines():
            mark, text = line[:2], line[3:]
            if line.startswith("@ end "):
                self.end = line[6:]
            elif mark == "@ ":
                key, _, value = line[2:].partition(" ")
                self.settings[key] = value
            elif mark == "C:":
                self.client += text.encode() + b"\r\n"
            elif mark == "c:":
                self.client += octets(text)
            elif mark == "S:":
                self.server += text.encode() + b"\r\n"
            elif line.startswith("!: body"):
                body += octets(line[8:]) + b"\r\n"
            elif line.startswith("!: rest"):
                body += octets(line[8:])
            elif line.startswith("?: begin"):
                recipients = re.findall("<([^>]+)>", line.split("> to ")[1])
            elif line.startswith("?: commit, though"):   # discarded
                body = b""
            elif line.startswith("?: commit"):
                self.messages.append((recipients, body))
                body = b""

    @property
    def is_for_a_userland(self):
        return "userland" in self.settings

    @property
    def service(self):
        return self.settings.get("service", "smtp")

    @property
    def config(self):
        """What the userland must be configured with, as pairs."""
        limits = {(key, int(value)) for key, value in self.settings.items() if key.startswith("limits.")}
        # What a transcript is not about, its content need not heed.
        validation = {"validation.mode": "off", **{key: value for key, value in self.settings.items()
                                                   if key.startswith("validation.")}}
        short = {("limits.idle", "1s"), ("limits.content_idle", "1s")} if self.end == "timed_out" else set()
        return frozenset(limits | set(validation.items()) | short)


def without_ids(replies):
    return re.sub(rb"Queued as \w+", b"Queued as ID", replies)


def short_hello(replies):
    """What EHLO offers is written out only in transcripts that say "@ extensions"."""
    return re.sub(rb"(?m)^250-mx\.example\r\n(?:250-[^\r]*\r\n)*250 [^\r]*\r\n", b"250-mx.example ...\r\n", replies)


def without_received(content):
    """The content without the Received: field that the server put on top."""
    end = re.match(rb"Received: [^\r]*\r\n(?:[ \t][^\r]*\r\n)*", content).end()
    return content[end:]


class ThroughSmtpdInetd(LabTest):
    time_limit = 240

    def setUp(self):
        super().setUp()
        self.userlands = {}

    def userland_for(self, transcript):
        """One userland for each configuration that is asked for."""
        if transcript.config not in self.userlands:
            land = Userland(self.folder / f"root{len(self.userlands)}", hostname="mx.example")
            for certificate in (land.root / "tls").iterdir():   # transcripts say themselves when there is one
                certificate.unlink()
            for user in ("alice", "bob"):
                land.adduser(f"{user}@example.org")
            land.config("limits.exempt", [PEER])   # it comes hundreds of times a minute
            for key, value in transcript.config:
                land.config(key, value)
            self.userlands[transcript.config] = land
        return self.userlands[transcript.config]

    def replay(self, transcript, piece):
        land = self.userland_for(transcript)
        for file in land.spool_files():
            file.unlink()
        session = subprocess.Popen(
            land.command("smtpd-inetd", "--service", transcript.service), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"TCPREMOTEIP": PEER, "TCPREMOTEPORT": "1234"})
        self.feed(session, transcript, piece)
        said, complained = session.stdout.read(), session.stderr.read()
        session.stdout.close()
        session.stderr.close()
        self.assertEqual(session.wait(), 0)
        self.assertEqual(complained, b"")
        if "extensions" not in transcript.settings:
            said = short_hello(said)
        self.assertEqual(without_ids(said), without_ids(transcript.server))
        self.check_spool(land, transcript)
        if session.stdin and not session.stdin.closed:
            session.stdin.close()

    def feed(self, session, transcript, piece):
        pipe = session.stdin.fileno()
        try:
            for at in range(0, len(transcript.client), piece):
                os.write(pipe, transcript.client[at:at + piece])
        except BrokenPipeError:   # the session has ended before it heard all
            pass
        if transcript.end != "timed_out":
            session.stdin.close()

    def check_spool(self, land, transcript):
        queued = land.queued()
        messages = [([to["address"] for to in file.envelope["to"]], without_received(file.content)) for file in queued]
        self.assertEqual(sorted(messages), sorted(transcript.messages))
        self.assertEqual(len(land.spool_files()), len(queued), "nothing else lies in the spool")
        for file in queued:
            self.assertEqual(file.envelope["peer"]["ip"], PEER)

    def test_every_transcript_that_is_for_a_userland(self):
        transcripts = [Transcript(path) for path in sorted(FOLDER.rglob("*.smtp"))]
        fit = [transcript for transcript in transcripts if transcript.is_for_a_userland]
        self.assertGreater(len(fit), 100)
        for transcript in fit:
            for piece in (1 << 16, 3):
                with self.subTest(transcript=transcript.name, piece=piece):
                    self.replay(transcript, piece)


if __name__ == "__main__":
    main()
