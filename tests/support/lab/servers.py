# SPDX-License-Identifier: BSD-2-Clause
"""Real servers around Postern: NSD for DNS, Exim as a full mail server, Postfix's smtp-source as a client."""

import os
import shutil
import subprocess
import tempfile

from lab.places import AM_ROOT, SERVERS, tool, tool_environment
from lab.processes import Process, free_port, wait_for_port
from lab.userland import Mail
from pathlib import Path


class Nsd:
    """NSD with zones given as text: {"example.net": "@ MX 10 mx\\nmx A 127.0.0.1"}; SOA and NS are added.

    `resolver` is what dns.servers wants. Names outside the zones are refused; give a zone "." with what is
    to be known (or nothing) so that they do not exist. libunbound answers *.test and localhost by itself.

    Zones in `signed` are signed, with keys that stand in `trust_anchor`."""

    def __init__(self, folder, zones, host="127.0.0.1", port=None, signed=()):
        self.host = host
        self.port = port or free_port()
        self.resolver = f"{self.host}@{self.port}"
        self.folder = Path(tempfile.mkdtemp(prefix="nsd.", dir=folder))
        self.folder.chmod(0o755)
        self.trust_anchor = self.folder / "trust-anchor"
        self._write(zones, signed)
        self.process = Process([tool("usr/sbin/nsd"), "-d", "-c", self.folder / "nsd.conf"], self.folder / "log",
                               env=tool_environment())
        wait_for_port(self.host, self.port, process=self.process)

    def _write(self, zones, signed):
        conf = [f"""server:
    ip-address: {self.host}@{self.port}
    username: "{'nobody' if AM_ROOT else ''}"
    zonesdir: "{self.folder}"
    database: ""
    pidfile: "{self.folder}/pid"
    xfrdfile: "{self.folder}/xfrd.state"
    zonelistfile: "{self.folder}/zone.list"
    xfrdir: "{self.folder}"
    server-count: 1
    hide-version: yes
remote-control:
    control-enable: no
"""]
        if AM_ROOT:
            shutil.chown(self.folder, "nobody")
        for name, text in zones.items():
            origin = name.rstrip(".") + "."
            file = self.folder / f"zone.{'root' if origin == '.' else origin}"
            under = "" if origin == "." else origin
            file.write_text(f"$ORIGIN {origin}\n$TTL 60\n@ SOA ns.{under} hostmaster.{under} 1 3600 600 86400 60\n"
                            f"@ NS ns.{under}\nns A 127.0.0.1\n" + text + "\n")
            if name in signed:
                file = self._sign(file, name)
            conf.append(f'zone:\n    name: "{origin}"\n    zonefile: "{file}"\n')
        (self.folder / "nsd.conf").write_text("".join(conf))

    def _sign(self, file, name):
        def run(program, *arguments):
            return subprocess.run([tool(f"usr/bin/{program}"), *map(str, arguments)], cwd=self.folder, check=True,
                                  env=tool_environment(), capture_output=True, text=True).stdout.strip()
        key = run("ldns-keygen", "-a", "ECDSAP256SHA256", "-k", "-r", "/dev/urandom", name)
        with self.trust_anchor.open("a") as anchors:
            anchors.write((self.folder / f"{key}.key").read_text())
        run("ldns-signzone", "-f", f"{file}.signed", file, key)
        return f"{file}.signed"

    def stop(self):
        return self.process.stop()


_EXIM_CONF = """
primary_hostname = {hostname}
keep_environment =
domainlist local_domains = {domains}
acl_smtp_rcpt = acl_rcpt
host_lookup =
dsn_advertise_hosts = *
smtputf8_advertise_hosts = *
rfc1413_query_timeout = 0s
never_users = root
message_size_limit = 50M
tls_advertise_hosts = {advertised}
prdr_enable = false
chunking_advertise_hosts = *
local_from_check = false
spool_directory = {home}/spool
log_file_path = {home}/log/%slog
pid_file_path = {home}/pid
{extra}
begin acl
acl_rcpt:
  accept domains = +local_domains
{relaying}
  deny message = relaying is not for you
begin routers
{router}
mailboxes:
  driver = accept
  domains = +local_domains
  transport = maildir
begin transports
onward:
  driver = smtp
  protocol = {protocol}
  port = 25
  hosts_try_auth =
maildir:
  driver = appendfile
  directory = {home}/mail
  envelope_to_add
  return_path_add
  user = Debian-exim
  maildir_format
  create_directory
begin retry
* * F,2h,1m
"""


_EXIM_NEXT_HOP = """
onward:
  driver = manualroute
  domains = ! +local_domains
  transport = onward
  route_list = * {host}::{port} byname
  self = send
  no_more
"""


class Exim:
    """Exim 4 as a full mail server that delivers all of `domains` into one Maildir, each message with its
    Return-path: and Envelope-to: on top. It runs in a small root of its own, so only root can start it
    (Exim.available()). `extra`: more lines of its main configuration. `next_hop`: takes mail for all other domains,
    too, and sends it there by `protocol`, smtp or lmtp. `certificate`: a file with its key, in that root; without one
    it offers no TLS."""

    @staticmethod
    def available():
        return AM_ROOT

    def __init__(self, domains, hostname="mx.example.net", host="127.0.0.1", port=None, extra="", next_hop=None,
                 protocol="smtp", certificate=None):
        self.host = host
        self.port = port or free_port()
        self.address = (self.host, self.port)
        root = SERVERS / "exim-root"
        self.folder = Path(tempfile.mkdtemp(prefix="exim.", dir=root / "lab"))
        home = f"/lab/{self.folder.name}"
        self.folder.chmod(0o755)
        for name in ("spool", "log", "mail"):   # Debian-exim's: with -C it gives up root before it delivers
            (self.folder / name).mkdir()
            os.chown(self.folder / name, 101, 101)
        router = _EXIM_NEXT_HOP.format(host=next_hop[0], port=next_hop[1]) if next_hop else ""
        conf = self.folder / "exim.conf"
        conf.write_text(_EXIM_CONF.format(hostname=hostname, domains=" : ".join(domains), home=home, extra=extra,
                                           relaying="  accept" if next_hop else "", router=router, protocol=protocol,
                                           advertised=f"*\ntls_certificate = {certificate}\ntls_privatekey = {certificate}"
                                           if certificate else ""))
        conf.chmod(0o644)
        self.process = Process(["chroot", root, "/usr/sbin/exim4", "-C", f"{home}/exim.conf", "-bdf", "-q1m",
                                "-oX", f"<; [{self.host}]:{self.port}"], self.folder / "out")
        wait_for_port(self.host, self.port, process=self.process)

    def mailbox(self, recipient=""):
        """What has arrived, for all or for one recipient's address."""
        mails = [Mail(file, file.read_bytes()) for file in sorted((self.folder / "mail").glob("new/*"))]
        return [mail for mail in mails if recipient in str(mail.parsed["Envelope-to"])]

    def log(self):
        return "".join(file.read_text(errors="replace") for file in sorted((self.folder / "log").glob("*")))

    def stop(self):
        """Ends it and removes its files."""
        self.process.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def smtp_source(*arguments, timeout=120):
    """Postfix's smtp-source to its end: smtp_source("-m", "100", "-s", "10", "-f", …, "127.0.0.1:2525")."""
    return subprocess.run([tool("usr/sbin/smtp-source"), *map(str, arguments)], env=tool_environment(),
                          capture_output=True, timeout=timeout, check=True)
