# SPDX-License-Identifier: BSD-2-Clause
"""Postfix as a full mail server, in a small root of its own."""

import os
import shutil
import tempfile
from pathlib import Path

from lab.places import AM_ROOT, SERVERS
from lab.processes import Process, free_port, wait_for_port
from lab.userland import Mail

_USER, _DROP_GROUP = 101, 102   # in the root's passwd and group
_MAIN = """
compatibility_level = 3.6
myhostname = {hostname}
queue_directory = {home}/queue
data_directory = {home}/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {home}/queue/log
maillog_file_prefixes = {home}
inet_interfaces = loopback-only
inet_protocols = ipv4
mydestination =
mynetworks = 127.0.0.0/8
local_recipient_maps =
local_header_rewrite_clients =
virtual_mailbox_domains = {domains}
virtual_mailbox_base = {home}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:101
virtual_gid_maps = static:101
virtual_minimum_uid = 1
virtual_mailbox_limit = 0
disable_dns_lookups = yes
smtp_host_lookup = native
smtpd_peername_lookup = no
message_size_limit = 52428800
alias_maps =
alias_database =
default_database_type = texthash
{extra}
"""
_MASTER = """
{host}:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
lmtp unix - - n - - lmtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Delivers all mail of `domains` into one Maildir, with Return-Path:, X-Original-To: and Delivered-To: on
    top. Only root can start it (Postfix.available()). `extra`: more lines of main.cf."""

    @staticmethod
    def available():
        return AM_ROOT

    def __init__(self, domains, hostname="mx.example.net", host="127.0.0.1", port=None, extra=""):
        self.host = host
        self.port = port or free_port()
        self.address = (self.host, self.port)
        root = SERVERS / "postfix-root"
        lmtp = root / "usr/lib/postfix/sbin/lmtp"   # one program under two names
        if not lmtp.is_symlink():
            lmtp.symlink_to("smtp")
        self.folder = Path(tempfile.mkdtemp(prefix="postfix.", dir=root / "lab"))
        self.folder.chmod(0o755)
        self.home = f"/lab/{self.folder.name}"
        self._make_directories()
        conf = self.folder / "conf"
        conf.mkdir()
        (conf / "main.cf").write_text(_MAIN.format(hostname=hostname, home=self.home, host=host,
                                                   domains=" ".join(domains), extra=extra))
        (conf / "master.cf").write_text(_MASTER.format(host=host, port=self.port))
        self.process = Process(["chroot", root, "/usr/lib/postfix/sbin/master", "-c", f"{self.home}/conf", "-d"],
                               self.folder / "out")
        wait_for_port(self.host, self.port, process=self.process)

    def _make_directories(self):
        """What `postfix check` would make."""
        queue = self.folder / "queue"
        for name, owner, group, mode in (
                ("queue", 0, 0, 0o755), ("queue/pid", 0, 0, 0o755), ("queue/public", _USER, _DROP_GROUP, 0o2710),
                ("queue/maildrop", _USER, _DROP_GROUP, 0o1730), ("data", _USER, 0, 0o700), ("mail", _USER, _USER, 0o700),
                *((f"queue/{name}", _USER, 0, 0o700)
                  for name in ("incoming", "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "private",
                               "saved", "trace"))):
            (self.folder / name).mkdir()
            os.chown(self.folder / name, owner, group)
            (self.folder / name).chmod(mode)
        (queue / "log").touch()
        os.chown(queue / "log", _USER, 0)

    def mailbox(self, recipient=""):
        """What has arrived, for all or for one recipient's address."""
        mails = [Mail(file, file.read_bytes()) for file in sorted((self.folder / "mail").glob("all/new/*"))]
        return [mail for mail in mails if recipient in str(mail.parsed["X-Original-To"])]

    def log(self):
        return (self.folder / "queue" / "log").read_text(errors="replace")

    def stop(self):
        """Ends it and removes its files."""
        self.process.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
