# SPDX-License-Identifier: BSD-2-Clause
"""The steps that most dialogues begin with."""

from lab.dialogue import CLOSED, END, RESET, SILENT, TLS, WAIT, Row

__all__ = ["CLOSED", "END", "RESET", "SILENT", "TLS", "WAIT", "Row", "HELLO", "MAIL", "RCPT", "DATA", "HEADER",
           "message", "READY", "WITH_RECIPIENT", "IN_DATA", "SYNTAX"]

HELLO = ["EHLO client.example", "250 "]
MAIL = ["MAIL FROM:<carol@example.net>", "250 2.1.0"]
RCPT = ["RCPT TO:<alice@example.org>", "250 2.1.5"]
DATA = ["DATA", "354 "]
READY = [HELLO]
WITH_RECIPIENT = [HELLO, MAIL, RCPT]
IN_DATA = [HELLO, MAIL, RCPT, DATA]
HEADER = b"From: carol@example.net\r\nSubject: x\r\n\r\n"
SYNTAX = "50[01] 5.5"


def message(body, reply="250 2.0.0"):
    """A step: a whole message behind 354. `body` comes with its line ends; the dot is added."""
    return [HEADER + body + b".\r\n", reply]
