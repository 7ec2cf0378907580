# SPDX-License-Identifier: BSD-2-Clause
"""Where TLS is required: RFC 3207 §4. All but EHLO, NOOP, STARTTLS and QUIT hear 530 before it."""

from black_box.parts import *

START = ["STARTTLS", "220 2.0.0", TLS]
FIRST = "530 5.7.0"
REFUSED = ["MAIL FROM:<carol@example.net>", "MAIL FROM:<>", "MAIL nonsense", "RCPT TO:<alice@example.org>", "DATA", "RSET", "VRFY alice",
           "EXPN staff", "HELP", "HELO client.example"]

ROWS = [Row(f"{command} behind EHLO", HELLO, [command, FIRST], START, HELLO, MAIL) for command in REFUSED]
ROWS += [Row(f"{command} before EHLO", [command, FIRST], HELLO) for command in REFUSED]
ROWS += [Row(f"{command} is allowed", HELLO, [command, reply]) for command, reply in (("NOOP", "250 2.0.0"), ("EHLO client.example", "250 "),
                                                                                 ("FROB", "500 5.5"), ("AUTH PLAIN", "502 5.5.1"))]
ROWS += [
    Row("QUIT", HELLO, ["QUIT", "221 2.0.0", CLOSED]),
    Row("a chunk is swallowed", HELLO, [b"BDAT 6 LAST\r\nQUIT\r\n", FIRST]),
    Row("a pipelined transaction", HELLO, [b"MAIL FROM:<>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\n", FIRST, FIRST, FIRST]),
    Row("mail in TLS", HELLO, START, *IN_DATA, message(b"x\r\n"), ["QUIT", "221", CLOSED]),
    Row("nothing but TLS counts", HELLO, [b"STARTTLS\r\nMAIL FROM:<>\r\n", "220", TLS], ["MAIL FROM:<>", "503 5.5.1"]),
]
