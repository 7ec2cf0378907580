# SPDX-License-Identifier: BSD-2-Clause
"""Clients that say nothing more, at a server that waits two seconds (RFC 5321 §4.5.3.2): all hear 421, and nothing is left."""

from black_box.parts import *

GONE = [WAIT, "421 4.4.2", CLOSED]
ROWS = [Row(f"silence {state}", *steps, GONE) for state, steps in {
    "at first": [],
    "behind EHLO": [HELLO],
    "in a command": [HELLO, [b"MAIL FROM:<carol@exa", *SILENT]],
    "behind a CR": [HELLO, [b"NOOP\r", *SILENT]],
    "in a line that is too long": [HELLO, [b"x" * 100_000, *SILENT]],
    "behind a bare LF": [HELLO, [b"NOOP\n", "500 5.5.2"]],
    "with a recipient": WITH_RECIPIENT,
    "behind DATA": IN_DATA,
    "in content": [*IN_DATA, [HEADER + b"x\r\n", *SILENT]],
    "before the dot's CRLF": [*IN_DATA, [HEADER + b"x\r\n.", *SILENT]],
    "before the dot's LF": [*IN_DATA, [HEADER + b"x\r\n.\r", *SILENT]],
    "behind a smuggler's dot": [*IN_DATA, [HEADER + b"x\n.\n", *SILENT]],
    "behind BDAT": [*WITH_RECIPIENT, [b"BDAT 100 LAST\r\n", *SILENT]],
    "in a chunk": [*WITH_RECIPIENT, [b"BDAT 100 LAST\r\n" + HEADER, *SILENT]],
    "behind a chunk": [*WITH_RECIPIENT, [b"BDAT %d\r\n" % len(HEADER) + HEADER, "250"]],
    "in a chunk that is refused": [HELLO, [b"BDAT 100 LAST\r\n" + HEADER, *SILENT]],
    "behind a message": [*IN_DATA, message(b"x\r\n")],
    "in TLS": [HELLO, ["STARTTLS", "220", TLS]],
    "in TLS, in content": [HELLO, ["STARTTLS", "220", TLS], *IN_DATA],
}.items()]
ROWS += [Row("silence in place of a handshake", HELLO, ["STARTTLS", "220"], [WAIT, CLOSED])]
