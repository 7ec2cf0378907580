# SPDX-License-Identifier: BSD-2-Clause
"""smtpctl tls: certificates made here, asked for, brought from elsewhere, and looked at."""

import json
import os
import subprocess
from pathlib import Path

from postern_lab import *


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout


class Certificates(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.tls = self.land.root / "tls"
        self.made = self.folder / "made"
        self.made.mkdir()

    def file(self, name):
        return self.made / name

    def authority(self):
        """A certificate of its own, for no name of DNS."""
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Lab CA", "-keyout", self.file("ca.key"),
                "-out", self.file("ca.pem"), "-days", 30)
        return self.file("ca.pem"), self.file("ca.key")

    def signed(self, *names, days=30):
        """What the authority makes of a request for these names, with its own certificate behind it."""
        authority, key = self.authority()
        self.file("request.pem").write_text(self.land.smtpctl("tls", "csr", *names).out)
        openssl("x509", "-req", "-in", self.file("request.pem"), "-CA", authority, "-CAkey", key, "-CAcreateserial",
                "-days", days, "-copy_extensions", "copyall", "-out", self.file("signed.pem"))
        chain = self.file("chain.pem")
        chain.write_text(self.file("signed.pem").read_text() + authority.read_text())
        return chain

    def listed(self):
        run = self.land.smtpctl("tls", "check", "--json", check=False)
        return {entry["file"]: entry for entry in map(json.loads, run.out.splitlines())}

    def refused(self, words, *arguments, status=65):
        run = self.land.smtpctl("tls", *arguments, check=False)
        self.assertEqual((run.status, run.out), (status, ""), run.err)
        self.assertIn(words, run.err)

    def modes(self):
        return {path.name: f"{path.stat().st_mode & 0o777:o}" for path in self.tls.iterdir()}

    def test_init_makes_one_for_a_start_and_replaces_none(self):
        self.assertEqual(self.modes(), {"mx.example.org.ecdsa.pem": "640"})
        before = (self.tls / "mx.example.org.ecdsa.pem").read_text()
        self.land.smtpctl("init")
        self.assertEqual(before, (self.tls / "mx.example.org.ecdsa.pem").read_text())
        check = self.land.smtpctl("tls", "check")
        self.assertRegex(check.out, r"^mx.example.org \(and whoever asks for no name\)\n  P-256, by itself, until 20..-.*\n"
                                    r"  for mx.example.org\n$")

    def test_selfsign_makes_a_file_a_name_and_kind(self):
        run = self.land.smtpctl("tls", "selfsign", "mail.example.org", "*.Example.NET", "mail.example.org")
        self.assertEqual(run.out, "Made a certificate for mail.example.org, *.example.net\n")
        self.land.smtpctl("tls", "selfsign", "--rsa")
        self.assertEqual(set(self.modes()), {"%2A.example.net.ecdsa.pem", "mail.example.org.ecdsa.pem",
                                             "mx.example.org.ecdsa.pem", "mx.example.org.rsa.pem"})
        self.assertEqual(self.listed()["mx.example.org.rsa.pem"]["key"], "RSA 2048")
        uses = openssl("x509", "-in", self.tls / "mx.example.org.ecdsa.pem", "-noout", "-ext",
                       "basicConstraints,keyUsage,extendedKeyUsage").split()
        self.assertIn("CA:FALSE", uses)   # who trusts it trusts nothing that its key has signed
        self.assertIn("Authentication", uses)
        self.assertNotIn("Certificate", uses)
        self.refused("'no/name' is no domain name", "selfsign", "no/name")

    def test_a_request_is_answered(self):
        chain = self.signed("mail.example.org", "imap.example.org")
        self.assertIn("DNS:mail.example.org, DNS:imap.example.org",
                      openssl("req", "-in", self.file("request.pem"), "-noout", "-text"))
        self.assertEqual(self.modes()["mail.example.org.ecdsa.key"], "600")
        again = self.land.smtpctl("tls", "csr", "mail.example.org").out
        self.file("again.pem").write_text(again)
        keys = [openssl("req", "-in", self.file(name), "-noout", "-pubkey") for name in ("request.pem", "again.pem")]
        self.assertEqual(keys[0], keys[1])
        run = self.land.smtpctl("tls", "install", str(chain))
        self.assertRegex(run.out, "^Installed for mail.example.org, imap.example.org, good until 20")
        self.assertIn("It is not for mx.example.org (server.hostname)", run.out)
        self.assertEqual(self.modes(), {name: "640" for name in (
            "mail.example.org.ecdsa.pem", "imap.example.org.ecdsa.pem", "mx.example.org.ecdsa.pem")})
        self.assertEqual((self.tls / "mail.example.org.ecdsa.pem").read_text().count("-----BEGIN "), 3)
        self.assertEqual(self.listed()["imap.example.org.ecdsa.pem"]["issuer"], "Lab CA")
        self.refused("no key waits for this certificate", "install", chain)

    def test_one_that_an_authority_has_signed_is_not_lost_by_a_slip(self):
        self.land.smtpctl("tls", "install", str(self.signed("mx.example.org")))
        self.refused("has a certificate of Lab CA; --replace takes its place", "selfsign")
        self.land.smtpctl("tls", "selfsign", "--replace")

    def test_certbots_hook_installs_what_it_has_renewed(self):
        lineage = self.made / "live"
        lineage.mkdir()
        chain = self.signed("mx.example.org")
        for name, target in (("fullchain.pem", chain), ("privkey.pem", self.tls / "mx.example.org.ecdsa.key")):
            copy = self.made / f"1-{name}"
            copy.write_text(target.read_text())
            copy.chmod(0o600)   # root's own, where root runs this
            (lineage / name).symlink_to(copy)
        hook = Path(__file__).resolve().parents[2] / "examples/certbot/postern"
        words = hook.read_text().replace("/usr/sbin/smtpctl", self.land.command("smtpctl")[0])
        done = subprocess.run(["sh", "-c", words], capture_output=True, text=True, env={
            **os.environ, "RENEWED_LINEAGE": str(lineage), "POSTERN_ROOT": str(self.land.root)})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.listed()["mx.example.org.ecdsa.pem"]["issuer"], "Lab CA")

    def test_what_does_not_fit_is_refused_and_changes_nothing(self):
        chain = self.signed("mail.example.org")
        mine = self.file("mine.key")
        mine.write_text((self.tls / "mail.example.org.ecdsa.key").read_text())
        authority, other = self.authority()
        openssl("x509", "-in", authority, "-signkey", other, "-days", -1, "-out", self.file("old.pem"))
        openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=x", "-keyout", self.file("ed.key"),
                "-out", self.file("ed.pem"))
        before = self.modes()
        self.refused("the key does not belong to the certificate", "install", chain, other)
        self.refused("No such file", "install", chain, self.file("nothing"))
        self.refused("has no certificate", "install", self.file("request.pem"), mine)
        self.refused("has no private key", "install", chain, chain)
        self.refused("is for no name; name some by --name", "install", authority, other)
        self.refused("is not for x.example.org, but for mail.example.org", "install", chain, mine, "--name", "x.example.org")
        self.refused("old.pem: expired on 20", "install", self.file("old.pem"), other, "--name", "x.example.org")
        self.refused("cannot be used; ECDSA or RSA can", "install", self.file("ed.pem"), self.file("ed.key"))
        self.assertEqual(before, self.modes())
        self.land.smtpctl("tls", "install", str(chain), str(mine), "--name", "mail.example.org")

    def test_ciphers_that_there_are_not_are_told(self):
        self.land.config("tls.ciphers", "ECDHE-NOBODY:NO-SUCH-CIPHER")
        run = self.land.smtpctl("config", "check", check=False)
        self.assertEqual((run.status, run.out), (78, "tls.ciphers: no cipher match\n"))

    def test_what_is_wrong_is_told(self):
        self.land.smtpctl("tls", "install", str(self.signed("soon.example.org", days=3)))
        self.assertIn("  remark: expires in 2 days\n", self.land.smtpctl("tls", "check").out)
        (self.tls / "broken.example.org.rsa.pem").write_text("nonsense")
        (self.tls / "other.example.org.rsa.pem").write_text((self.tls / "mx.example.org.ecdsa.pem").read_text())
        (self.tls / "mx.example.org.ecdsa.pem").unlink()
        (self.tls / "README").write_text("not a certificate")
        run = self.land.smtpctl("tls", "check", check=False)
        self.assertEqual((run.status, run.err), (65, "smtpctl: 4 problems found\n"))
        for line in ("problem: no certificate for mx.example.org, so TLS is not offered", "  problem: has no certificate",
                     "  problem: is not for this name, but for mx.example.org", "  problem: its key is of kind P-256"):
            self.assertIn(line + "\n", run.out)


if __name__ == "__main__":
    main()
