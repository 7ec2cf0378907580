# SPDX-License-Identifier: BSD-2-Clause
"""Pipelining by the rules, with smtp.pipelining strict (RFC 2920 §3.1): EHLO, DATA, VRFY, EXPN, NOOP and QUIT are the last of
a group, and without EHLO there are no groups."""

from black_box.parts import *

TURNED_AWAY = "421 4.5.0"
ENVELOPE = b"MAIL FROM:<carol@example.net>\r\nRCPT TO:<alice@example.org>\r\n"

ROWS = [
    Row("MAIL, RCPT and DATA in one", HELLO, [ENVELOPE + b"DATA\r\n", "250", "250", "354"], message(b"x\r\n")),
    Row("RSET in front", HELLO, [b"RSET\r\n" + ENVELOPE + b"DATA\r\n", "250", "250", "250", "354"], message(b"x\r\n")),
    Row("the dot and the next message", *IN_DATA, [HEADER + b".\r\n" + ENVELOPE + b"DATA\r\n", "250", "250", "250", "354"], message(b"x\r\n")),
    Row("the dot and QUIT", *IN_DATA, [HEADER + b".\r\nQUIT\r\n", "250", "221", CLOSED]),
    Row("RFC 3030: chunks", HELLO, [ENVELOPE + b"BDAT %d\r\n" % len(HEADER) + HEADER + b"BDAT 1 LAST\r\nx" + ENVELOPE,
                                    "250", "250", "250", "250", "250", "250"]),
    Row("EHLO at the end of a group", *WITH_RECIPIENT, [b"RSET\r\nEHLO client.example\r\n", "250 2.0.0", "250 "]),
    Row("QUIT at the end of a group", HELLO, [b"RSET\r\nQUIT\r\n", "250 2.0.0", "221", CLOSED]),
]
ROWS += [Row(f"nothing behind {command!r}", *steps, [command + b"\r\nNOOP\r\n", TURNED_AWAY, CLOSED]) for command, steps in (
    (b"EHLO client.example", []), (b"HELO client.example", []), (b"NOOP", [HELLO]), (b"VRFY alice", [HELLO]), (b"EXPN staff", [HELLO]),
    (b"DATA", WITH_RECIPIENT), (b"DATA", [HELLO]), (b"STARTTLS", [HELLO]), (b"QUIT", [HELLO]),
    (b"MAIL FROM:<carol@example.net>", [["HELO client.example", "250 "]]), (b"RSET", [["HELO client.example", "250 "]]), (b"RSET", []))]
