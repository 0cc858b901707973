#!/usr/bin/env python3
"""manager.py PORTAL SEED STOP REPORT [PAUSE]: the service manager's part for a portal of conf/quickstart (process PORTAL),
and the fault: with PAUSE, a process of it gets SIGKILL every PAUSE seconds on average, until the file STOP is there.

Drawn by SEED: first what it is (a responder, the mailer, a worker of the web server, a backend of PostgreSQL or its
postmaster), then which one. Whatever quickstart had started is started again as soon as it has ended, with the same words;
the others come back by their own parents. Writes to REPORT, a line each, `killed KIND` and `started NAME`. After STOP it goes
on starting; by SIGTERM it ends, and what it has started with it."""
import ctypes
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import time

KINDS = (("responder", re.compile(r"/portal-(?!mailer)\w+ ")), ("mailer", re.compile(r"/portal-mailer ")),
         ("worker", re.compile(r"nginx: worker")), ("backend", re.compile(r"postgres: ")),
         ("postmaster", re.compile(r"/postgres -D ")))
PR_SET_PDEATHSIG = 1


def words_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().decode().rstrip("\0").split("\0")
    except OSError:
        return []


def parents():
    """{process: its parent} of all that run."""
    found = {}
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue
        if rest.split()[0] != "Z":
            found[int(name.split()[0])] = int(rest.split()[1])
    return found


class Started:
    """A process that quickstart has started, and what is needed to start it again."""

    def __init__(self, pid):
        self.pid, self.words, self.child = pid, words_of(pid), None
        self.environment = dict(entry.split("=", 1) for entry in
                                pathlib.Path(f"/proc/{pid}/environ").read_bytes().decode().rstrip("\0").split("\0"))
        self.folder = os.readlink(f"/proc/{pid}/cwd")
        self.log = os.readlink(f"/proc/{pid}/fd/2")
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        self.user = int(re.search(r"^Uid:\s+(\d+)", status, re.M)[1])
        self.group = int(re.search(r"^Gid:\s+(\d+)", status, re.M)[1])

    def has_ended(self, running):
        return self.child.poll() is not None if self.child else self.pid not in running

    def start_again(self):
        words = self.words
        if self.user != os.geteuid():  # as conf/peers.sh does
            words = ["setpriv", f"--reuid={self.user}", f"--regid={self.group}", "--clear-groups",
                     "--inh-caps=+dac_override", "--ambient-caps=+dac_override", *words]
        with open(self.log, "ab") as log:
            self.child = subprocess.Popen(
                words, env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=log, preexec_fn=lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM))
        self.pid = self.child.pid


class Manager:
    def __init__(self, portal):
        self.portal = portal
        self.started = [Started(pid) for pid, parent in parents().items()
                        if parent == portal and re.search(r"/(portal-\w+|postgres)$", words_of(pid)[0])]

    def family(self):
        """{kind: processes} of all that belongs to the portal."""
        above, found = parents(), {}
        for pid in sorted(above):
            at = pid
            while at in above and at not in (self.portal, os.getpid()):
                at = above[at]
            line = " ".join(words_of(pid)) + " "
            kind = next((kind for kind, pattern in KINDS if at in above and pattern.search(line)), None)
            if kind:
                found.setdefault(kind, []).append(pid)
        return found

    def start_what_has_ended(self, report):
        running = parents()
        for one in self.started:
            if one.has_ended(running):
                one.start_again()
                print("started", os.path.basename(one.words[0]), file=report, flush=True)

    def kill_one(self, chance, report):
        family = self.family()
        kind = chance.choice(sorted(family) + ["responder"])  # there are most of them
        pid = chance.choice(family[kind])
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        print("killed", kind, file=report, flush=True)

    def end(self):
        children = [one.child for one in self.started if one.child]
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()


def main(portal, seed, stop, report, pause="0"):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    chance, manager, pause = random.Random(int(seed)), Manager(int(portal)), float(pause)
    next_kill = time.monotonic()
    try:
        with open(report, "w") as lines:
            while True:
                manager.start_what_has_ended(lines)
                if pause and time.monotonic() >= next_kill and not os.path.exists(stop):
                    manager.kill_one(chance, lines)
                    next_kill = time.monotonic() + chance.uniform(0.2, 1.8) * pause
                time.sleep(0.05)
    finally:
        manager.end()


main(*sys.argv[1:])
