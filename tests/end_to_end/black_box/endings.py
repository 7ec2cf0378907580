# SPDX-License-Identifier: BSD-2-Clause
"""How clients go: by QUIT with more behind it, with half a line, by closing one half, by a reset (RFC 5321 §4.1.1.5, §4.1.1.10).
Nobody else may notice, and nothing that was begun is taken for whole."""

from black_box.parts import *

QUIT_REPLIES = ["221 2.0.0", CLOSED]
ROWS = [Row(f"nothing behind QUIT is run: {more[:20]!r}", HELLO, [b"QUIT\r\n" + more, *QUIT_REPLIES])
        for more in (b"NOOP\r\n", b"\0", b"\r\n", b"x" * 100_000, b"MAIL FROM:<carol@example.net>\r\nRCPT TO:<alice@example.org>\r\n",
                     b"QUIT\r\n" * 100, b"\x16\x03\x01", b"GET / HTTP/1.1\r\n\r\n")]
ROWS += [Row(f"half of {half!r} is nothing", HELLO, [half, *SILENT], [END, CLOSED])
         for half in (b"QUIT", b"QUIT\r", b"NOOP", b"MAIL FROM:<carol@example.net>", b"E", b"\r", b"RSET\r", b"BDAT 5")]
ROWS += [
    Row("nothing at all", [END, CLOSED]),
    Row("the client says QUIT and no more", HELLO, [b"QUIT\r\n", *SILENT], [END, *QUIT_REPLIES]),
    Row("the client says all and no more: each reply comes", [b"EHLO client.example\r\nNOOP\r\nQUIT\r\n", *SILENT],
        [END, "250", "250", *QUIT_REPLIES]),
    Row("a whole message, and then no more", *IN_DATA, [HEADER + b"x\r\n.\r\n", *SILENT], [END, "250 2.0.0", CLOSED]),
    Row("a whole message and QUIT, and then no more", *IN_DATA, [HEADER + b"x\r\n.\r\nQUIT\r\n", *SILENT],
        [END, "250 2.0.0", *QUIT_REPLIES]),
    Row("the end before 354 is read", *WITH_RECIPIENT, [b"DATA\r\n", *SILENT], [END, "354", CLOSED]),
    Row("the end after EHLO", [b"EHLO client.example\r\n", *SILENT], [END, "250", CLOSED]),
    Row("a last chunk, and then no more", *WITH_RECIPIENT, [b"BDAT %d LAST\r\n" % len(HEADER) + HEADER, *SILENT],
        [END, "250 2.0.0", CLOSED]),
]
ROWS += [Row(f"content that ends with {end!r} is no message", *IN_DATA, [HEADER + b"x" + end, *SILENT], [END, CLOSED])
         for end in (b"", b"\r", b"\r\n", b"\r\n.", b"\r\n.\r", b"\n.\n", b"\r\n..\r\n")]
ROWS += [Row(f"a chunk of which {got} octets came is no message", *WITH_RECIPIENT,
             [b"BDAT %d LAST\r\n" % len(HEADER) + HEADER[:got], *SILENT], [END, CLOSED]) for got in (0, 1, len(HEADER) - 1)]
ROWS += [Row("chunks without a last one are no message", *WITH_RECIPIENT, [b"BDAT %d\r\n" % len(HEADER) + HEADER, "250"],
             [END, CLOSED])]
ROWS += [Row(f"a reset {state}", *steps, [RESET]) for state, steps in (
    ("at once", []), ("behind EHLO", [HELLO]), ("with a recipient", WITH_RECIPIENT), ("behind DATA", IN_DATA),
    ("in content", [*IN_DATA, [HEADER + b"x\r\n", *SILENT]]), ("behind the dot", [*IN_DATA, [HEADER + b".\r\n", *SILENT]]),
    ("in a chunk", [*WITH_RECIPIENT, [b"BDAT 1000\r\n" + HEADER, *SILENT]]), ("behind QUIT", [[b"QUIT\r\n", *SILENT]]))]
