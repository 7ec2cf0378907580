# SPDX-License-Identifier: BSD-2-Clause
"""Dovecot around Postern: an LMTP server to deliver to, and an IMAP server that reads Maildirs."""

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import smtplib
import tempfile
from pathlib import Path

from lab.places import AM_ROOT, TOOLS, tool, tool_environment
from lab.processes import Process, free_port, wait_for_port

_CONF = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
libexec_dir = {libexec}
mail_plugin_dir = {libexec}/modules
import_environment = LD_LIBRARY_PATH
protocols = imap lmtp
listen = {host}
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = passwd-file
  args = {folder}/users
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service lmtp {{
  unix_listener {folder}/lmtp {{
    mode = 0666
  }}
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
protocol imap {{
  mail_plugins = quota imap_quota
}}
protocol lmtp {{
  mail_plugins = quota
}}
plugin {{
  quota = maildir:User quota
}}
"""


class Dovecot:
    """Dovecot 2.3 for `mailboxes`, {address: its Maildir, or None for one of Dovecot's own}; LMTP refuses
    everybody else with 550. `lmtp_socket` is a path, `lmtp_address` and `imap_address` are (host, port);
    `maildirs` is {address: Path}. `quotas`: {address: octets}; without, what maildirsize says counts.
    Mail lies with the owner that userlands have: nobody when root."""

    def __init__(self, folder, mailboxes, quotas=None, password="secret", host="127.0.0.1"):
        self.password = password
        self.host = host
        self.lmtp_address = (host, free_port())
        self.imap_address = (host, free_port())
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot.", dir=folder))
        self.folder.chmod(0o755)
        self.lmtp_socket = self.folder / "lmtp"
        self.user = pwd.getpwnam("nobody" if AM_ROOT else getpass.getuser())
        self.maildirs = {address: Path(place) if place else self._own_maildir(address)
                         for address, place in dict(mailboxes).items()}
        self._write(quotas or {})
        # The master would have its configuration read by a program at a place that is compiled in.
        conf, master = self.folder / "conf", tool("usr/sbin/dovecot")
        self.process = Process([tool("usr/bin/doveconf"), "-f", "service=master", "-c", conf, "-m", "master",
                                "-p", master, "-e", master, "-F", "-c", conf], self.folder / "out",
                               env=tool_environment())
        for _, port in (self.lmtp_address, self.imap_address):
            wait_for_port(host, port, process=self.process)

    def _own_maildir(self, address):
        place = self.folder / "mail" / address
        place.parent.mkdir(exist_ok=True)
        place.mkdir()
        os.chown(place, self.user.pw_uid, self.user.pw_gid)
        return place

    def _write(self, quotas):
        (self.folder / "run").mkdir()
        (self.folder / "run/modules").symlink_to(TOOLS / "usr/lib/dovecot/modules")
        (self.folder / "conf").write_text(_CONF.format(
            folder=self.folder, libexec=TOOLS / "usr/lib/dovecot", host=self.host, user=self.user.pw_name,
            group=grp.getgrgid(self.user.pw_gid).gr_name, imap_port=self.imap_address[1],
            lmtp_port=self.lmtp_address[1]))
        lines = []
        for address, place in self.maildirs.items():
            extra = f"userdb_mail=maildir:{place}"
            if address in quotas:
                extra += f" userdb_quota_rule=*:bytes={quotas[address]}"
            lines.append(f"{address}:{{PLAIN}}{self.password}:{self.user.pw_uid}:{self.user.pw_gid}::{place}::{extra}\n")
        (self.folder / "users").write_text("".join(lines))

    def imap(self, address):
        """A connection on which this user is logged in and has INBOX selected; a context manager."""
        connection = imaplib.IMAP4(*self.imap_address, timeout=20)
        connection.login(address, self.password)
        connection.select()
        return connection

    def lmtp(self):
        """An LMTP client that is connected."""
        return smtplib.LMTP(*self.lmtp_address)

    def messages(self, address):
        """What lies in a user's Maildir: paths, new/ and cur/."""
        return sorted(file for sub in ("new", "cur") for file in self.maildirs[address].glob(f"{sub}/*"))

    def log(self):
        file = self.folder / "log"
        return (file.read_text(errors="replace") if file.exists() else "") + self.process.output()

    def stop(self):
        self.process.stop()
        shutil.rmtree(self.folder / "run", ignore_errors=True)
