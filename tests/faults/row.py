#!/usr/bin/env python3
"""row.py NAME HAPPENED FOUND [--mails MAILDIR] [--followed FILE] REPORT...: a row of the table of faults. HAPPENED is the
time of the fault; FOUND names, a line `ADDRESS|REGISTRATIONS|ACCOUNTS`, who is in the database with a mail; FILE says,
line by line, who saw 登録完了画面 by the link of a mail (follow.py); REPORTs are browsers.py's. `row.py` alone prints the head
of the table. Exit status 1: somebody is lost or doubled, or nobody was accepted after the fault.

offered    people who began to register        accepted   who saw 申請完了画面
found      accepted, in the database with a mail, and (with MAILDIR) that mail came
lost       accepted, but not found, or saw 登録完了画面 and has no account
doubled    found with two registrations, two accounts or two mails that are not copies of one
activated  whose link was followed to 登録完了画面  again   copies of mails, as a mailer that was killed may send them
503        the longest time in which whoever asked was refused or got no answer, and nobody was accepted"""
import argparse
import json
import pathlib
import sys

from mails import Mails

COLUMNS = ("offered", "accepted", "found", "lost", "doubled", "activated", "again")


def longest_refusal(accepted, refused, happened):
    """Seconds from the first refusal to the next acceptance, the longest of them since the fault."""
    times = sorted([(at, True) for at in accepted.values()] + [(at, False) for at in refused if at >= happened])
    longest, since = 0, None
    for at, accepted in times:
        if not accepted:
            since = since or at
        elif since:
            longest, since = max(longest, at - since), None
    return longest


def print_row(name, figures, seconds):
    print(f"{name:<26}" + "".join(f"{figure:>10}" for figure in figures) + f"{seconds:>10}", flush=True)


def understood():
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("happened", type=float)
    parser.add_argument("found", type=pathlib.Path)
    parser.add_argument("--mails")
    parser.add_argument("--followed", type=pathlib.Path)
    parser.add_argument("reports", nargs="+", type=pathlib.Path)
    return parser.parse_args()


def main(words):
    reports = [json.loads(path.read_text()) for path in words.reports]
    accepted = {address: at for report in reports for address, at in report["accepted"].items()}
    refused = [at for report in reports for at in report["refused"] + report["gone"]]
    rows = {}
    for line in words.found.read_text().split():
        address, registrations, accounts = line.split("|")
        rows[address] = int(registrations), int(accounts)
    followed = [line.split()[0] for line in words.followed.read_text().splitlines()] if words.followed else []
    mails = Mails(words.mails) if words.mails else None
    if mails:
        mails.read_new()
    lost = {address for address in accepted if address not in rows or mails and address not in mails.copies}
    found = len(accepted) - len(lost)
    lost |= {address for address in followed if rows.get(address, (0, 0))[1] == 0}
    doubled = {address for address in accepted
               if max(rows.get(address, (0, 0))) > 1 or mails and len(mails.copies[address]) > 1}
    print_row(words.name, (sum(report["offered"] for report in reports), len(accepted), found, len(lost), len(doubled),
                           len(followed), mails.sent_again() if mails else "-"),
              f"{longest_refusal(accepted, refused, words.happened):.1f} s")
    if lost or doubled:
        sys.exit(f"{words.name}: lost: {' '.join(sorted(lost)) or '-'}; doubled: {' '.join(sorted(doubled)) or '-'}")
    if not any(at > words.happened for at in accepted.values()):
        sys.exit(f"{words.name}: nobody was accepted after the fault")


if len(sys.argv) == 1:
    print_row("fault", COLUMNS, "503")
else:
    main(understood())
