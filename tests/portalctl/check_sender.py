#!/usr/bin/env python3
"""portalctl check: the sender's domain, as a DNS server of this test's own has it.

check_sender.py PROGRAMS
"""
import pathlib
import subprocess
import sys
import tempfile

PROGRAMS = pathlib.Path(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
from dns_server import A, MX, TXT, Server  # noqa: E402

FROM, KEY, POLICY = "portal.example.jp", "s1._domainkey.portal.example.jp", "_dmarc.example.jp"
GOOD = {
    (FROM, MX): ["mail.example.jp"],
    (FROM, A): ["192.0.2.1"],
    (FROM, TXT): ["google-site-verification=x", "v=spf1 mx ip4:192.0.2.0/24 -all"],
    (KEY, TXT): ["v=DKIM1; k=rsa; p=" + "M" * 700],  # over 512 bytes: TCP
    (POLICY, TXT): ["v=DMARC1; p=reject"],           # of the domain above
}
OK, WARNING, FAULT = "ok", "warning", "FAULT"
CASES = [  # what differs from GOOD (None: not there), level, words
    ({}, OK, "MX, SPF and DMARC of portal.example.jp, and its DKIM key"),
    ({(FROM, MX): None, (FROM, A): None}, FAULT, "takes no mail (no MX, no address)"),
    ({(FROM, MX): None}, WARNING, "portal.example.jp. MX 10 mail.portal.example.jp."),
    ({(FROM, MX): [""]}, FAULT, "null MX"),
    ({(FROM, TXT): ["something else"]}, FAULT, 'portal.example.jp. TXT "v=spf1 mx -all"'),
    ({(FROM, TXT): ["v=spf1 -all", "v=spf1 mx -all"]}, FAULT, "has 2 SPF records, so none counts"),
    ({(FROM, TXT): ["v=spf1 +all"]}, FAULT, "lets everybody send"),
    ({(FROM, TXT): ["v=spf1 mx"]}, WARNING, "end it with -all"),
    ({(FROM, TXT): ["v=spf1 redirect=_spf.example.jp"]}, OK, ""),
    ({(KEY, TXT): None}, FAULT, KEY + " has no DKIM key"),
    ({(KEY, TXT): ["v=DKIM1; p="]}, FAULT, "which means: withdrawn"),
    ({(POLICY, TXT): None}, WARNING, '_dmarc.portal.example.jp. TXT "v=DMARC1; p=quarantine'),
    ({(POLICY, TXT): ["v=DMARC1; rua=mailto:x@example.jp"]}, FAULT, "has no policy p="),
]


def check(folder, server, lines="", selector=True):
    (folder / "portal.conf").write_text(f"""\
database.connection = {folder}/portal.db
templates.directory = {ROOT}/templates
password.blocklist = {ROOT}/conf/password-blocklist.txt
mail.transport = smtp
mail.smtp.host = 127.0.0.1
mail.smtp.port = 1
mail.from = 総合ポータル <no-reply@{FROM}>
{lines}
""")
    ran = subprocess.run([PROGRAMS / "portalctl", "--config", folder / "portal.conf", "check", "--stopped",
                          "--timeout", "30", "--resolver", f"127.0.0.1:{server.port}",
                          *(["--dkim-selector", "s1"] if selector else [])],
                         stdout=subprocess.PIPE, encoding="utf-8", check=False)
    return [line for line in ran.stdout.splitlines() if line[8:].startswith("sender: ")]


def expect(lines, level, words):
    assert any(line.startswith(level) and words in line for line in lines), (level, words, lines)


def main():
    server = Server()
    server.start()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for changes, level, words in CASES:
            server.zone = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
            lines = check(folder, server)
            assert len(lines) == 1, lines
            expect(lines, level, words)
        server.zone = GOOD
        expect(check(folder, server, selector=False), OK, "name the selector for DKIM")
        # Bounces and SPF are about the envelope's sender.
        expect(check(folder, server, "mail.bounces = bounces@other.example.jp"), FAULT, "other.example.jp takes no")
        expect(check(folder, server, "mail.transport = maildir"), "n/a", "maildir")
        server.fails = True
        expect(check(folder, server), WARNING, "no resolver answers for portal.example.jp")


main()
