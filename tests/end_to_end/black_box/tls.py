# SPDX-License-Identifier: BSD-2-Clause
"""STARTTLS: RFC 3207, and what has been injected through it."""

from black_box.parts import *

START = ["STARTTLS", "220 2.0.0", TLS]
INJECTED = [b"EHLO evil.example\r\nMAIL FROM:<evil@example.net>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\n", b"NOOP\r\n", b"QUIT\r\n",
            b"\0" * 100, b"RSET\r\n" * 1000, b"MAIL FROM:<evil@example.net>", b"NOO", b"\r\n", b"\n", b"\r", b"BDAT 1000\r\nx"]

ROWS = [
    Row("§4: TLS begins", HELLO, START, HELLO, MAIL, RCPT, DATA, message(b"x\r\n"), ["QUIT", "221", CLOSED]),
    Row("§4.2: the client greets again", HELLO, START, ["MAIL FROM:<carol@example.net>", "503 5.5.1"], HELLO, MAIL),
    Row("§4.2: RCPT is not left over", HELLO, START, ["RCPT TO:<alice@example.org>", "503 5.5.1"]),
    Row("§4.2: DATA is not left over", HELLO, START, ["DATA", "503 5.5.1"]),
    Row("§4.2: HELO will do", HELLO, START, ["HELO client.example", "250 "], MAIL),
    Row("§4.2: it is not begun twice", HELLO, START, HELLO, ["STARTTLS", "503 5.5.1"], MAIL),
    Row("§4: in any case", HELLO, ["startTLS", "220 2.0.0", TLS], HELLO),
    Row("§4: blanks at the end", HELLO, ["STARTTLS ", "220 2.0.0", TLS], HELLO),
    Row("§4: behind HELO", ["HELO client.example", "250 "], START, HELLO),
    Row("§4: behind RSET", *WITH_RECIPIENT, ["RSET", "250"], START, HELLO),
    Row("§4: behind a message", *IN_DATA, message(b"x\r\n"), START, HELLO, MAIL),
    Row("§4: no parameters", HELLO, ["STARTTLS x", "501 5.5.4"], START, HELLO),
    Row("§4: not before EHLO", ["STARTTLS", "503 5.5.1"]),
    Row("§4: not within a transaction", *WITH_RECIPIENT, ["STARTTLS", "503 5.5.1"], DATA, message(b"x\r\n")),
    Row("§4: not within chunks", *WITH_RECIPIENT, [b"BDAT 3\r\nA: ", "250"], ["STARTTLS", "503 5.5.1"]),
    Row("the end of the connection in place of a handshake", HELLO, ["STARTTLS", "220"], [END, CLOSED]),
    Row("a reset in place of a handshake", HELLO, ["STARTTLS", "220"], [RESET]),
    Row("content that is cut off in TLS is no message", HELLO, START, *IN_DATA, [HEADER + b"x\r\n", *SILENT], [END, CLOSED]),
    Row("a whole message in TLS, and then no more", HELLO, START, *IN_DATA, [HEADER + b"x\r\n.\r\n", *SILENT],
        [END, "250 2.0.0", CLOSED]),
    Row("TLS at once", [b"\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03" + b"a" * 190, "421 4.7.0", CLOSED]),
    Row("a bare LF behind STARTTLS", HELLO, [b"STARTTLS\nEHLO evil.example\r\n", "500 5.5.2"], MAIL),
    Row("a NUL behind STARTTLS", HELLO, [b"STARTTLS\0\r\n", "50[01] 5.5"], MAIL),
]
# CVE-2011-0411 and its kin: what was sent in clear behind STARTTLS is never run in TLS.
ROWS += [Row(f"injected behind STARTTLS: {injected[:20]!r}", HELLO, [b"STARTTLS\r\n" + injected, "220 2.0.0", TLS],
             ["RCPT TO:<alice@example.org>", "503 5.5.1"], HELLO, MAIL) for injected in INJECTED]
