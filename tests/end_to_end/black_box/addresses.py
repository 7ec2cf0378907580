# SPDX-License-Identifier: BSD-2-Clause
"""Paths: RFC 5321 §4.1.2, §4.1.3, §4.5.3.1."""

from black_box.parts import *

LOCAL_64 = "a" * 64
LABEL_63 = "b" * 63
DOMAIN_LONG = ".".join(["c" * 60] * 3)

LEGAL = [
    "carol@example.net", "CAROL@EXAMPLE.NET", "c.a.r.o.l@example.net", "carol+tag@example.net",
    "!#$%&'*+-/=?^_`{|}~@example.net", '"carol smith"@example.net', '"a@b"@example.net', '"a\\"b"@example.net',
    '"a\\\\b"@example.net', '"<>"@example.net', "carol@[192.0.2.1]", "carol@[IPv6:2001:db8::1]", "carol@[IPv6:::1]",
    "carol@[IPv6:::ffff:192.0.2.1]", "carol@a", "carol@1.example", "carol@a-b.example", "1@2.example",
    f"{LOCAL_64}@example.net", f"carol@{LABEL_63}.example", f"a@{DOMAIN_LONG}", "carol@xn--bcher-kva.example",
]
ILLEGAL = [
    "carol", "@example.net", "carol@", "carol@@example.net", "carol@example.net.", "carol@.example.net",
    "carol@example..net", ".carol@example.net", "carol.@example.net", "ca..rol@example.net", "carol@-example.net",
    "carol@example-.net", "carol@exa mple.net", "ca rol@example.net", "carol@exa_mple!.net", '"carol@example.net',
    'carol"@example.net', '"carol"x@example.net', 'x"carol"@example.net', "carol@[192.0.2.256]", "carol@[192.0.2]",
    "carol@[192.0.2.1", "carol@192.0.2.1]", "carol@[IPv6:1:2:3]", "carol@[IPv6:::1::2]", "carol@[IPv6:12345::]",
    "carol@[foo:bar]", "carol@[]", "ca(comment)rol@example.net", "carol@example.net (comment)", "ca,rol@example.net",
    "ca;rol@example.net", "ca<rol@example.net", "carol@example.net@example.com", f"{LOCAL_64}a@example.net",
    f"carol@{LABEL_63}b.example", "carol@" + ".".join(["d" * 62] * 5), "carol@exam\tple.net",
]
CONTROL = [b"ca\x01rol@example.net", b"ca\x7frol@example.net", b"carol@exa\x08mple.net", b'"ca\x02rol"@example.net',
           b"ca\0rol@example.net", b"carol@example.net\0"]
EIGHT_BIT = [b"car\xc3\xb6l@example.net", b"carol@ex\xc3\xa4mple.net", b"car\xf6l@example.net", b"\xff@example.net"]

ROWS = [Row(f"§4.1.2: sender <{each}>", HELLO, [f"MAIL FROM:<{each}>", "250 2.1.0"]) for each in LEGAL]
ROWS += [Row(f"§4.1.2: no sender <{each}>", HELLO, [f"MAIL FROM:<{each}>", "50[01] 5|553 5.1.[37]"], MAIL)
         for each in ILLEGAL]
ROWS += [Row(f"§4.1.2: no recipient <{each}>", HELLO, MAIL, [f"RCPT TO:<{each}>", "50[01] 5|55[03] 5.[17]"], RCPT)
         for each in ILLEGAL]
ROWS += [Row(f"§4.1.2: control characters in {each!r}", HELLO, [b"MAIL FROM:<" + each + b">\r\n", "50[01] 5|553 5"], MAIL)
         for each in CONTROL]
ROWS += [Row(f"RFC 6531 §3.5: 8-bit without SMTPUTF8 in {each!r}", HELLO,
             [b"MAIL FROM:<" + each + b">\r\n", "50[01] 5|55[03] 5.(6.7|1.7|5)"], MAIL) for each in EIGHT_BIT]
ROWS += [Row(f"RFC 6531 §3.5: 8-bit without SMTPUTF8 in RCPT, {each!r}", HELLO, MAIL,
             [b"RCPT TO:<" + each + b">\r\n", "50[01] 5|55[03] 5.(6.7|1.3|5|1.1)"], RCPT) for each in EIGHT_BIT]
ROWS += [
    Row("no brackets around a sender", HELLO, ["MAIL FROM:carol@example.net", "501 5"]),
    Row("no brackets around a recipient", HELLO, MAIL, ["RCPT TO:alice@example.org", "501 5"]),
    Row("only one bracket", HELLO, ["MAIL FROM:<carol@example.net", "501 5"], ["MAIL FROM:carol@example.net>", "501 5"]),
    Row("brackets twice", HELLO, ["MAIL FROM:<<carol@example.net>>", "501 5"]),
    Row("text behind the path", HELLO, ["MAIL FROM:<carol@example.net>x", "501 5"]),
    Row("a parameter with no blank in front", HELLO, ["MAIL FROM:<carol@example.net>SIZE=10", "501 5"]),
    Row("Appendix C: a source route is ignored", HELLO, ["MAIL FROM:<@a.example,@b.example:carol@example.net>", "250 2.1.0"],
        ["RCPT TO:<@mx.example.org:alice@example.org>", "250 2.1.5"]),
    Row("Appendix C: a source route makes no relay", HELLO, MAIL,
        ["RCPT TO:<@example.org:eve@elsewhere.example>", "550 5.7.1"]),
    Row("Appendix C: a broken source route", HELLO, ["MAIL FROM:<@a.example,b.example:carol@example.net>", "501 5"],
        ["MAIL FROM:<@a.example:>", "501 5"], ["MAIL FROM:<@:carol@example.net>", "501 5"]),
    Row("§2.4: the case of a local part", HELLO, MAIL, ["RCPT TO:<ALICE@Example.ORG>", "250 2.1.5"]),
    Row("§4.1.2: a quoted local part that needs no quotes", HELLO, MAIL, ['RCPT TO:<"alice"@example.org>', "250 2.1.5"]),
    Row("a tag", HELLO, MAIL, ["RCPT TO:<alice+lists@example.org>", "250 2.1.5"]),
    Row("an unknown user", HELLO, MAIL, ["RCPT TO:<nobody@example.org>", "550 5.1.1"]),
    Row("a path to another file", HELLO, MAIL, ["RCPT TO:<../../etc/passwd@example.org>", "501 5|550 5.1.1"]),
    Row("a name with a slash", HELLO, MAIL, ["RCPT TO:<a/b@example.org>", "550 5.1.1"]),
    Row("a quoted name with a NUL", HELLO, MAIL, [b'RCPT TO:<"a\0b"@example.org>\r\n', "50[01] 5"]),
    Row("§4.5.3.1.3: a path of more than 256 octets", HELLO, [f"MAIL FROM:<{'a' * 20}@{'.'.join(['e' * 62] * 4)}>", "50[01] 5|553 5"]),
]
