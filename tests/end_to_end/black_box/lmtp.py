# SPDX-License-Identifier: BSD-2-Clause
"""LMTP: RFC 2033. A reply for each recipient behind the content, and no EHLO."""

from black_box.parts import *

LHLO = ["LHLO client.example", "250 "]
BOB = ["RCPT TO:<bob@example.org>", "250 2.1.5"]
NOBODY = ["RCPT TO:<nobody@example.org>", "550 5.1.1"]
TWO = [LHLO, MAIL, RCPT, BOB]
OK, BAD = "250 2.0.0", "55[04] 5.6.0"


def bdat(octets, *replies, last=True):
    return [b"BDAT %d%s\r\n" % (len(octets), b" LAST" if last else b"") + octets, *replies]


ROWS = [
    Row("§4.1: LHLO", LHLO, MAIL, RCPT, DATA, message(b"x\r\n")),
    Row("§4.1: no EHLO", ["EHLO client.example", "500 5.5.1"], ["MAIL FROM:<>", "503 5.5.1"]),
    Row("§4.1: no HELO", ["HELO client.example", "500 5.5.1"], ["MAIL FROM:<>", "503 5.5.1"]),
    Row("§4.1: LHLO without a name", ["LHLO", "501 5.5.4"]),
    Row("§4.1: LHLO with what is no name", ["LHLO (", "501 5.5.4"]),
    Row("LHLO again drops the transaction", *TWO, LHLO, ["DATA", "503 5.5.1"]),
    Row("§4.2: a reply for each", *TWO, DATA, [HEADER + b".\r\n", OK, OK], LHLO),
    Row("§4.2: one of three was refused", *TWO, NOBODY, DATA, [HEADER + b".\r\n", OK, OK], MAIL),
    Row("§4.2: the same recipient twice has two replies", *TWO, RCPT, DATA, [HEADER + b".\r\n", OK, OK, OK], MAIL),
    Row("§4.2: a message that is refused, for each", *TWO, DATA, [HEADER + b"a\nb\r\n.\r\n", BAD, BAD], MAIL),
    Row("§4.2: a NUL, for each", *TWO, DATA, [HEADER + b"a\0b\r\n.\r\n", BAD, BAD], MAIL),
    Row("§4.2: nobody is there", LHLO, MAIL, NOBODY, ["DATA", "503 5.5.1"], BOB),
    Row("§4.2: pipelined, with what follows", LHLO,
        [b"MAIL FROM:<carol@example.net>\r\nRCPT TO:<alice@example.org>\r\nRCPT TO:<nobody@example.org>\r\n"
         b"RCPT TO:<bob@example.org>\r\nDATA\r\n", "250", "250", "550", "250", "354"],
        [HEADER + b".\r\nMAIL FROM:<>\r\nRSET\r\n", OK, OK, "250 2.1.0", "250 2.0.0"]),
    Row("RFC 3030 §2: the last chunk is answered for each", *TWO, bdat(HEADER, "250 2.0.0", last=False), bdat(b"x\r\n", OK, OK), MAIL),
    Row("one chunk", *TWO, bdat(HEADER, OK, OK), MAIL),
    Row("BDAT 0 LAST", *TWO, bdat(HEADER, OK, last=False), bdat(b"", OK, OK), MAIL),
    Row("a chunk that is refused", *TWO, bdat(HEADER + b"a\nb\r\n", BAD, BAD), MAIL),
    Row("BDAT for nobody", LHLO, MAIL, NOBODY, bdat(b"QUIT\r\n", "503 5.5.1"), ["RSET", "250"]),
    Row("RSET", *TWO, ["RSET", "250 2.0.0"], ["DATA", "503 5.5.1"]),
    Row("QUIT", LHLO, ["QUIT", "221 2.0.0", CLOSED]),
    Row("nothing goes elsewhere", LHLO, MAIL, ["RCPT TO:<eve@elsewhere.example>", "550 5.7.1"]),
    Row("postmaster", LHLO, MAIL, ["RCPT TO:<postmaster>", "250 2.1.5"], DATA, message(b"x\r\n")),
    Row("the null reverse-path", LHLO, ["MAIL FROM:<>", "250 2.1.0"], RCPT, DATA, message(b"x\r\n")),
    Row("parameters", LHLO, ["MAIL FROM:<carol@example.net> SIZE=10 BODY=8BITMIME", "250"], RCPT, DATA, message(b"x\r\n")),
    Row("a whole message, and then no more", *TWO, DATA, [HEADER + b".\r\nQUIT\r\n", *SILENT], [END, OK, OK, "221", CLOSED]),
]
