# SPDX-License-Identifier: BSD-2-Clause
"""Users and domains whose names are not ASCII: made by smtpctl, written to over SMTP, found in their Maildirs."""

from postern_lab import *

LETTER = "From: carol@example.net\r\nSubject: Grüße\r\n\r\nschöne Grüße\r\n".encode()


class Utf8(LabTest):
    def setUp(self):
        super().setUp()
        self.land = self.userland()
        self.land.smtpctl("domain", "add", "bücher.example")
        self.land.smtpctl("adduser", "Jürgen@BÜCHER.example", "--no-password")
        self.land.smtpctl("alias", "add", "alle@bücher.example", "jürgen")
        self.smtp = self.start(self.land)

    def send(self, recipient, parameters="SMTPUTF8"):
        """The reply to RCPT; after a good one the letter is sent."""
        with Client(self.smtp.address) as client:
            client.hello()
            client.expect(250, f"MAIL FROM:<用户@例え.テスト> {parameters}")
            code, text = client.say(f"RCPT TO:<{recipient}>")
            if code == 250:
                self.assertEqual(client.content(LETTER)[0], 250)
            return f"{code} {text.split()[0]}"

    def test_a_user_gets_mail_under_either_form_of_the_domain(self):
        self.assertEqual(self.send("jürgen@bücher.example"), "250 2.1.5")
        self.assertEqual(self.send("Jürgen+tag@xn--bcher-kva.example"), "250 2.1.5")
        self.assertEqual(self.send("alle@bücher.example"), "250 2.1.5")
        for file in self.land.queued():
            self.assertIs(file.envelope["smtputf8"], True)
            self.assertEqual(file.envelope["from"], "用户@xn--r8jz45g.xn--zckzah")
            self.assertIn(b" with UTF8SMTP id ", file.content)
        self.land.deliver()
        letters = sorted((self.land.root / "mail/xn--bcher-kva.example/j%C3%BCrgen/new").iterdir())
        self.assertEqual(len(letters), 3)
        for letter in letters:
            raw = letter.read_bytes()
            self.assertTrue(raw.startswith("Return-Path: <用户@xn--r8jz45g.xn--zckzah>\n".encode()))
            self.assertTrue(raw.endswith(LETTER.replace(b"\r\n", b"\n")))

    def test_octets_of_a_name_are_compared_and_ascii_letters_without_case(self):
        self.assertEqual(self.send("jÜrgen@bücher.example"), "550 5.1.1")
        self.assertEqual(self.send("JüRGEN@bücher.example"), "250 2.1.5")

    def test_the_log_is_ascii(self):
        self.send("niemand-ü@bücher.example")
        [line] = self.land.log_lines(" refused ")
        self.assertIn("niemand-%C3%BC@xn--bcher-kva.example", line)


if __name__ == "__main__":
    main()
