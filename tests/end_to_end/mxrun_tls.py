# SPDX-License-Identifier: BSD-2-Clause
"""mxrun goes on in TLS with hosts that offer it, and no broken TLS stops mail."""

import re
import socket
import ssl
import threading

from postern_lab import *

MESSAGE = b"From: carol@example.net\r\n\r\nhello\r\n"
TLS13 = "TLSv1.3 TLS_AES_256_GCM_SHA384"


class OddHost:
    """A host whose STARTTLS goes as `after_220` has it, with the plain socket; without STARTTLS it takes all mail."""

    def __init__(self, after_220):
        self.after_220 = after_220
        self.said = []   # by clients, a list for each connection
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = self.listener.getsockname()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.said.append([])
            try:
                self.converse(connection, self.said[-1])
            except OSError:
                pass
            connection.close()

    def converse(self, connection, said, greeting=b"220 odd ESMTP\r\n"):
        connection.settimeout(10)
        connection.sendall(greeting)
        file, in_content = connection.makefile("rb"), False
        for line in file:
            if in_content:
                in_content = line != b".\r\n"
                if not in_content:
                    connection.sendall(b"250 taken\r\n")
                continue
            verb = line.split()[0].decode()
            said.append(verb)
            if verb == "STARTTLS":
                connection.sendall(b"220 go ahead\r\n")
                return self.after_220(connection)
            in_content = verb == "DATA"
            connection.sendall({"EHLO": b"250-odd\r\n250 STARTTLS\r\n", "DATA": b"354 go\r\n", "QUIT": b"221 bye\r\n"}.get(
                verb, b"250 ok\r\n"))

    def stop(self):
        self.listener.close()


class TlsOutwards(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.relay("127.0.0.1")
        self.smtp = self.start(self.land)

    def send_to(self, address):
        self.land.config("relay.gateway", {"host": address[0], "port": address[1]})
        self.land.config("relay.always", True)
        send(self.smtp.address, "carol@example.net", ["bob@example.com"], MESSAGE)
        self.land.deliver()
        self.land.mxrun()

    def delivered(self):
        lines = self.land.log_lines(" delivered ")
        self.assertEqual(len(lines), 1, self.land.log_text())
        return lines[0]

    def other(self):
        """Another Postern, that takes what comes."""
        land = Userland(self.folder / "other", domain="example.com", hostname="mx.example.com")
        land.adduser("bob@example.com")
        return land, self.start(land)

    def test_from_postern_to_postern(self):
        land, smtp = self.other()
        self.send_to(smtp.address)
        (queued,) = land.queued()
        self.assertEqual(queued.envelope["peer"]["tls"], TLS13)
        self.assertIn(b"with ESMTPS id", queued.content)
        self.assertIn(f'tls="{TLS13}"', self.delivered())

    def test_the_record_of_the_spool_tells_of_it(self):
        land, smtp = self.other()
        send(self.smtp.address, "carol@example.net", ["bob@example.com", "nobody@example.com"], MESSAGE)
        self.land.config("relay.gateway", {"host": smtp.address[0], "port": smtp.address[1]})
        self.land.config("relay.always", True)
        land.smtpctl("stop")   # deferred: the record stays
        self.land.deliver()
        self.land.mxrun()
        land.smtpctl("start")
        land.write("domains/example.com/nobody.account", "")   # 451 while the other is delivered
        self.land.smtpctl("queue", "retry", "--all", check=False)
        self.land.mxrun()
        records = [record for file in self.land.spool_files("relay") for record in SpoolFile.read(file).log
                   if record["event"] == "delivered"]
        self.assertEqual([record.get("tls") for record in records], [TLS13])

    def test_it_can_be_turned_off(self):
        land, smtp = self.other()
        self.land.config("relay.tls", "off")
        self.send_to(smtp.address)
        self.assertNotIn("tls", land.queued()[0].envelope["peer"])
        self.assertNotIn("tls=", self.delivered())

    def odd(self, after_220):
        """Mail goes, in the second conversation and in plain text; the log says why."""
        host = OddHost(after_220)
        self.addCleanup(host.stop)
        self.send_to(host.address)
        self.assertNotIn("tls=", self.delivered())
        self.assertEqual([words[:2] for words in host.said], [["EHLO", "STARTTLS"], ["EHLO", "MAIL"]])
        (line,) = self.land.log_lines(" tls_failed ")
        return line

    def test_who_speaks_no_tls_behind_starttls_gets_it_in_plain_text(self):
        self.assertIn("wrong version number", self.odd(lambda plain: plain.recv(4096) and plain.sendall(b"250 what?\r\n")))

    def test_who_drops_the_connection_gets_it_in_plain_text(self):
        self.assertIn("the host drops the connection", self.odd(lambda plain: plain.recv(1)))

    def test_who_has_no_cipher_that_we_have_gets_it_in_plain_text(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.land.root / "tls/mx.example.org.ecdsa.pem")
        context.set_ciphers("AES128-SHA:@SECLEVEL=0")
        self.assertIn("alert handshake failure", self.odd(lambda plain: context.wrap_socket(plain, server_side=True)))

    def test_who_hangs_up_behind_the_handshake_gets_it_in_plain_text(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.land.root / "tls/mx.example.org.ecdsa.pem")
        self.odd(lambda plain: context.wrap_socket(plain, server_side=True).close())

    def test_the_end_is_told(self):
        """With close_notify, so that the host knows that nothing was cut off."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.land.root / "tls/mx.example.org.ecdsa.pem")
        ends = []

        def under_tls(plain):
            try:
                with context.wrap_socket(plain, server_side=True, suppress_ragged_eofs=False) as wrapped:
                    host.converse(wrapped, [], greeting=b"")
                ends.append("told")
            except ssl.SSLError as error:
                ends.append(error.reason or str(error))

        host = OddHost(under_tls)
        self.addCleanup(host.stop)
        self.send_to(host.address)
        self.assertIn("tls=", self.delivered())
        self.assertEqual(wait_until(lambda: ends, 10, "the end"), ["told"])

    def test_a_name_is_asked_for(self):
        land, smtp = self.other()
        zone = self.folder / "zone"
        zone.write_text("mail.example.com. A 127.0.0.1\n")
        self.land.config("relay.gateway", {"host": "mail.example.com", "port": smtp.address[1]})
        self.land.config("relay.always", True)
        send(self.smtp.address, "carol@example.net", ["bob@example.com"], MESSAGE)
        self.land.deliver()
        self.land.mxrun("--zone", str(zone))
        self.assertIn("server_name=mail.example.com", land.log_lines(" tls ")[0])


if __name__ == "__main__":
    main()
