#!/usr/bin/env python3
"""parsers_test.py PROGRAMS: mails as Python's email package and as npm's mailparser read them. Both read
what was meant, and the same."""
import email
import email.policy
import json
import pathlib
import subprocess
import sys
import time
import unittest

from office import ROOT, Office

sys.path.append(str(ROOT / "tests/support"))
from facts import fact  # noqa: E402

programs = sys.argv.pop(1)
LONG = "髙﨑" * 20  # 40 characters, neither in JIS X 0208
SENDER = '総合ポータル, "髙﨑"'  # with signs that have a meaning beside an address
SUBJECTS = {"activation": "【" + fact("PORTAL_NAME") + "】メールアドレス登録確認",
            "registered": "【" + fact("PORTAL_NAME") + "】すでに登録されています",
            "listed": "【" + fact("PORTAL_NAME") + "】ユーザー登録ができるようになりました"}


def by_python(path):
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert not any(part.defects for part in mail.walk()), path.read_text()
    assert not any(value.defects for value in mail.values()), path.read_text()
    addresses = lambda name: [[a.display_name, a.addr_spec] for a in mail[name].addresses]
    content = lambda kind: mail.get_body((kind,)).get_content().replace("\r\n", "\n")
    unsubscribe = mail["List-Unsubscribe"]
    return {"subject": mail["Subject"], "from": addresses("From"), "to": addresses("To"),
            "message_id": mail["Message-ID"], "at": mail["Date"].datetime.timestamp(),
            "text": content("plain"), "html": content("html"),
            "attachments": len(list(mail.iter_attachments())),
            "unsubscribe": unsubscribe and unsubscribe.strip("<>")}


def by_mailparser(paths):
    script = pathlib.Path(__file__).with_name("parse.js")
    printed = subprocess.run(["node", script, *paths], check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in printed.stdout.splitlines()]


class Parsers(unittest.TestCase):
    def setUp(self):
        self.office = self.enterContext(Office(programs, 1))
        self.office.set(mail__transport="maildir", mail__maildir=self.office.path / "mail")
        self.office.set(mail__from=f'{SENDER} <no-reply@portal.test>')
        self.office.queue(3)
        self.office.sql("UPDATE registration SET family_name = ?, given_name = ? WHERE id = 'r1'",
                        (LONG, LONG))
        self.office.sql(  # r2's address has an account: it gets the notice
            "INSERT INTO account (id, family_name, given_name, registration_number, phone, email, "
            "email_key, password_hash, created_at) SELECT id, ?, given_name, registration_number, "
            "phone, email, email_key, '', 0 FROM registration WHERE id = 'r2'", (LONG,))
        self.office.sql(
            "INSERT INTO waiting VALUES ('w', '契0123456-7-8', 'wait@test.example', "
            "'wait@test.example', '', ?, 0)", (int(time.time()),))
        subprocess.run([self.office.programs / "portalctl", "--config", self.office.conf, "roster",
                        "import", ROOT / "sql/sample_roster.csv"], check=True,
                       stdout=subprocess.DEVNULL)

    def test_both_read_what_was_meant(self):
        self.assertEqual(self.office.once()[0], 0)
        paths = sorted((self.office.path / "mail/new").iterdir())
        mails = {}
        for path, other in zip(paths, by_mailparser(paths), strict=True):
            mail = by_python(path)
            self.assertEqual(other, mail)
            mails[mail["to"][0][1]] = mail
        kinds = {"t0": "activation", "t1": "activation", "t2": "registered", "wait": "listed"}
        self.assertEqual(len(mails), len(kinds))
        for name, kind in kinds.items():
            mail = mails[f"{name}@test.example"]
            self.assertEqual(mail["subject"], SUBJECTS[kind])
            self.assertEqual(mail["from"], [[SENDER, "no-reply@portal.test"]])
            self.assertEqual(mail["attachments"], 0)
            self.assertLess(abs(mail["at"] - time.time()), 120)
            self.assertEqual(mail["unsubscribe"] is not None, kind == "listed", kind)
        self.assertTrue(mails["t0@test.example"]["text"].startswith("髙﨑 太郎 様\n"))
        for address, greeting in (("t1", f"{LONG} {LONG} 様"), ("t2", f"{LONG} 太郎 様")):
            mail = mails[f"{address}@test.example"]
            self.assertTrue(mail["text"].startswith(greeting + "\n"), mail["text"])
            self.assertIn(f"<p>{greeting}</p>", mail["html"])


if __name__ == "__main__":
    unittest.main()
