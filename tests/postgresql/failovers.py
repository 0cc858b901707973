#!/usr/bin/env python3
"""failovers.py REPORT FOUND FAULTS TTL LONGEST: what each failover has cost those who register one way. REPORT
is browsers.py's; FOUND has the addresses in the database with a mail, and how many registrations each has, as
ADDRESS|NUMBER; FAULTS has a line NAME BEGAN ELECTED for each fault, in order: its times in seconds. Exit
status 1: somebody is lost or doubled, or it took over LONGEST seconds from the election of a new leader to
the next registration."""
import json
import pathlib
import sys


def main(report, found, faults, ttl, longest):
    name = pathlib.Path(report).name
    report = json.loads(pathlib.Path(report).read_text())
    found = dict(line.split("|") for line in pathlib.Path(found).read_text().split())
    lost = sorted(set(report["accepted"]) - set(found))
    doubled = sorted(address for address in report["accepted"] if found.get(address, "1") != "1")
    accepted = sorted(report["accepted"].values())
    wrong = bool(lost or doubled)
    print(f"by {name}: accepted {len(accepted)}, found {len(accepted) - len(lost)}, lost {len(lost)}, "
          f"doubled {len(doubled)}, asked for the form again {report['again']}", *lost, *doubled)
    faults = [line.split() for line in pathlib.Path(faults).read_text().splitlines()]
    ends = [float(began) for _, began, _ in faults[1:]] + [float("inf")]
    for (fault, began, elected), end in zip(faults, ends):
        began, elected = float(began), float(elected)
        refused = [at for at in report["refused"] if began <= at < end]
        back = min(at for at in accepted if at > elected) - elected
        wrong |= back > float(longest)
        print(f"  {fault:10} 503 for {max(refused, default=began) - began:5.2f} s; a new leader after "
              f"{elected - began:5.2f} s (TTL {ttl} s), a registration {back:4.2f} s later (at most {longest})")
    sys.exit(wrong)


main(*sys.argv[1:])
