# SPDX-License-Identifier: BSD-2-Clause
"""AUTH at a submission service (RFC 4954, RFC 4616, RFC 6409): the dialogue; the user is alice, her password "secret"."""

import base64

from black_box.parts import *


def b64(octets):
    return base64.b64encode(octets).decode()


SECURE = [HELLO, ["STARTTLS", "220 2.0.0", TLS], HELLO]
RIGHT = b64(b"\0alice@example.org\0secret")
KNOWN = [*SECURE, [f"AUTH PLAIN {RIGHT}", "235 2.7.0"]]
FROM = ["MAIL FROM:<alice@example.org>", "250 2.1.0"]
OWN = [FROM, ["RCPT TO:<eve@elsewhere.example>", "250 2.1.5"], DATA,
       [b"From: alice@example.org\r\nSubject: x\r\n\r\nx\r\n.\r\n", "250 2.0.0"]]
UNSAID = ["MAIL FROM:<alice@example.org>", "530 5.7.0"]

ROWS = [
    Row("RFC 6409 §4.3: no mail without a login", HELLO, UNSAID, SECURE[1], HELLO, UNSAID),
    Row("RFC 4954 §4: in one line", *KNOWN, *OWN),
    Row("RFC 4954 §4: with a challenge", *SECURE, ["AUTH PLAIN", "334 $"], [RIGHT, "235 2.7.0"], *OWN),
    Row("RFC 4954 §4: mechanisms in any case", *SECURE, [f"auth plain {RIGHT}", "235 2.7.0"]),
    Row("LOGIN", *SECURE, ["AUTH LOGIN", "334 VXNlcm5hbWU6"], [b64(b"alice@example.org"), "334 UGFzc3dvcmQ6"],
        [b64(b"secret"), "235 2.7.0"], FROM),
    Row("RFC 4954 §4: twice", *KNOWN, [f"AUTH PLAIN {RIGHT}", "503 5.5.1"]),
    Row("RFC 4954 §4: not within a transaction", *KNOWN, FROM, [f"AUTH PLAIN {RIGHT}", "503 5.5.1"]),
    Row("RFC 4954 §4: not before EHLO", [f"AUTH PLAIN {RIGHT}", "503 5.5.1"]),
    Row("RFC 4954 §4: not without encryption", HELLO, [f"AUTH PLAIN {RIGHT}", "538 5.7.11|504 5|530 5.7.0"], UNSAID),
    Row("RFC 4954 §4: cancelled", *SECURE, ["AUTH PLAIN", "334"], ["*", "501 5"], UNSAID),
    Row("RFC 4954 §4: cancelled in the middle", *SECURE, ["AUTH LOGIN", "334"], [b64(b"alice"), "334"], ["*", "501 5"], UNSAID),
    Row("RFC 4954 §6: a wrong password", *SECURE, ["AUTH PLAIN " + b64(b"\0alice@example.org\0wrong"), "535 5.7.8"], UNSAID),
    Row("RFC 4954 §6: nobody of that name", *SECURE, ["AUTH PLAIN " + b64(b"\0nobody@example.org\0secret"), "535 5.7.8"], UNSAID),
    Row("RFC 4954 §4: behind RSET and EHLO it still holds", *KNOWN, ["RSET", "250"], HELLO, FROM),
    Row("RFC 4954 §4: no mechanism", *SECURE, ["AUTH", "501 5.5.4"]),
    Row("RFC 4954 §4: an unknown mechanism", *SECURE, ["AUTH FROB", "504 5.5.4"], ["AUTH FROB aaaa", "504 5.5.4"], UNSAID),
    Row("EXTERNAL, which nothing stands for", *SECURE, ["AUTH EXTERNAL =", "504 5.5.4"], UNSAID),
    Row("ANONYMOUS", *SECURE, ["AUTH ANONYMOUS", "504 5.5.4"], UNSAID),
    Row("commands are no responses", *SECURE, ["AUTH PLAIN", "334"], ["QUIT", "501 5.5.2"], ["NOOP", "250"]),
    Row("an empty response where one is needed", *SECURE, ["AUTH PLAIN =", "501 5.5.2|535 5.7.8"], UNSAID),
    Row("an empty line for a response", *SECURE, ["AUTH PLAIN", "334"], ["", "501 5.5.2|535 5.7.8"], UNSAID),
    Row("PLAIN for another user", *SECURE, ["AUTH PLAIN " + b64(b"bob@example.org\0alice@example.org\0secret"), "535 5.7.8"], UNSAID),
    Row("PLAIN for oneself", *SECURE, ["AUTH PLAIN " + b64(b"alice@example.org\0alice@example.org\0secret"), "235 2.7.0"], *OWN),
    Row("RFC 4616: too many NULs", *SECURE, ["AUTH PLAIN " + b64(b"\0alice@example.org\0secret\0"), "501 5.5.2|535 5.7.8"], UNSAID),
    Row("RFC 4616: no password", *SECURE, ["AUTH PLAIN " + b64(b"\0alice@example.org\0"), "501 5.5.2|535 5.7.8"], UNSAID),
    Row("RFC 4616: nobody", *SECURE, ["AUTH PLAIN " + b64(b"\0\0"), "501 5.5.2|535 5.7.8"], UNSAID),
    Row("RFC 4616: what is no UTF-8", *SECURE, ["AUTH PLAIN " + b64(b"\0\xff\xfe\0secret"), "501 5.5.2|535 5.7.8"], UNSAID),
    Row("a user that would be another file", *SECURE, ["AUTH PLAIN " + b64(b"\0../../alice@example.org\0secret"), "535 5.7.8"], UNSAID),
    Row("a user with CRLF in his name", *SECURE, ["AUTH PLAIN " + b64(b"\0alice\r\n250 OK\0secret"), "535 5.7.8|501 5.5.2"], UNSAID),
    Row("a response of 12,288 octets and more", *SECURE, ["AUTH PLAIN", "334"], [b"A" * 20_000 + b"\r\n", "500 5.5.[26]"], UNSAID),
    Row("a command of 12,288 octets and more", *SECURE, [b"AUTH PLAIN " + b"A" * 20_000 + b"QUIT\r\n", "500 5.5.[26]"], UNSAID),
    Row("a response with a NUL", *SECURE, ["AUTH PLAIN", "334"], [b"AAAA\0\r\n", "50[01] 5.5"], UNSAID),
    Row("a response that ends in LF", *SECURE, ["AUTH PLAIN", "334"], [RIGHT.encode() + b"\nNOOP\r\n", "50[01] 5.5"], UNSAID),
    Row("RFC 6409 §6.1: a sender that is not his", *KNOWN, ["MAIL FROM:<bob@example.org>", "55[03] 5.7.1"], FROM),
    Row("a sender elsewhere that is not his", *KNOWN, ["MAIL FROM:<alice@example.net>", "55[03] 5.7.1"]),
    Row("his own with a tag", *KNOWN, ["MAIL FROM:<alice+shop@example.org>", "250 2.1.0"]),
    Row("the null reverse-path", *KNOWN, ["MAIL FROM:<>", "250 2.1.0"]),
    Row("RFC 4954 §5: AUTH= of MAIL", *KNOWN, ["MAIL FROM:<alice@example.org> AUTH=<>", "250 2.1.0"], ["RSET", "250"],
        ["MAIL FROM:<alice@example.org> AUTH=alice+40example.org", "501 5.5.4|250"], ["RSET", "250"],
        ["MAIL FROM:<alice@example.org> AUTH=alice@example.org", "250 2.1.0"]),
    Row("RFC 4954 §5: no AUTH= of MAIL", *KNOWN, ["MAIL FROM:<alice@example.org> AUTH=", "501 5.5.4"],
        ["MAIL FROM:<alice@example.org> AUTH", "501 5.5.4"], ["MAIL FROM:<alice@example.org> AUTH=<> AUTH=<>", "501 5.5.4"],
        ["MAIL FROM:<alice@example.org> AUTH=a+zz", "501 5.5.4"]),
    Row("RFC 4865: a message that is held", *KNOWN, ["MAIL FROM:<alice@example.org> HOLDFOR=60", "250 2.1.0"]),
    Row("five wrong passwords are enough", *SECURE, *[["AUTH PLAIN " + b64(b"\0alice@example.org\0%d" % i), "535 5.7.8"] for i in range(4)],
        ["AUTH PLAIN " + b64(b"\0alice@example.org\0no"), "421 4.7.0", CLOSED]),
]
ROWS += [Row(f"no base64: {text!r}", *SECURE, [f"AUTH PLAIN {text}", "501 5.5.2"], ["AUTH PLAIN", "334"], [text, "501 5.5.2"], UNSAID)
         for text in ("!", "AAA", "A", "AA=A", "AAAA=", "AA== AA==", RIGHT[:-1] + "!", "====", "AAAA\tAAAA", "-_AA")]
# What was said in clear, or before the reply, is nobody's login.
ROWS += [Row(f"injected behind STARTTLS: {injected[:12]!r}", HELLO, [b"STARTTLS\r\n" + injected, "220", TLS], HELLO, UNSAID)
         for injected in (f"AUTH PLAIN {RIGHT}\r\n".encode(), b"EHLO x\r\n" + f"AUTH PLAIN {RIGHT}\r\n".encode())]
