#!/usr/bin/env python3
"""figures.py REPORT FOUND KILLED [PROMOTED RECOVERED]: what a fault has cost. REPORT is browsers.py's, FOUND
names the addresses in the database that have a registration and a mail, one a line; the rest are times,
the last two those of a failover. Exit status 1: somebody is lost, nobody was accepted after the fault,
or the portal took over 5 seconds to come back."""
import json
import pathlib
import sys

LONGEST = 5  # seconds from the promotion to the first success


def main(report, found, killed, *failover):
    killed = float(killed)
    report = json.loads(pathlib.Path(report).read_text())
    accepted = report["accepted"]
    found = set(pathlib.Path(found).read_text().split())
    lost = sorted(set(accepted) - found)
    refused = [at for at in report["refused"] if at >= killed]
    after = sum(at > killed for at in accepted.values())
    wrong = bool(lost) or after == 0
    print(f"accepted {len(accepted)}, {after} of them after the fault")
    print(f"found in the database, with their mail: {len(set(accepted) & found)}")
    print("lost", len(lost), *lost)
    print(f"seconds of 503: {max(refused, default=killed) - killed:.2f} ({len(refused)} answers)")
    if failover:
        promoted, recovered = map(float, failover)
        back = min([recovered] + [at for at in accepted.values() if at > promoted]) - promoted
        wrong |= back > LONGEST
        print(f"seconds until the standby was promoted: {promoted - killed:.2f}")
        print(f"seconds from then to the first success: {back:.2f} (at most {LONGEST})")
    print(f"requests that found no node: {len(report['gone'])}")
    print(f"asked for the form again: {report['again']}")
    sys.exit(wrong)


main(*sys.argv[1:])
