#!/usr/bin/env python3
"""row.py NAME REPORT FOUND HAPPENED: a row of the table of faults. REPORT is browsers.py's; FOUND names, a line
`ADDRESS|REGISTRATIONS`, who is in the database with a mail; HAPPENED is the time of the fault. `row.py` alone prints the
head of the table. Exit status 1: somebody is lost or doubled, or nobody was accepted after the fault.

offered    people who began to register        accepted   who saw 申請完了画面
found      accepted, and in the database with a mail
lost       accepted, but not found             doubled    found with more registrations than one
503        the longest time in which whoever asked was refused or got no answer, and nobody was accepted"""
import json
import pathlib
import sys

COLUMNS = ("offered", "accepted", "found", "lost", "doubled")


def longest_refusal(report, happened):
    """Seconds from the first refusal to the next acceptance, the longest of them since the fault."""
    times = sorted([(at, True) for at in report["accepted"].values()]
                   + [(at, False) for at in report["refused"] + report["gone"] if at >= happened])
    longest, since = 0, None
    for at, accepted in times:
        if not accepted:
            since = since or at
        elif since:
            longest, since = max(longest, at - since), None
    return longest


def print_row(name, figures, seconds):
    print(f"{name:<28}" + "".join(f"{figure:>10}" for figure in figures) + f"{seconds:>12}", flush=True)


def main(name, report, found, happened):
    report, happened = json.loads(pathlib.Path(report).read_text()), float(happened)
    rows = dict(line.split("|") for line in pathlib.Path(found).read_text().split())
    accepted = report["accepted"]
    lost = sorted(set(accepted) - set(rows))
    doubled = sorted(address for address in accepted if int(rows.get(address, 0)) > 1)
    print_row(name, (report["offered"], len(accepted), len(accepted) - len(lost), len(lost), len(doubled)),
              f"{longest_refusal(report, happened):.1f} s")
    if lost or doubled:
        sys.exit(f"{name}: lost: {' '.join(lost) or '-'}; doubled: {' '.join(doubled) or '-'}")
    if not any(at > happened for at in accepted.values()):
        sys.exit(f"{name}: nobody was accepted after the fault")


if len(sys.argv) == 1:
    print_row("fault", COLUMNS, "503")
else:
    main(*sys.argv[1:])
