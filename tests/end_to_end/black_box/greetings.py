# SPDX-License-Identifier: BSD-2-Clause
"""The argument of EHLO and HELO: RFC 5321 §4.1.1.1, §4.1.3, §4.1.4, §4.5.3.1.2. A false name is not refused, only what
is no name."""

from black_box.parts import *

LABEL = "a" * 63

LEGAL = [
    "CLIENT.EXAMPLE", "a", "localhost", "localhost.localdomain", "1.2.3.4", "3com.example", "a-b.c-d.example", "a--b.example",
    "xn--bcher-kva.example", "a_b.example", "_a.example", "1", f"{LABEL}.example", f"{LABEL}.{LABEL}.{LABEL}",
    f"{LABEL}.{LABEL}.{LABEL}.{LABEL[2:]}", f"{LABEL}.{LABEL}.{LABEL}.{LABEL}",
    "[192.0.2.1]", "[192.000.002.001]", "[0.0.0.0]", "[255.255.255.255]", "[IPv6:::]", "[IPv6:::1]", "[ipv6:2001:DB8::1]",
    "[IPv6:1:2:3:4:5:6:7:8]", "[IPv6:1:2:3:4:5:6:192.0.2.1]", "[IPv6:::ffff:192.0.2.1]", "[IPv6:1::8]",
]
ILLEGAL = [
    "client.example more", ".", "example.", ".example", "a..b", "-a.example", "a-.example", "a.-", f"{LABEL}a.example",
    f"a.{LABEL}.{LABEL}.{LABEL}.{LABEL}", "[", "]", "[]", "[192.0.2.1", "192.0.2.1]", "[192.0.2]", "[192.0.2.256]",
    "[192.0.2.1.1]", "[192.0.2.0001]", "[192.0.2.-1]", "[ 192.0.2.1]", "[192.0.2.1 ]", "[192.0.2.1]x", "x[192.0.2.1]",
    "[IPv6:]", "[IPv6::]", "[IPv6:::1::]", "[2001:db8::1]", "[IPv6:1:2:3:4:5:6:7:8:9]", "[IPv6:1:2:3:4:5:6:7]",
    "[IPv6:12345::]", "[IPv6:fe80::1%eth0]", "[IPv6:1:2:3:4:5:6:7::]", "[IPv6:::192.0.2]", "[IPv6:192.0.2.1]", "[IPv7:::1]",
    "[tag:content]", "<client.example>", "a@b", "a;b", "(a)", "a,b", '"a"', "a/b", "a\\b", "a:25", "*", "a%00b", "client\texample",
]
ROWS = [Row(f"§4.1.1.1: {verb} {name}", [f"{verb} {name}", "250 "], MAIL) for verb in ("EHLO", "HELO") for name in LEGAL]
ROWS += [Row(f"§4.1.1.1: no {verb} {name}", [f"{verb} {name}", "501 5.5.4"], ["MAIL FROM:<>", "503 5.5.1"])
         for verb in ("EHLO", "HELO") for name in ILLEGAL]
ROWS += [
    Row("§4.1.1.1: no name in 8-bit", [b"EHLO \xc3\xa4.example\r\n", "50[01] 5.5"], [b"HELO \xe4.example\r\n", "50[01] 5.5"]),
    Row("§4.1.4: each EHLO stands for itself", ["EHLO one.example", "250 "], ["EHLO two.example", "250 "],
        ["HELO three.example", "250 "], ["EHLO four.example", "250 "], MAIL),
    Row("§4.1.4: EHLO within a transaction is RSET", HELLO, MAIL, HELLO, MAIL, RCPT, HELLO, ["RCPT TO:<alice@example.org>", "503 5.5.1"]),
    Row("§4.1.4: HELO within a transaction is RSET", HELLO, MAIL, RCPT, ["HELO client.example", "250 "], ["DATA", "503 5.5.1"]),
    Row("§4.1.1.11: HELO takes the extensions away", HELLO, ["HELO client.example", "250 "],
        ["MAIL FROM:<carol@example.net> SIZE=1", "555 5.5.4"], HELLO, ["MAIL FROM:<carol@example.net> SIZE=1", "250 2.1.0"]),
    Row("RFC 2033 §4.1: LHLO is no word of SMTP", ["LHLO client.example", "500 5.5.1"], ["MAIL FROM:<>", "503 5.5.1"]),
]
