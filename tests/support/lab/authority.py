# SPDX-License-Identifier: BSD-2-Clause
"""An authority of the test's own, that says who is who."""

import subprocess


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout


class Authority:
    """`certificate`: the file that others may trust (tls.authorities)."""

    def __init__(self, folder, name="Lab CA"):
        self.folder = folder / name.replace(" ", ".")
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.certificate, self.key = self.folder / "ca.pem", self.folder / "ca.key"
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout", self.key, "-out",
                self.certificate, "-days", 30)

    def certify(self, land, *names):
        """A certificate for these names, installed in a userland."""
        request, chain = self.folder / "request.pem", self.folder / "chain.pem"
        request.write_text(land.smtpctl("tls", "csr", *names).out)
        openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial",
                "-days", 30, "-copy_extensions", "copyall", "-out", chain)
        land.smtpctl("tls", "install", str(chain))
