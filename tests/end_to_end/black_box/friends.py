# SPDX-License-Identifier: BSD-2-Clause
"""What a host hears that may relay: VRFY and EXPN (RFC 5321 §3.5), ETRN (RFC 1985), FUTURERELEASE (RFC 4865). There are
alice, bob, and a list "staff" of both."""

from black_box.parts import *

FROM = "MAIL FROM:<carol@example.net>"
ROWS = [Row(f"§3.5.1: VRFY {name}", HELLO, [f"VRFY {name}", "250 2.1.5 <alice@example.org>"])
        for name in ("alice@example.org", "<alice@example.org>", "ALICE@EXAMPLE.ORG", "alice", "Alice", "alice SMTPUTF8",
                     '"alice"@example.org')]
ROWS += [Row(f"§3.5.3: VRFY {name} is nobody", HELLO, [f"VRFY {name}", "550 5.1.1"])
         for name in ("nobody@example.org", "nobody", "<nobody@example.org>", "a/alice")]
ROWS += [Row(f"§3.5.1: no VRFY {name}", HELLO, [f"VRFY {name}", "50[14] 5.5.4|553 5"])
         for name in ("alice@", "@example.org", "<alice@example.org", "alice bob", "<>", "alice@example.org more", "a..b@example.org",
                      '"alice')]
ROWS += [Row(f"§3.5.2: EXPN {name}", HELLO, [f"EXPN {name}", "250 2.1.5 <bob@example.org>"])
         for name in ("staff@example.org", "staff", "<staff@example.org>", "STAFF")]
ROWS += [
    Row("§3.5.2: EXPN of a mailbox", HELLO, ["EXPN alice@example.org", "550 5.1.0|250 2"]),
    Row("§3.5.2: EXPN of nobody", HELLO, ["EXPN nobody@example.org", "550 5.1.1"]),
    Row("§3.5.3: VRFY elsewhere", HELLO, ["VRFY eve@elsewhere.example", "252 2"]),
    Row("VRFY before EHLO", ["VRFY alice", "250 2.1.5"]),
    Row("VRFY leaves a transaction as it is", *WITH_RECIPIENT, ["VRFY bob", "250 2.1.5"], DATA, message(b"x\r\n")),
    Row("RFC 6531 §3.7.4.2: a name in UTF-8", HELLO, ["VRFY jürgen@example.org", "55[03] 5.6.7"],
        ["VRFY jürgen@example.org SMTPUTF8", "550 5.1.1"]),
    Row("RFC 6531: a name that is no UTF-8", HELLO, [b"VRFY j\xfcrgen@example.org SMTPUTF8\r\n", "50[01] 5.5|553 5"]),
    Row("relaying", HELLO, MAIL, ["RCPT TO:<eve@elsewhere.example>", "250 2.1.5"], DATA, message(b"x\r\n")),
    Row("§4.1.3: to an address literal", HELLO, MAIL, ["RCPT TO:<eve@[192.0.2.1]>", "250 2.1.5"],
        ["RCPT TO:<eve@[IPv6:2001:db8::1]>", "250 2.1.5"]),
    Row("Appendix C: a source route does not lead the way", HELLO, MAIL, ["RCPT TO:<@elsewhere.example:nobody@example.org>", "550 5.1.1"]),
    Row("RFC 4865: both forms at once", HELLO, [f"{FROM} HOLDFOR=60 HOLDUNTIL=2099-01-01T00:00:00Z", "501 5.5.4"], MAIL),
    Row("RFC 4865: it is of MAIL", HELLO, MAIL, ["RCPT TO:<alice@example.org> HOLDFOR=60", "555 5.5.4"], RCPT),
    Row("RFC 4865: not behind HELO", ["HELO client.example", "250 "], [f"{FROM} HOLDFOR=60", "555 5.5.4"]),
]
ROWS += [Row(f"RFC 1985 §5: ETRN {domain}", HELLO, [f"ETRN {domain}", "25[0-3] 2"])
         for domain in ("example.net", "@example.net", "EXAMPLE.NET")]
ROWS += [Row(f"RFC 1985 §5: no ETRN {domain}", HELLO, [f"ETRN {domain}".strip(), "(501 5.5.4|458 4|459 4)"])
         for domain in ("", "#queue", "#", "@", "a b", "-a.example", "a..b", "../../x", "[192.0.2.1]", "example.net.", "a/b", "*")]
ROWS += [
    Row("RFC 1985 §5.1: not before EHLO", ["ETRN example.net", "503 5.5.1"]),
    Row("RFC 1985 §5.1: not within a transaction", HELLO, MAIL, ["ETRN example.net", "503 5.5.1"], RCPT),
]
ROWS += [Row(f"RFC 4865 §4: {word}", HELLO, [f"{FROM} {word}", "250 2.1.0"])
         for word in ("HOLDFOR=1", "holdfor=3600", "HOLDUNTIL=2020-01-01T00:00:00Z", "HOLDUNTIL=2020-01-01T00:00:00.5+01:00")]
ROWS += [Row(f"RFC 4865 §4: no {word}", HELLO, [f"{FROM} {word}", "501 5.5.4"], MAIL)
         for word in ("HOLDFOR", "HOLDFOR=", "HOLDFOR=0", "HOLDFOR=01", "HOLDFOR=-1", "HOLDFOR=1s", "HOLDFOR=1000000000",
                      "HOLDFOR=999999999", "HOLDFOR=1 HOLDFOR=1", "HOLDUNTIL", "HOLDUNTIL=", "HOLDUNTIL=tomorrow",
                      "HOLDUNTIL=2099-01-01", "HOLDUNTIL=2099-01-01T00:00:00", "HOLDUNTIL=2026-13-01T00:00:00Z",
                      "HOLDUNTIL=2099-01-01T00:00:00Z", "HOLDUNTIL=2026-02-30T00:00:00Z")]
