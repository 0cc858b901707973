#!/usr/bin/env python3
"""mail.py [--html] MAILDIR ADDRESS [NUMBER]: waits until NUMBER mails to ADDRESS are there (default 1)
and prints the newest as a mail program shows it: the subject, an empty line, the text. With --html:
the sender, the subject, an empty line, the HTML.

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


def shown(message, html):
    text = message.get_body(("html" if html else "plain",)).get_content().replace("\r\n", "\n")
    return "\n".join([message["From"]] * html + [message["Subject"], "", text])


def main(maildir, address, number="1", *, html=False):
    deadline = time.monotonic() + 20
    while len(mails := mails_to(maildir, address)) < int(number):
        if time.monotonic() > deadline:
            sys.exit(f"{len(mails)} mails to {address} instead of {number}")
        time.sleep(0.05)
    if len(mails) > int(number):
        sys.exit(f"{len(mails)} mails to {address} instead of {number}")
    print(shown(mails[-1], html))


if __name__ == "__main__":
    main(*[one for one in sys.argv[1:] if one != "--html"], html="--html" in sys.argv)
