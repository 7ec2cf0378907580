# SPDX-License-Identifier: BSD-2-Clause
"""Command lines that are too long (RFC 5321 §4.5.3.1.4), and NUL octets in commands. Nothing of them is ever run."""

from black_box.parts import *

VERBS = ["EHLO ", "HELO ", "MAIL FROM:<", "RCPT TO:<", "DATA ", "RSET ", "NOOP ", "QUIT ", "VRFY ", "EXPN ", "HELP ", "FROB ", ""]
TOO_LONG = "50[01] 5.5|552 5|553 5"

ROWS = [Row(f"{verb or 'a line'} of {size} octets", *WITH_RECIPIENT, [verb.encode() + b"a" * size + b"\r\n", TOO_LONG], DATA,
            message(b"x\r\n")) for verb in VERBS if verb != "NOOP " for size in (2_000, 100_000)]
ROWS += [Row(f"the tail of a long line at {size} is no command", HELLO,
             [b"NOOP " + b"a" * (size - 5) + b"QUIT\r\n", "50[01] 5.5|250 "]) for size in (505, 506, 507, 512, 1000, 1023, 1024, 2047,
                                                                                      2048, 4095, 4096, 8192, 65536)]
ROWS += [
    Row("§4.5.3.1.4: a command line of 512 octets", [b"NOOP " + b"a" * 505 + b"\r\n", "250"]),
    Row("a long line without an end, then its end", HELLO, [b"a" * 70_000, *SILENT], [b"\r\n", TOO_LONG]),
    Row("a long line in pieces", HELLO, [b"NOOP " + b"a" * 600, *SILENT], [b"b" * 600, *SILENT], [b"\r\n", "50[01] 5.5"]),
    Row("a long line that holds a CR", HELLO, [b"a" * 3000 + b"\rQUIT\r\n", TOO_LONG]),
    Row("a long line that holds a LF", HELLO, [b"a" * 3000 + b"\nQUIT\r\n", TOO_LONG]),
]
ROWS += [Row(f"a NUL in {verb!r}", HELLO, [verb + b"\r\n", "50[01] 5"])
         for verb in (b"\0", b"NOOP\0", b"\0NOOP", b"NO\0OP", b"NOOP a\0b", b"MAIL FROM:<\0>", b"MAIL FROM:<a@b.example>\0",
                      b"MAIL FROM:<a@b.example> SIZE=1\0", b"EHLO a\0b", b"RSET\0", b"QUIT\0", b"HELP \0", b"VRFY a\0")]
ROWS += [Row(f"8-bit octets in {verb!r}", HELLO, [verb + b"\r\n", "50[01] 5"])
         for verb in (b"\xff\xfe", b"NOOP\xff", b"EHLO \xe4.example", b"MA\xc4L FROM:<>", b"DATA\xa0")]
