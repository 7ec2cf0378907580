# SPDX-License-Identifier: BSD-2-Clause
"""The base class of all end-to-end tests: a folder, a time limit, and the end of all that was started."""

import shutil
import signal
import tempfile
import unittest
from pathlib import Path

from lab import superservers
from lab.authority import Authority
from lab.dovecot import Dovecot
from lab.lmtp_sink import LmtpSink
from lab.postfix import Postfix
from lab.servers import Exim, Nsd
from lab.sink import PostfixSink, Sink
from lab.userland import Userland


class TimeLimit(AssertionError):
    pass


class LabTest(unittest.TestCase):
    """Each test has a `folder` of its own (programs that are no longer root can read it)."""

    time_limit = 60   # seconds a test; set it in the class

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="postern-lab."))
        self.folder.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        signal.signal(signal.SIGALRM, self._out_of_time)
        signal.alarm(self.time_limit)
        self.addCleanup(signal.alarm, 0)

    def _out_of_time(self, *_):
        raise TimeLimit(f"{self.id()} took more than {self.time_limit} s")

    def userland(self, name="root", **options):
        """A fresh userland; options as Userland's: domain, hostname, init."""
        return Userland(self.folder / name, **options)

    def start(self, land, way="listen", *options, host="127.0.0.1", port=None):
        """smtpd-inetd for this userland, one of WAYS; the Service it returns has `address` and `stop()`."""
        return self._until_end(superservers.start(land, self.folder, way, options, host, port))

    def sink(self, **options):
        """A scripted next hop; options as Sink's: host, port, script, extensions."""
        return self._until_end(Sink(**options))

    def lmtp_sink(self, **options):
        """A scripted LMTP server; options as Sink's."""
        return self._until_end(LmtpSink(**options))

    def postfix_sink(self, *options, **place):
        return self._until_end(PostfixSink(self.folder, options, **place))

    def nsd(self, zones, **place):
        return self._until_end(Nsd(self.folder, zones, **place))

    def exim(self, domains, **options):
        """A full mail server; the test is skipped without root, because it runs in a chroot."""
        if not Exim.available():
            self.skipTest("Exim runs in a root of its own, which needs root")
        return self._until_end(Exim(domains, **options))

    def postfix(self, domains, **options):
        """Another one, under the same condition."""
        if not Postfix.available():
            self.skipTest("Postfix runs in a root of its own, which needs root")
        return self._until_end(Postfix(domains, **options))

    def authority(self, name="Lab CA"):
        return Authority(self.folder, name)

    def dovecot(self, mailboxes, **options):
        """Dovecot with LMTP and IMAP on {address: Maildir}; options as Dovecot's: quotas, password."""
        return self._until_end(Dovecot(self.folder, mailboxes, **options))

    def _until_end(self, server):
        self.addCleanup(server.stop)
        return server


def main():
    """At the end of each test file."""
    unittest.main(verbosity=2, warnings="default")
