# SPDX-License-Identifier: BSD-2-Clause
"""Content behind DATA: its end, its octets, its lines."""

from black_box.parts import *

NOT_CLEAN = "55[04] 5.6.0|521|421"
# What some servers take, or took, for CRLF.CRLF. Behind each stands what a smuggler wants to be run as commands.
FALSE_ENDS = [b"\n.\n", b"\n.\r\n", b"\r.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b"\n.\r", b"\r\r\n.\r\r\n", b"\r\n\0.\r\n",
              b"\r\n.\0\r\n", b"\n\n.\n\n", b"\r\n.\r\0\n", b"\x0b.\x0b", b"\x85.\x85", b"\r\n.\x1a\r\n", b"\0\r\n.\n"]
SMUGGLED = b"MAIL FROM:<evil@example.net>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\nFrom: evil@example.net\r\n\r\nsmuggled\r\n"

ROWS = [
    Row(f"smuggling by {end!r}", *IN_DATA, [HEADER + b"one" + end + SMUGGLED + b".\r\n", f"{NOT_CLEAN}|250 2.0.0"])
    for end in FALSE_ENDS
]
ROWS += [Row(f"{octets!r} in content", *IN_DATA, message(b"a" + octets + b"b\r\n", NOT_CLEAN), MAIL, RCPT, DATA, message(b"x\r\n"))
         for octets in (b"\r", b"\n", b"\0", b"\r\r\n", b"\n\r", b"\r\0\n")]
ROWS += [Row(f"{octets!r} in the header", *IN_DATA,
             [b"From: carol@example.net\r\nX-A: b" + octets + b"c\r\n\r\nx\r\n.\r\n", "55[04] 5"])
         for octets in (b"\r", b"\n", b"\0")]
ROWS += [
    Row("§4.5.2: dots at the beginning of lines", *IN_DATA, message(b"..\r\n...\r\n..x\r\n")),
    Row("§4.5.2: a single dot that is stuffed is content", *IN_DATA, message(b"..\r\nNOOP\r\n")),
    Row("§4.5.2: a lone dot within a line", *IN_DATA, message(b"a.\r\n.b\r\nx\r\n")),
    Row("§4.1.1.4: the dot at once", *IN_DATA, [b".\r\n", "(250 2.0.0|55[04] 5)"]),
    Row("§4.5.3.1.6: lines of 998 octets", *IN_DATA, message(b"a" * 998 + b"\r\n")),
    Row("§4.5.3.1.6: a line of 999 octets", *IN_DATA, message(b"a" * 999 + b"\r\n", "(250 2.0.0|55[024] 5.6.0|500)")),
    Row("a line of a million octets", *IN_DATA, message(b"a" * 1_000_000 + b"\r\n", "55[024] 5.6.0|500 5"), MAIL),
    Row("commands in content are content", *IN_DATA, message(b"QUIT\r\nRSET\r\nDATA\r\n")),
    Row("pipelined commands behind the dot", *IN_DATA,
        [HEADER + b"x\r\n.\r\nMAIL FROM:<carol@example.net>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\n",
         "250 2.0.0", "250 2.1.0", "250 2.1.5", "354"], message(b"y\r\n")),
    Row("pipelined commands behind a refused message", *IN_DATA,
        [HEADER + b"x\ny\r\n.\r\nMAIL FROM:<carol@example.net>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\n",
         NOT_CLEAN, "250 2.1.0", "250 2.1.5", "354"], message(b"y\r\n")),
    Row("QUIT behind the dot", *IN_DATA, [HEADER + b"x\r\n.\r\nQUIT\r\n", "250 2.0.0", "221", CLOSED]),
    Row("RFC 2920: a whole transaction at once", HELLO,
        [b"MAIL FROM:<carol@example.net>\r\nRCPT TO:<alice@example.org>\r\nRCPT TO:<nobody@example.org>\r\n"
         b"RCPT TO:<bob@example.org>\r\nDATA\r\n", "250", "250", "550 5.1.1", "250", "354"], message(b"x\r\n")),
    Row("RFC 2920 §3.1: all recipients refused, DATA pipelined", HELLO,
        [b"MAIL FROM:<carol@example.net>\r\nRCPT TO:<nobody@example.org>\r\nDATA\r\n", "250", "550 5.1.1", "503|554"]),
    Row("RFC 2920: RSET in a pipeline", HELLO,
        [b"MAIL FROM:<carol@example.net>\r\nRSET\r\nMAIL FROM:<>\r\nRCPT TO:<alice@example.org>\r\nRSET\r\nNOOP\r\n",
         "250", "250", "250", "250", "250", "250"]),
    Row("RFC 2920: everything from EHLO to QUIT in one packet",
        [b"EHLO client.example\r\nMAIL FROM:<carol@example.net>\r\nRCPT TO:<alice@example.org>\r\nNOOP\r\nQUIT\r\n",
         "250", "250", "250", "250", "221", CLOSED]),
    Row("§6.3: a mail loop", *IN_DATA,
        [b"Received: from a by b; Thu, 26 Nov 2026 00:00:00 +0000\r\n" * 150 + HEADER + b".\r\n", "554 5.4.6"]),
    Row("§4.1.1.4: a message of 1 MiB", *IN_DATA, message((b"a" * 70 + b"\r\n") * 14_564)),
]
