#!/usr/bin/env python3
"""follow.py STOP REPORT MAILDIR EVERY URL: people who follow every EVERY-th activation link that arrives in MAILDIR, from a
browser that has not registered and by the password, until the file STOP is there and the newest mail was looked at.

A page that says 503, or none at all, is reloaded. Writes to REPORT, a line each, the addresses that saw 登録完了画面, and
the times.
Exit status 1: an answer that nobody should see."""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import browsers  # noqa: E402
from mails import Mails  # noqa: E402

DONE = "ユーザー登録が完了いたしました。"


def follow(link, url):
    browser = browsers.Browser([url], browsers.Report())
    status, _, page = browser.visit("GET", link)
    if DONE not in page:  # it asks for the password
        status, _, page = browser.visit("POST", link, {"password": browsers.FORM["password"]})
    if status != 200 or DONE not in page:
        sys.exit(f"{link}: {status}, and no 登録完了画面")


def main(stop, report, maildir, every, url):
    mails, number = Mails(maildir), 0
    with open(report, "w") as followed:
        while True:
            last = pathlib.Path(stop).exists()
            for address in mails.read_new():
                number += 1
                if number % int(every) == 0 and address in mails.links:
                    follow(mails.links[address], url)
                    print(address, time.time(), file=followed, flush=True)
            if last:
                return
            time.sleep(0.1)


main(*sys.argv[1:])
