# SPDX-License-Identifier: BSD-2-Clause
"""Octets that no command may have, each in each place (RFC 5321 §2.4, §4.1.2), and texts that want to come back in a reply."""

from black_box.parts import *

# RFC 5321 §4.1.1.9 lets a string be an argument of NOOP, in which a tab may stand; a bare CR or LF is refused elsewhere.
CONTROLS = [bytes([octet]) for octet in [*range(0x20), 0x7f] if octet not in (0x09, 0x0a, 0x0d)]
PLACES = [b"NOOP a%sb\r\n", b"EHLO a%sb.example\r\n", b"MAIL FROM:<a%sb@example.net>\r\n", b'MAIL FROM:<"a\\%sb"@example.net>\r\n',
          b"MAIL FROM:<carol@example.net> SIZE=1%s\r\n", b"RSET%s\r\n", b"%sRSET\r\n", b"VRFY a%sb\r\n"]
REFUSED = "50[01] 5"

SOME = [b"\0", b"\x01", b"\x0b", b"\x1b", b"\x7f"]
ROWS = [Row(f"{octet!r} in {place!r}", HELLO, [place.replace(b"%s", octet), REFUSED], MAIL)
        for place in PLACES for octet in (CONTROLS if place.startswith((b"NOOP", b"MAIL FROM:<a%s")) else SOME)]
ROWS += [Row(f"a tab in {place!r}", HELLO, [place.replace(b"%s", b"\t"), REFUSED], MAIL)
         for place in PLACES if not place.startswith((b"NOOP", b"VRFY", b"RSET", b"%sRSET")) and b"SIZE" not in place]
ROWS += [Row(f"{octet!r} in content is content", HELLO, MAIL, RCPT, DATA, message(b"a" + octet + b"b\r\n"))
         for octet in (b"\x01", b"\x07", b"\x08", b"\t", b"\x0b", b"\x0c", b"\x1a", b"\x1b", b"\x7f")]

EVIL = ["250 2.0.0 OK", "a\\r\\n250 OK", "%0d%0a250 OK", "\x7f", "x" * 300, "ä" * 100, "<script>", "=?utf-8?q?=0d=0a250?="]
ROWS += [Row(f"HELP {text[:20]!r} brings no text back", HELLO, [f"HELP {text}", "50[0-4] 5"]) for text in EVIL]
ROWS += [Row(f"VRFY {text[:20]!r} brings no text back", HELLO, [f"VRFY {text}", "(252 2|50[0-4] 5|55[03] 5)"]) for text in EVIL]
ROWS += [Row(f"a field called {name!r} in a refusal", *IN_DATA,
             [name + b": x\r\n" + name + b": x\r\nFrom: a@b.example\r\nFrom: c@d.example\r\n\r\nx\r\n.\r\n", "55[04] 5.6.0|250 2"])
         for name in (b"x" * 900, b"a" * 990, b"\xc3\xa4" * 40, b"\xff" * 200, b"a b", b"a\tb", b"250 OK", b"a\x01b", b"a\x7fb", b"")]
ROWS += [Row(f"fields that are given twice: {name.decode()}", *IN_DATA,
             [HEADER[:-2] + (name + b": <a@b.example>\r\n") * 2 + b"\r\nx\r\n.\r\n", "55[04] 5.6.0"])
         for name in (b"From", b"FROM", b"Sender", b"Reply-To", b"To", b"Cc", b"Message-ID", b"Subject")]
