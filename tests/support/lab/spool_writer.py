# SPDX-License-Identifier: BSD-2-Clause
"""Writes spool files as smtpd-inetd and deliver would, thousands a second: postern-spool(5), THE FILE."""

import base64
import hashlib
import json
import os
import pwd
from datetime import datetime, timezone

from lab.places import AM_ROOT
from lab.userland import OWNER

_FIXED = '{{"state":"live"   ,"size":{size:16d},"sum":"{sum}"'


def queue_for_relay(land, recipients, messages=1, sender="alice@example.org", content=None):
    """Puts so many messages for the same recipients into relay/now; gives back their ids. `content` may be a
    function of the id."""
    domains = {recipient.rsplit("@", 1)[1] for recipient in recipients}
    name = domains.pop() if len(domains) == 1 else "+"
    ids = []
    for _ in range(messages):
        identity = base64.b32encode(os.urandom(16)).decode().lower().rstrip("=")
        usual = b"Subject: " + identity.encode() + b"\r\n\r\nhi\r\n"
        body = content(identity) if callable(content) else content or usual
        path = land.spool / "relay" / "now" / f"5.{identity}@{name}"
        path.write_bytes(spool_file(identity, sender, recipients, body))
        if AM_ROOT:
            owner = pwd.getpwnam(OWNER)
            os.chown(path, owner.pw_uid, owner.pw_gid)
        ids.append(identity)
    return ids


def spool_file(identity, sender, recipients, content):
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    rest = {"v": 1, "id": identity, "lane": "relay", "not_before": now, "from": sender, "received": now,
            "peer": {}, "to": [{"address": recipient} for recipient in recipients]}
    summed = b"," + json.dumps(rest, separators=(",", ":")).encode()[1:] + b"\n" + content
    digest = hashlib.blake2b(summed, digest_size=32).hexdigest()
    file = _FIXED.format(size=len(content), sum=digest).encode() + summed
    return file + b"\0" * (-len(file) % 4096)
