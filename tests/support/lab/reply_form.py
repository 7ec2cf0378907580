# SPDX-License-Identifier: BSD-2-Clause
"""What every reply of an SMTP server must look like, whatever it says: RFC 5321 §4.2, §4.3.2, §4.5.3.1.5, RFC 2034."""

import re

LINE = re.compile(rb"(?P<code>[2-5][0-5]\d)(?P<more>[ -])(?:(?P<status>[245]\.\d{1,3}\.\d{1,3}) )?[\x20-\x7e]*\r\n")
LONGEST = 512
GREETED_BY = ("EHLO", "HELO", "LHLO")

# RFC 5321 §4.3.2; any command may also be answered 500, 501 (syntax), 421, and, where the RFC of an extension says so,
# 530 (RFC 3207 §4, RFC 4954 §6). 502 is for what is not implemented. "" is the greeting, "." the end of content.
OF_ANY = {500, 501, 421}
CODES = {
    "": {220, 554},
    "EHLO": {250, 504, 550}, "HELO": {250, 504, 550, 502, 530}, "LHLO": {250, 504, 550},
    "MAIL": {250, 552, 451, 452, 550, 553, 503, 455, 555, 530},
    "RCPT": {250, 251, 550, 551, 552, 553, 450, 451, 452, 503, 455, 555, 530, 556},     # 556: RFC 7504
    "DATA": {354, 450, 451, 452, 550, 552, 554, 503, 530},
    "BDAT": {250, 450, 451, 452, 550, 552, 554, 503, 502, 530},                         # RFC 3030 §2
    ".": {250, 552, 554, 451, 452, 450, 550},
    "RSET": {250, 530}, "NOOP": {250}, "QUIT": {221}, "HELP": {211, 214, 502, 504, 530},
    "VRFY": {250, 251, 252, 550, 551, 553, 502, 504, 451, 530}, "EXPN": {250, 252, 550, 553, 502, 504, 451, 530},
    "STARTTLS": {220, 454, 503, 502},                                                   # RFC 3207 §4
    "AUTH": {235, 334, 432, 454, 534, 535, 538, 503, 504, 502, 530},                    # RFC 4954 §4, §6
    "ETRN": {250, 251, 252, 253, 458, 459, 503, 502, 530},                              # RFC 1985 §5.2
    "XCLIENT": {220, 550, 503, 502, 451},
}
OF_OTHERS = {500, 502, 503, 530}


class Malformed(AssertionError):
    pass


def verb_of(words):
    """What one reply answers: a verb, or "." for content; None when it is not certain."""
    if isinstance(words, bytes):
        return "." if words.endswith(b"\r\n.\r\n") else "BDAT" if words.upper().startswith(b"BDAT ") else None
    verb = words.split(" ")[0].upper()
    return verb if verb.isalpha() else None


def check_line(line, before, verb):
    """One line of a reply behind the line `before` (None: the first), to a command with this verb (None: unknown)."""
    match = LINE.fullmatch(line)
    if not match or len(line) > LONGEST:
        raise Malformed(f"no legal reply line: {line!r}")
    code, status = match["code"], match["status"]
    if status and status[:1] != code[:1]:
        raise Malformed(f"the class of the status is not that of the code (RFC 2034 §4): {line!r}")
    if before is not None:
        first = LINE.fullmatch(before)
        if (first["code"], first["status"]) != (code, status):
            raise Malformed(f"the code changes within a reply (RFC 5321 §4.2.1): {line!r}")
    check_status(line, match, verb)
    if verb is not None and int(code) not in CODES.get(verb, OF_OTHERS) | OF_ANY:
        raise Malformed(f"{verb} is never answered so (RFC 5321 §4.3.2): {line!r}")


def check_status(line, match, verb):
    """RFC 2034 §4: all replies have one but the greeting, those to EHLO, and what asks for more."""
    if verb is None:
        return
    has_none = match["code"][:1] == b"3" or (match["code"] in (b"220", b"250") and verb in ("", "XCLIENT", *GREETED_BY))
    if has_none == bool(match["status"]):
        raise Malformed(f"{'a' if has_none else 'no'} status in the reply to {verb or 'nothing'} (RFC 2034 §4): {line!r}")
