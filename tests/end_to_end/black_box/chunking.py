# SPDX-License-Identifier: BSD-2-Clause
"""BDAT: RFC 3030."""

from black_box.parts import *

CHUNK = HEADER + b"hello\r\n"


def bdat(octets, last=False, reply="250 2"):
    return [b"BDAT %d%s\r\n" % (len(octets), b" LAST" if last else b"") + octets, reply]


OUT_OF_ORDER = "503 5.5.1|554 5.5.1"

ROWS = [
    Row("one chunk, the last", *WITH_RECIPIENT, bdat(CHUNK, last=True), MAIL),
    Row("two chunks", *WITH_RECIPIENT, bdat(CHUNK), bdat(b"more\r\n", last=True), MAIL),
    Row("BDAT 0 LAST ends it", *WITH_RECIPIENT, bdat(CHUNK), bdat(b"", last=True), MAIL),
    Row("BDAT 0 in the middle", *WITH_RECIPIENT, bdat(b""), bdat(CHUNK), bdat(b"", last=True)),
    Row("LAST in lower case", *WITH_RECIPIENT, [b"bdat %d last\r\n" % len(CHUNK) + CHUNK, "250 2"]),
    Row("a message cut within a line", *WITH_RECIPIENT, bdat(CHUNK[:13]), bdat(CHUNK[13:14]), bdat(CHUNK[14:], last=True)),
    Row("a CRLF cut in two", *WITH_RECIPIENT, bdat(CHUNK + b"a\r"), bdat(b"\nb\r\n", last=True)),
    Row("dots mean nothing", *WITH_RECIPIENT, bdat(CHUNK + b".\r\n..\r\n", last=True), MAIL),
    Row("a whole transaction in one packet", HELLO,
        [b"MAIL FROM:<carol@example.net>\r\nRCPT TO:<alice@example.org>\r\nBDAT %d\r\n" % len(CHUNK) + CHUNK +
         b"BDAT 3 LAST\r\nx\r\n" + b"MAIL FROM:<>\r\n", "250", "250", "250", "250", "250"]),
    Row("commands within a chunk are content", *WITH_RECIPIENT, bdat(CHUNK + b"QUIT\r\nRSET\r\n", last=True)),
    Row("BODY=BINARYMIME passes every octet", HELLO, ["MAIL FROM:<carol@example.net> BODY=BINARYMIME", "250"], RCPT,
        bdat(CHUNK + bytes(range(256)), last=True)),
    Row("BODY=BINARYMIME goes by BDAT only", HELLO, ["MAIL FROM:<carol@example.net> BODY=BINARYMIME", "250"], RCPT,
        ["DATA", "50[13] 5"], bdat(CHUNK, last=True)),
    Row("BDAT before EHLO", [b"BDAT 5\r\nQUIT\n", OUT_OF_ORDER]),
    Row("BDAT before MAIL is swallowed", HELLO, [b"BDAT 6 LAST\r\nQUIT\r\n", OUT_OF_ORDER]),
    Row("BDAT before RCPT is swallowed", HELLO, MAIL, [b"BDAT 6 LAST\r\nQUIT\r\n", OUT_OF_ORDER]),
    Row("BDAT when every RCPT was refused is swallowed", HELLO, MAIL, ["RCPT TO:<nobody@example.org>", "550"],
        [b"BDAT 6 LAST\r\nQUIT\r\n", OUT_OF_ORDER]),
    Row("a large chunk out of order is swallowed whole", HELLO, [b"BDAT 300000\r\n" + b"QUIT\r\n" * 50_000, OUT_OF_ORDER]),
    Row("DATA after BDAT", *WITH_RECIPIENT, bdat(CHUNK), ["DATA", "503 5.5.1"]),
    Row("MAIL after BDAT", *WITH_RECIPIENT, bdat(CHUNK), ["MAIL FROM:<>", "503 5.5.1"]),
    Row("RCPT after BDAT", *WITH_RECIPIENT, bdat(CHUNK), ["RCPT TO:<bob@example.org>", "503 5.5.1"]),
    Row("RSET after BDAT", *WITH_RECIPIENT, bdat(CHUNK), ["RSET", "250"], MAIL, RCPT, DATA, message(b"x\r\n")),
    Row("EHLO after BDAT", *WITH_RECIPIENT, bdat(CHUNK), HELLO, MAIL, RCPT, bdat(CHUNK, last=True)),
    Row("NOOP between chunks", *WITH_RECIPIENT, bdat(CHUNK), ["NOOP", "250"], bdat(b"x\r\n", last=True)),
    Row("QUIT between chunks", *WITH_RECIPIENT, bdat(CHUNK), ["QUIT", "221", CLOSED]),
    Row("RSET right behind a chunk", *WITH_RECIPIENT, [b"BDAT %d\r\n" % len(CHUNK) + CHUNK + b"RSET\r\nNOOP\r\n", "250", "250", "250"]),
    Row("BDAT after RSET", *WITH_RECIPIENT, bdat(CHUNK), ["RSET", "250"], [b"BDAT 6 LAST\r\nQUIT\r\n", OUT_OF_ORDER]),
    Row("BDAT after BDAT LAST", *WITH_RECIPIENT, bdat(CHUNK, last=True), [b"BDAT 6 LAST\r\nQUIT\r\n", OUT_OF_ORDER]),
    Row("BDAT without a size", *WITH_RECIPIENT, ["BDAT", "501 5.5.4"]),
    Row("BDAT with no number", *WITH_RECIPIENT, ["BDAT x", "501 5.5.4"]),
    Row("BDAT with a negative number", *WITH_RECIPIENT, ["BDAT -5", "501 5.5.4"]),
    Row("BDAT with what is not LAST", *WITH_RECIPIENT, [b"BDAT 6 FIRST\r\nQUIT\r\n", "501 5.5.4"]),
    Row("BDAT with more behind LAST", *WITH_RECIPIENT, [b"BDAT 6 LAST x\r\nQUIT\r\n", "501 5.5.4"]),
    Row("a message whose chunk was refused is no message", *WITH_RECIPIENT,
        [b"BDAT 6 FIRST\r\nhello\n" + b"BDAT %d LAST\r\n" % len(CHUNK) + CHUNK, "501 5.5.4", "55[04] 5"], MAIL),
    Row("after HELO there is no BDAT", ["HELO client.example", "250"], MAIL, RCPT, [b"BDAT 6 LAST\r\nQUIT\r\n", "(50[03] 5|250|554 5.6.0)"]),
    Row("a chunk with a NUL", *WITH_RECIPIENT, bdat(CHUNK + b"a\0b\r\n", last=True, reply="55[04] 5.6.0"), MAIL),
    Row("a chunk with a bare LF", *WITH_RECIPIENT, bdat(CHUNK + b"a\nb\r\n", last=True, reply="55[04] 5.6.0"), MAIL),
    Row("a chunk with a bare CR", *WITH_RECIPIENT, bdat(CHUNK + b"a\rb\r\n", last=True, reply="55[04] 5.6.0"), MAIL),
    Row("a message that ends in no CRLF", *WITH_RECIPIENT, bdat(CHUNK + b"the end", last=True), MAIL),
    Row("a message that ends in CR", *WITH_RECIPIENT, bdat(CHUNK + b"the end\r", last=True, reply="55[04] 5.6.0"), MAIL),
    Row("a chunk larger than any message is swallowed", *WITH_RECIPIENT,
        [b"BDAT 60000000\r\n" + b"a" * 60_000_000, "552 5.3.4"], ["NOOP", "250"]),
    Row("a size that no machine can hold", *WITH_RECIPIENT, ["BDAT 99999999999999999999 LAST", "421 4", CLOSED]),
    Row("the smuggler's dot in a chunk", *WITH_RECIPIENT,
        bdat(CHUNK + b".\r\nMAIL FROM:<evil@example.net>\r\n", last=True), ["RCPT TO:<alice@example.org>", "503"]),
]
ROWS += [Row(f"chunks of {size} octets", *WITH_RECIPIENT,
             *[bdat(CHUNK[at:at + size]) for at in range(0, len(CHUNK), size)], bdat(b"", last=True)) for size in (1, 2, 7, 40)]
