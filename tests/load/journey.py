#!/usr/bin/env python3
"""journey.py URL MAILDIR FIRST PEOPLE AT_ONCE: so many people go the whole way, each for a clinic of
their own, from FIRST on: the blank form, the form, confirm, OK, 申請完了画面, the link of the mail, login, own page. Clinic I is
契 and I in seven digits, -0-0. Exit status 1: somebody does not get there."""
import concurrent.futures
import email
import email.policy
import pathlib
import re
import sys
import threading
import time

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
import browsers  # noqa: E402


class Mailbox:
    """The links of the mails in a Maildir, by address. Each mail is read once."""

    def __init__(self, maildir):
        self.folder = pathlib.Path(maildir, "new")
        self.lock = threading.Lock()
        self.seen, self.links = set(), {}

    def read_new(self):
        for path in self.folder.iterdir() if self.folder.exists() else ():
            if path.name not in self.seen:
                self.seen.add(path.name)
                text = path.read_text()
                address = re.search(r"^To: <?([^>\s]+)", text, re.MULTILINE)[1]
                self.links[address] = self.path_in(text)

    @staticmethod
    def path_in(text):
        mail = email.message_from_string(text, policy=email.policy.default)
        return re.search(r"/activate\?token=\S+", mail.get_body(("plain",)).get_content())[0]

    def link_to(self, address):
        while True:
            with self.lock:
                if address not in self.links:
                    self.read_new()
                if address in self.links:
                    return self.links[address]
            time.sleep(0.1)


def go(url, mailbox, number, report):
    # Logins are limited by network.
    browser = browsers.Browser([url], report, f"127.{number // 250 % 250 + 1}.{number % 250}.1")
    address = f"person{number}@test.example"
    browser.visit("GET", "/register")
    browser.register(address, {"judo_number": f"{number:07}", "judo_suffix1": "0", "judo_suffix2": "0"})
    login = {"email": address, "password": browsers.FORM["password"]}
    for method, path, form, expected in (("GET", mailbox.link_to(address), None, 200),
                                         ("POST", "/login", login, 303), ("GET", "/account", None, 200)):
        status, _, _ = browser.visit(method, path, form)
        if status != expected:
            raise browsers.Odd(f"{method} {path}: {status}")


def main(url, maildir, first, people, at_once):
    report, mailbox = browsers.Report(), Mailbox(maildir)
    with concurrent.futures.ThreadPoolExecutor(int(at_once)) as pool:
        for done in [pool.submit(go, url, mailbox, number, report) for number in range(int(first), int(first) + int(people))]:
            done.result()


main(*sys.argv[1:])
