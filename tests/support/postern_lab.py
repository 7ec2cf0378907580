# SPDX-License-Identifier: BSD-2-Clause
"""What every end-to-end test stands on: import everything from here.

    from postern_lab import LabTest, main

    class Delivery(LabTest):
        def test_one_message_reaches_the_mailbox(self):
            land = self.userland()                      # smtpctl init, owner nobody when root
            land.adduser("alice@example.org")
            smtp = self.start(land, "listen")           # or inetd, xinetd, tcpserver, systemd
            send(smtp.address, "bob@example.net", ["alice@example.org"], b"From: bob@example.net\\r\\n\\r\\nhello\\r\\n")
            land.deliver()
            self.assertEqual(len(land.mailbox("alice@example.org")), 1)

    main()

Everything that is started is ended by its pid when the test ends, whatever happens. Python's standard
library only. The parts: lab/case.py, userland.py, superservers.py, client.py, sink.py, servers.py,
dovecot.py, lmtp_sink.py, mutt.py, postfix.py, truncating_dns.py, processes.py, small_disk.py,
spool_writer.py.
"""

from lab.case import LabTest, main
from lab.client import Client, believing, send
from lab.dovecot import Dovecot
from lab.mutt import Mutt
from lab.lmtp_sink import LmtpSink
from lab.postfix import Postfix
from lab.processes import Process, children_of, free_port, wait_for_port, wait_until
from lab.servers import Exim, Nsd, smtp_source
from lab.sink import DROP, PostfixSink, Sink
from lab.superservers import WAYS
from lab.userland import Run, SpoolFile, Userland

__all__ = [
    "Client", "DROP", "Dovecot", "Exim", "LabTest", "LmtpSink", "Mutt", "Nsd", "Postfix", "PostfixSink", "Process",
    "Run", "Sink", "SpoolFile", "Userland", "WAYS", "believing", "children_of", "free_port", "main", "send", "smtp_source",
    "wait_for_port", "wait_until",
]
