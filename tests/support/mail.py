#!/usr/bin/env python3
"""mail.py MAILDIR ADDRESS [NUMBER]: waits until NUMBER mails to ADDRESS are there (default 1) and
prints the newest as a mail program shows it: the subject, an empty line, the text.

Exit status 1: there are fewer after 20 seconds, or more."""
import email.policy
import pathlib
import sys
import time


def mails_to(maildir, address):
    found = []
    for path in pathlib.Path(maildir, "new").glob("*"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if address in [to.addr_spec for to in message["To"].addresses]:
            found.append((path.stat().st_mtime_ns, message))
    return [message for _, message in sorted(found, key=lambda entry: entry[0])]


def main(maildir, address, number="1"):
    deadline = time.monotonic() + 20
    while len(mails := mails_to(maildir, address)) < int(number):
        if time.monotonic() > deadline:
            sys.exit(f"{len(mails)} mails to {address} instead of {number}")
        time.sleep(0.05)
    if len(mails) > int(number):
        sys.exit(f"{len(mails)} mails to {address} instead of {number}")
    text = mails[-1].get_body(("plain",)).get_content()
    print(mails[-1]["Subject"], "", text.replace("\r\n", "\n"), sep="\n")


main(*sys.argv[1:])
