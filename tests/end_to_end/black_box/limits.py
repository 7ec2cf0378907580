# SPDX-License-Identifier: BSD-2-Clause
"""How much is too much (RFC 5321 §4.5.3.1, §7.8): at a server that takes messages of 2,000 octets, 100 recipients, 5 bad
commands, 10 that move no mail, 3 recipients that do not exist."""

from black_box.parts import *

FROM = "MAIL FROM:<carol@example.net>"
TOO_BIG = "552 5.3.4"


def to(number):
    return [f"RCPT TO:<alice+{number}@example.org>", "250 2.1.5"]


HUNDRED = [to(number) for number in range(100)]
ROWS = [
    Row("§4.5.3.1.8: a hundred recipients", HELLO, MAIL, *HUNDRED, DATA, message(b"x\r\n")),
    Row("§4.5.3.1.10: one more is put off, and the others get it", HELLO, MAIL, *HUNDRED,
        ["RCPT TO:<bob@example.org>", "452 4.5.3"], ["RCPT TO:<alice+1@example.org>", "250 2.1.5|452 4.5.3"], DATA, message(b"x\r\n")),
    Row("RFC 1870 §6.1: what is said to be too big", HELLO, [f"{FROM} SIZE=2001", TOO_BIG], [f"{FROM} SIZE=2000", "250 2.1.0"]),
    Row("RFC 1870 §6.3: what is too big", *IN_DATA, message(b"a\r\n" * 700, TOO_BIG), MAIL),
    Row("RFC 1870 §5: line ends count, dots that are added do not", *IN_DATA, message(b"..\r\n" * ((2000 - len(HEADER)) // 3))),
    Row("BDAT: what is too big", *WITH_RECIPIENT, [b"BDAT 2001 LAST\r\n" + b"a" * 2001, TOO_BIG], MAIL),
    Row("BDAT: what is too big in all", *WITH_RECIPIENT, [b"BDAT %d\r\n" % (len(HEADER) + 1200) + HEADER + b"a\r\n" * 400, "250"],
        [b"BDAT 800\r\n" + b"b" * 800, TOO_BIG], [b"BDAT 1 LAST\r\nQ", TOO_BIG], MAIL),
    Row("§7.8: five bad commands, and no more", HELLO, *[["FROB", "500 5.5.1"]] * 5, ["FROB", "421 4.7.0", CLOSED]),
    Row("§7.8: they are counted over transactions", HELLO, *[MAIL, ["DATA", "503 5.5.1"], ["RSET", "250"]] * 5,
        ["FROB", "421 4.7.0", CLOSED]),
    Row("bad chunks are bad commands", HELLO, *[[b"BDAT 1\r\nx", "503 5.5.1"]] * 5, [b"BDAT 1\r\nx", "421 4.7.0", CLOSED]),
    Row("ten commands that move no mail, and no more", *[["NOOP", "250"]] * 10, ["NOOP", "421 4.7.0", CLOSED]),
    Row("RSET moves no mail", *[["RSET", "250"]] * 10, ["RSET", "421 4.7.0", CLOSED]),
    Row("EHLO moves no mail", *[HELLO] * 10, ["EHLO client.example", "421 4.7.0", CLOSED]),
    Row("transactions that come to nothing", *[HELLO] * 2, *[MAIL, ["RSET", "250"]] * 8, MAIL, ["RSET", "421 4.7.0", CLOSED]),
    Row("a message gives new credit", HELLO, *[["NOOP", "250"]] * 9, MAIL, RCPT, DATA, message(b"x\r\n"), *[["NOOP", "250"]] * 9),
    Row("a refused message does not take it", HELLO, *[["NOOP", "250"]] * 9, MAIL, RCPT, DATA, message(b"a\nb\r\n", "55[04] 5.6.0"),
        ["NOOP", "421 4.7.0", CLOSED]),
    Row("three that do not exist, and no more", HELLO, MAIL, *[[f"RCPT TO:<no{i}@example.org>", "550 5.1.1"] for i in range(3)],
        ["RCPT TO:<no@example.org>", "421 4.7.0", CLOSED]),
    Row("relaying is refused as often", HELLO, MAIL, *[["RCPT TO:<eve@elsewhere.example>", "550 5.7.1"]] * 3,
        ["RCPT TO:<eve@elsewhere.example>", "421 4.7.0", CLOSED]),
    Row("lines that are too long are bad commands", HELLO, *[[b"NOOP " + b"x" * 3000 + b"\r\n", "500 5.5.2"]] * 5,
        [b"x" * 3000 + b"\r\n", "421 4.7.0", CLOSED]),
    Row("nothing behind 421 is run", HELLO, [b"FROB\r\n" * 20 + b"QUIT\r\n", *["500 5.5.1"] * 5, "421 4.7.0", CLOSED]),
    Row("the last words are not lost, however much comes behind", HELLO,
        [b"FROB\r\n" * 200_000, *["500 5.5.1"] * 5, "421 4.7.0", CLOSED]),
    Row("a client that knows only LF", [b"EHLO client.example\nMAIL FROM:<carol@example.net>\n" * 10, *["500 5.5.2"] * 5, "421 4.7.0", CLOSED]),
]
