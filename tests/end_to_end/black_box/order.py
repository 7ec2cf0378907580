# SPDX-License-Identifier: BSD-2-Clause
"""What each command is answered in each state (RFC 5321 §4.1.4, §3.3, RFC 3030 §2): a table."""

from black_box.parts import *

CHUNK = [b"BDAT %d\r\n" % len(HEADER) + HEADER, "250 2"]
NOBODY = ["RCPT TO:<nobody@example.org>", "550 5.1.1"]
STATES = {
    "at first": [],
    "greeted": [HELLO],
    "greeted by HELO": [["HELO client.example", "250 "]],
    "with a sender": [HELLO, MAIL],
    "with nobody who is a recipient": [HELLO, MAIL, NOBODY],
    "with a recipient": WITH_RECIPIENT,
    "within chunks": [*WITH_RECIPIENT, CHUNK],
    "behind a message": [*IN_DATA, message(b"x\r\n")],
    "behind a refused message": [*IN_DATA, message(b"x\ny\r\n", "55[04] 5.6.0")],
    "behind RSET": [*WITH_RECIPIENT, ["RSET", "250 2.0.0"]],
    "behind EHLO": [*WITH_RECIPIENT, HELLO],
}
GREETED = "greeted|greeted by HELO|behind a message|behind a refused message|behind RSET|behind EHLO"
WITH_SENDER = "with a sender|with nobody who is a recipient|with a recipient"

# Where a command is answered so; in all other states it is answered as "else" says.
ANSWERS = {
    "EHLO client.example": {"else": "250 "},
    "HELO client.example": {"else": "250 "},
    "MAIL FROM:<carol@example.net>": {GREETED: "250 2.1.0", "else": "503 5.5.1"},
    "MAIL FROM:<>": {GREETED: "250 2.1.0", "else": "503 5.5.1"},
    "MAIL nonsense": {GREETED: "501 5.5.4", "else": "50[13] 5.5"},
    "RCPT TO:<alice@example.org>": {WITH_SENDER: "250 2.1.5", "else": "503 5.5.1"},
    "RCPT TO:<nobody@example.org>": {WITH_SENDER: "550 5.1.1", "else": "503 5.5.1"},
    "RCPT nonsense": {WITH_SENDER: "501 5.5.4", "else": "50[13] 5.5"},
    "DATA now": {"with a recipient": "501 5.5.4", "else": "50[13] 5.5"},
    "RSET": {"else": "250 2.0.0"},
    "RSET now": {"else": "501 5.5.4"},
    "NOOP": {"else": "250 2.0.0"},
    "NOOP something": {"else": "250 2.0.0"},
    "VRFY alice": {"else": "252 2"},
    "EXPN staff": {"else": "252 2"},
    "HELP": {"else": "214 2.0.0"},
    "QUIT now": {"else": "501 5.5.4"},
    "FROB": {"else": "500 5.5"},
    "AUTH PLAIN": {"else": "50[23] 5.5.1"},
    "ETRN example.org": {"else": "50[023] 5.5.1"},
    "TURN": {"else": "50[02] 5.5.1"},
}


def answer(answers, state):
    return next((reply for states, reply in answers.items() if state in states.split("|")), answers["else"])


ROWS = [Row(f"{command.split(' ')[0]} {state}: {command}", *steps, [command, answer(answers, state)])
        for command, answers in ANSWERS.items() for state, steps in STATES.items()]
ROWS += [Row(f"DATA {state}", *steps, ["DATA", "354 "], message(b"x\r\n")) for state, steps in STATES.items()
         if state == "with a recipient"]
ROWS += [Row(f"DATA {state}", *steps, ["DATA", "503 5.5.1|554 5.5.1"]) for state, steps in STATES.items()
         if state != "with a recipient"]
ROWS += [Row(f"BDAT {state}: what it announces is swallowed", *steps, [b"BDAT 6 LAST\r\nQUIT\r\n", "503 5.5.1"])
         for state, steps in STATES.items() if state not in ("with a recipient", "within chunks")]
ROWS += [Row(f"QUIT {state}", *steps, ["QUIT", "221 2.0.0", CLOSED]) for state, steps in STATES.items()]
# None of these may take a transaction away, or give one.
ROWS += [Row(f"{command} leaves a transaction as it is", *WITH_RECIPIENT, [command, "[25]"], DATA, message(b"x\r\n"))
         for command in ("NOOP", "VRFY alice", "EXPN staff", "HELP", "FROB", "", "EHLO", "HELO", "EHLO (", "RSET now", "QUIT now",
                         "DATA now", "MAIL FROM:<>", "MAIL", "RCPT", "RCPT TO:<nobody@example.org>", "STARTTLS", "STARTTLS now",
                         "AUTH PLAIN", "XCLIENT NAME=x", "ETRN example.org", "TURN", "BURL imap:x")]
