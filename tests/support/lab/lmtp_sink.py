# SPDX-License-Identifier: BSD-2-Clause
"""A scripted LMTP server: a Sink that greets to LHLO and answers the dot once for each recipient."""

from lab.sink import Session, Sink, Transaction


class LmtpSink(Sink):
    """Scripted like Sink, with LHLO in the place of EHLO; "end" is asked for each recipient, with his address
    as its line. `saved`: (address, content) of each recipient that was answered 250."""

    def __init__(self, **options):
        self.saved = []
        super().__init__(**options)

    @staticmethod
    def session_class():
        return _LmtpSession

    def saved_for(self, address):
        return [content for name, content in self.saved if name == address]


class _LmtpSession(Session):
    def command(self, line):
        if line.upper().startswith("LHLO"):
            with self.sink.lock:
                self.sink.lines.append((self.number, line))
            self.on_ehlo(line)
            return True
        if line.upper().startswith(("EHLO", "HELO")):
            self.answer("EHLO", line, "500 5.5.1 This is LMTP")
            return True
        return super().command(line)

    def on_data(self, line):
        usual = "354 Go on" if self.transaction.recipients else "503 5.5.1 No valid recipients"
        if self.answer("DATA", line, usual)[0] != "3":
            return
        content = self.read_content()
        transaction, self.transaction = self.transaction, Transaction()
        for recipient in transaction.recipients:
            address = recipient[1:recipient.index(">")]
            with self.sink.lock:   # kept before the answer, as Sink does
                self.sink.saved.append((address, content))
            accepted = False
            try:
                accepted = self.answer("end", address, "250 2.0.0 Saved")[0] == "2"
            finally:
                if not accepted:
                    with self.sink.lock:
                        self.sink.saved.remove((address, content))
