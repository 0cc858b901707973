#!/usr/bin/env python3
"""read_mail.py FILE GREETING URL: the mail of a registration, as the mail system has stored it, is as it
must be, whoever reads it. Prints its link."""
import datetime
import email
import email.policy
import pathlib
import re
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from facts import fact  # noqa: E402


def main(path, greeting, url):
    raw = pathlib.Path(path).read_bytes()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert raw.isascii(), "not ASCII"
    header, _, body = raw.partition(b"\n\n")
    assert max(map(len, body.split(b"\n"))) <= 76, "a body line is too long"
    assert max(map(len, header.split(b"\n"))) <= 998, "a header line is too long"
    assert b"\r" not in raw, "a bare CR"

    assert mail["Subject"] == "【" + fact("PORTAL_NAME") + "】メールアドレス登録確認", mail["Subject"]
    assert mail["From"].addresses[0].display_name == fact("PORTAL_NAME"), mail["From"]
    assert mail["From"].addresses[0].addr_spec == "no-reply@portal.test", mail["From"]
    assert mail["Auto-Submitted"] == "auto-generated", mail["Auto-Submitted"]
    assert mail["Content-Language"] == "ja", mail["Content-Language"]
    message_id = re.fullmatch(r"<([A-Za-z0-9_-]+)@portal\.test>", mail["Message-ID"])
    assert message_id, mail["Message-ID"]
    assert mail["Return-Path"] == f"<bounces+{message_id[1]}@portal.test>", mail["Return-Path"]
    age = datetime.datetime.now(datetime.timezone.utc) - mail["Date"].datetime
    assert abs(age.total_seconds()) < 120, mail["Date"]
    assert "TLSv1." in " ".join(mail.get_all("Received")), "it did not come by TLS"
    for name in ("From", "To", "Date", "Message-ID", "Subject", "MIME-Version"):
        assert len(mail.get_all(name)) == 1, f"{name} is there more than once"
    assert not any(part.defects for part in mail.walk()), [part.defects for part in mail.walk()]

    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert text.startswith(greeting + "\r\n" if "\r\n" in text else greeting + "\n"), text
    assert greeting in re.sub(r"<[^>]+>", "", html), html
    link = re.search(rf"^{re.escape(url)}/activate\?token=\S+$", text.replace("\r\n", "\n"), re.M)[0]
    assert f'href="{link}"' in html, html
    print(link)


main(*sys.argv[1:])
