# SPDX-License-Identifier: BSD-2-Clause
# ctest: TIMEOUT 300 PROCESSORS 2 COST 35
"""testssl.sh on both ports, with a certificate of an authority it is told to believe: no finding above LOW.

Of its checks those are left out that look for what OpenSSL 3 cannot do at all, and simulate browsers: they take minutes.
The order of ciphers is looked at on one port, since both have it from the same context.
"""

import concurrent.futures
import json
import os
import subprocess

from lab.places import SERVERS
from postern_lab import *

EXTENSIONS = """subjectAltName=DNS:mx.example.org
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
crlDistributionPoints=URI:http://127.0.0.1:9/ca.crl
authorityInfoAccess=OCSP;URI:http://127.0.0.1:9/ocsp
"""
CHECKS = ["--protocols", "--server-defaults"]
HARMLESS = {"OK", "INFO", "LOW", "DEBUG"}


class TestSsl(LabTest):
    time_limit = 280

    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.config("limits.idle_commands", 1000)
        for kind in ([], ["--rsa"]):
            self.install(kind)
        # It wants some program for the DNS, and needs it for nothing here.
        stub = self.folder / "bin" / "host"
        stub.parent.mkdir()
        stub.write_text("#!/bin/sh\nexit 0\n")
        stub.chmod(0o755)

    def openssl(self, *words):
        subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)

    def install(self, kind):
        ca, key, request, signed, extensions = (self.folder / name for name in ("ca", "key", "request", "signed", "ext"))
        if not ca.exists():
            self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Lab CA", "-keyout", key, "-out", ca,
                         "-days", 365, "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        request.write_text(self.land.smtpctl("tls", "csr", *kind).out)
        extensions.write_text(EXTENSIONS)
        self.openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", key, "-CAcreateserial", "-days", 90, "-extfile",
                     extensions, "-out", signed)
        signed.chmod(0o644)
        self.land.smtpctl("tls", "install", str(signed))

    def findings(self, address, *options):
        out = self.folder / f"{address[1]}.json"
        done = subprocess.run(
            [SERVERS / "tools/usr/bin/testssl", "--warnings", "off", "--color", "0", "--add-ca", self.folder / "ca",
             "--jsonfile", out, "--openssl", "/usr/bin/openssl", "--ip", address[0], *CHECKS, *options,
             f"mx.example.org:{address[1]}"], capture_output=True, text=True, timeout=270, stdin=subprocess.DEVNULL,
            env={**os.environ, "PATH": f"{out.parent}/bin:{os.environ['PATH']}:{SERVERS}/tools/usr/bin",
                 "TESTSSL_INSTALL_DIR": str(SERVERS / "tools/etc/testssl")})
        found = json.loads(out.read_text())
        self.assertGreater(len(found), 40, done.stdout)
        return found

    def check(self, found):
        self.assertEqual([entry for entry in found if entry["severity"] not in HARMLESS
                          and entry["id"] != "engine_problem"], [])
        said = {entry["id"].split(" ")[0]: entry["finding"] for entry in found}
        self.assertEqual([said[version] for version in ("SSLv3", "TLS1", "TLS1_1")], ["not offered"] * 3)
        self.assertIn("offered", said["TLS1_3"])
        self.assertIn("passed", said["cert_chain_of_trust"])

    def test_both_ports(self):
        starttls = self.start(self.land)
        implicit = self.start(self.land, "listen", "--service", "submissions")
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            runs = [pool.submit(self.findings, starttls.address, "-t", "smtp"),
                    pool.submit(self.findings, implicit.address, "--server-preference")]
            for run in runs:
                self.check(run.result())


if __name__ == "__main__":
    main()
