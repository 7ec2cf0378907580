# SPDX-License-Identifier: BSD-2-Clause
"""Messages a second: accepted, delivered into a Maildir, relayed to the next host; and MB of content a second."""

import time

import postfix
from lab.sink import PostfixSink
from tools import ELSEWHERE, USER, show, spread

WAYS = ("listen", "tcpserver", "inetd", "xinetd")
CONTENT_OCTETS, CONTENT_MESSAGES = 10_000_000, 20


def measure_content(lab, options):
    """Messages of 10 MB by DATA, one after the other, so that content is all that counts."""
    loads = {}

    def load(label, address, recipient):
        run = lab.load(address, recipient, CONTENT_MESSAGES, connections=1, per_connection=CONTENT_MESSAGES,
                       octets=CONTENT_OCTETS)
        loads.setdefault(label, []).append(run.rate * CONTENT_OCTETS / 1e6)

    for _ in range(options.rounds):
        service = lab.start("listen")
        load("content: listen", service.address, USER)
        service.stop()
        lab.empty_spool()
        if postfix.is_there():
            with postfix.holding_its_mail() as address:
                load("content: Postfix", address, postfix.RECIPIENT)
    for label, rates in loads.items():
        show(label, f"{spread(rates)} MB/s")
    if not postfix.is_there():
        show("content: Postfix", postfix.WHY_NOT)


def measure_accept(lab, options):
    """Each round has every way and Postfix once, so that what the machine does besides hits all alike."""
    loads = {}
    for _ in range(options.rounds):
        for way in WAYS:
            service = lab.start(way)
            loads.setdefault(f"accept: {way}", []).append(lab.load(service.address, USER, options.messages))
            service.stop()
            lab.empty_spool()
        if postfix.is_there():
            with postfix.holding_its_mail() as address:
                loads.setdefault("accept: Postfix", []).append(
                    lab.load(address, postfix.RECIPIENT, options.messages))
    for label, runs in loads.items():
        middle = sorted(run.middle for run in runs)[len(runs) // 2]
        late = sorted(run.late for run in runs)[len(runs) // 2]
        show(label, f"{spread([run.rate for run in runs])} messages/s, a message {middle:.1f} ms, "
                    f"99% within {late:.1f} ms")
    if not postfix.is_there():
        show("accept: Postfix", postfix.WHY_NOT)


def measure_deliver(lab, options):
    rates = []
    for _ in range(options.rounds):
        _fill(lab, USER, options.messages)
        rates.append(options.messages / _seconds(lab.land.deliver))
        _expect_empty(lab)
        for mail in lab.land.maildir(USER).glob("new/*"):
            mail.unlink()
    show("deliver: received/ to Maildir", f"{spread(rates)} messages/s")


def measure_relay(lab, options):
    sink = PostfixSink(lab.folder)
    lab.land.relay("127.0.0.1")
    lab.land.config("relay.gateway", {"host": sink.host, "port": sink.port})
    lab.land.config("relay.always", True)
    routing, relaying = [], []
    for _ in range(options.rounds):
        _fill(lab, ELSEWHERE, options.messages)
        routing.append(options.messages / _seconds(lab.land.deliver))
        relaying.append(options.messages / _seconds(lab.land.mxrun))
        _expect_empty(lab)
    sink.stop()
    show("deliver: received/ to relay/", f"{spread(routing)} messages/s")
    show("mxrun: relay/ to the gateway", f"{spread(relaying)} messages/s")


def _fill(lab, recipient, messages):
    service = lab.start("listen")
    lab.load(service.address, recipient, messages, per_connection=100)
    service.stop()


def _seconds(program):
    start = time.monotonic()
    program(timeout=600)
    return time.monotonic() - start


def _expect_empty(lab):
    if left := lab.land.spool_files():
        raise SystemExit(f"{len(left)} files are left in the spool, {left[0]} first; the figures say nothing")
