# SPDX-License-Identifier: BSD-2-Clause
"""Parameters of MAIL and RCPT."""

from black_box.parts import *

FROM = "MAIL FROM:<carol@example.net>"
TO = "RCPT TO:<alice@example.org>"
BAD = "50[14] 5.5|555 5.5"

LEGAL_MAIL = ["SIZE=1000", "SIZE=0", "size=1000", "BODY=7BIT", "BODY=8BITMIME", "body=8bitmime", "SIZE=10 BODY=8BITMIME",
              "BODY=BINARYMIME", "SMTPUTF8", "smtputf8", "SMTPUTF8 BODY=8BITMIME SIZE=10", "RET=HDRS", "RET=FULL",
              "ret=full", "ENVID=QQ314159", "ENVID=a+20b", "RET=HDRS ENVID=x SIZE=10"]
ILLEGAL_MAIL = ["SIZE", "SIZE=", "SIZE=x", "SIZE=-1", "SIZE=1x", "SIZE=0x10", "SIZE=123456789012345678901", "SIZE=1 SIZE=1",
                "BODY", "BODY=", "BODY=9BIT", "BODY=8BITMIME BODY=7BIT", "SMTPUTF8=yes", "SMTPUTF8 SMTPUTF8", "RET",
                "RET=", "RET=SOME", "RET=HDRS RET=FULL", "ENVID=", "ENVID=a+2b", "ENVID=a+zz", "ENVID=a=b",
                "ENVID=" + "x" * 101, "FROB", "FROB=1", "=1", "SIZE=10 FROB", "NOTIFY=NEVER", "ORCPT=rfc822;a@b.example"]
LEGAL_RCPT = ["NOTIFY=NEVER", "NOTIFY=SUCCESS", "NOTIFY=SUCCESS,FAILURE,DELAY", "notify=failure", "NOTIFY=DELAY,FAILURE",
              "ORCPT=rfc822;carol@example.com", "ORCPT=rfc822;a+2Bb@example.com", "NOTIFY=FAILURE ORCPT=rfc822;a@b.example"]
ILLEGAL_RCPT = ["NOTIFY", "NOTIFY=", "NOTIFY=NEVER,SUCCESS", "NOTIFY=SOMETIMES", "NOTIFY=SUCCESS,", "NOTIFY=,SUCCESS",
                "NOTIFY=NEVER NOTIFY=NEVER", "ORCPT=", "ORCPT=carol@example.com", "ORCPT=rfc822;a+zz", "ORCPT=;x",
                "ORCPT=rfc822;" + "x" * 500, "SIZE=10", "BODY=7BIT", "RET=HDRS", "FROB=1"]

ROWS = [Row(f"MAIL {each}", HELLO, [f"{FROM} {each}", "250 2.1.0"]) for each in LEGAL_MAIL]
ROWS += [Row(f"no MAIL {each}", HELLO, [f"{FROM} {each}", BAD], MAIL) for each in ILLEGAL_MAIL]
ROWS += [Row(f"RCPT {each}", HELLO, MAIL, [f"{TO} {each}", "250 2.1.5"]) for each in LEGAL_RCPT]
ROWS += [Row(f"no RCPT {each}", HELLO, MAIL, [f"{TO} {each}", BAD], RCPT) for each in ILLEGAL_RCPT]
ROWS += [Row(f"§4.1.1.11: no parameters after HELO: {each}", ["HELO client.example", "250 "], [f"{FROM} {each}", BAD], MAIL)
         for each in ("SIZE=10", "BODY=8BITMIME", "RET=HDRS", "SMTPUTF8")]
ROWS += [
    Row("RFC 1870 §6.1: a message that is too big is refused at MAIL", HELLO, [f"{FROM} SIZE=99999999999", "552 5.3.4"], MAIL),
    Row("RFC 1870: SIZE with 20 digits", HELLO, [f"{FROM} SIZE=99999999999999999999", "552 5.3.4"]),
    Row("RFC 1870 §6.1: a false SIZE does no harm", HELLO, [f"{FROM} SIZE=5", "250"], RCPT, DATA, message(b"longer\r\n" * 9)),
    Row("RFC 6531: a UTF-8 sender", HELLO, ["MAIL FROM:<cäröl@exämple.net> SMTPUTF8", "250 2.1.0"], RCPT),
    Row("RFC 6531: an unknown UTF-8 recipient", HELLO, [f"{FROM} SMTPUTF8", "250"],
        ["RCPT TO:<jürgen@example.org>", "550 5.1.1"], RCPT),
    Row("RFC 6531: what is no UTF-8 is no address", HELLO, [b"MAIL FROM:<car\xf6l@example.net> SMTPUTF8\r\n", "50[01] 5|553 5"]),
    Row("RFC 6531: overlong UTF-8 is none", HELLO, [b"MAIL FROM:<a\xc0\xafb@example.net> SMTPUTF8\r\n", "50[01] 5|553 5"]),
    Row("RFC 6531: surrogates are none", HELLO, [b"MAIL FROM:<a\xed\xa0\x80b@example.net> SMTPUTF8\r\n", "50[01] 5|553 5"]),
    Row("RFC 3461: all at once", HELLO, [f"{FROM} RET=HDRS ENVID=x BODY=8BITMIME SIZE=10", "250"],
        [f"{TO} NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob@example.com", "250"], DATA, message(b"x\r\n")),
    Row("RFC 6152: 8-bit content", HELLO, [f"{FROM} BODY=8BITMIME", "250"], RCPT, DATA, message(b"gr\xc3\xbc\xc3\x9fe\r\n")),
    Row("8-bit content that was not declared is not spoilt", *IN_DATA, message(b"\xff\xfe\r\n", "250 2.0.0|55[04] 5.6")),
]
