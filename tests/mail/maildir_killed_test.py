#!/usr/bin/env python3
"""maildir_killed_test.py PROGRAMS: a mailer that delivers into a Maildir is killed at each part of a delivery.

strace kills it at one system call after the other. Each mail must be in new/ at least once, whole, with a link that
works; what one kill sends twice is a group at most; and nobody sees a mail of which a part is missing.
"""
import collections
import re
import shutil
import subprocess
import sys

from killed_test import TOGETHER, link_hash
from office import ENVIRONMENT, Office

MAILS = 7  # a whole group, and a part of one
# (system call, how often the mails need it): a file, its begin of writing, its sync and that of the names, its name.
PARTS = [("sync_file_range", MAILS), ("fsync", MAILS + 2), ("rename", MAILS)]


def run_under_strace(office, *options):
    command = ["strace", "-f", "-q", "-qq", "-o", office.path / "trace", *options,
               office.programs / "portal-mailer", "--config", office.conf, "--once"]
    with office.log.open("ab") as log:
        status = subprocess.run(command, env=ENVIRONMENT, stderr=log, timeout=120).returncode
    return status, (office.path / "trace").read_text()


def new_office(programs):
    office = Office(programs, 25)
    office.set(mail__transport="maildir", mail__maildir=office.path / "mail")
    office.queue(MAILS)
    return office


def mails_in(office):
    return [path.read_bytes() for path in (office.path / "mail" / "new").iterdir()]


def expect_parts(programs):
    """A group is written, then synced, then named, and its names are synced once."""
    with new_office(programs) as office:
        status, trace = run_under_strace(office, "-e", "trace=sync_file_range,fsync,rename")
        assert status == 0, (status, office.log.read_text())
        calls = re.findall(r"^\d+ +(\w+)\(", trace, re.MULTILINE)
        groups = [TOGETHER, MAILS - TOGETHER]
        assert calls == [call for mails in groups for call in
                         ["sync_file_range"] * mails + ["fsync"] * mails + ["rename"] * mails + ["fsync"]], calls
        assert len(mails_in(office)) == MAILS


def expect_each_mail(programs, call, number):
    label = f"killed at {call} {number}"
    with new_office(programs) as office:
        status, _ = run_under_strace(office, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}")
        assert status != 0, f"{label}: it lives"
        office.pass_time(130)  # its leases have run out
        status, log = office.once()
        assert status == 0, (label, log)
        assert office.states() == {"sent": MAILS}, (label, office.states())
        known = {hash for hash, in office.sql("SELECT token_hash FROM activation_link")}
        mails = mails_in(office)
        sent = collections.Counter(re.search(rb"^Message-ID: <(\w+)@", mail, re.MULTILINE)[1] for mail in mails)
        assert len(sent) == MAILS, (label, sent)
        assert len(mails) - MAILS <= TOGETHER, (label, sent)
        assert all(link_hash(mail) in known for mail in mails), label


def expect_failing_alone(programs, call, number):
    """A file that the disk does not take stays out; the others are delivered at once."""
    label = f"failed at {call} {number}"
    with new_office(programs) as office:
        status, _ = run_under_strace(office, "-e", f"trace={call}", "-e", f"inject={call}:error=EIO:when={number}")
        assert status == 0, (label, office.log.read_text())
        assert office.states() == {"sent": MAILS - 1, "queued": 1}, (label, office.states())
        assert len(mails_in(office)) == MAILS - 1, label
        assert not list((office.path / "mail" / "tmp").iterdir()), label
        office.pass_time(31)
        assert office.once()[0] == 0, label
        assert len(mails_in(office)) == MAILS, label
        assert office.states() == {"sent": MAILS}, label


def main(programs):
    if not shutil.which("strace") or subprocess.run(["strace", "-o", "/dev/null", "true"]).returncode:
        print("skipped: no strace, or this machine lets nobody trace")
        raise SystemExit(77)
    expect_parts(programs)
    for call, times in PARTS:
        for number in range(1, times + 1):
            expect_each_mail(programs, call, number)
    for call in ("fsync", "rename"):
        for number in (1, 3, TOGETHER):
            expect_failing_alone(programs, call, number)


if __name__ == "__main__":
    main(*sys.argv[1:])
