#!/usr/bin/env python3
"""parent.py SOCKETS CONFIG STEPS STOP REPORT VERSION...: holds the socket of each step, as systemd does,
and restarts one responder after another until the file STOP is there.

A responder gets its socket SOCKETS/STEP.sock as fd 0; STEPS is steps.list, whose public steps it starts. Each VERSION is a folder of
programs: every round of restarts deploys the next of them. Prints `ready` when all run. Writes to REPORT,
as JSON: `restarts`, {step: number}; `faults`, one text for each responder that did not end with 0 when
it was asked to, or ended unasked; `longest`, the seconds of the slowest restart."""
import itertools
import json
import pathlib
import signal
import socket
import subprocess
import sys
import time


def listen(path):
    pathlib.Path(path).unlink(missing_ok=True)
    held = socket.socket(socket.AF_UNIX)
    held.bind(str(path))
    held.listen(512)
    return held


class Responder:
    def __init__(self, step, threads, sockets, config):
        self.step, self.socket = step, listen(sockets / f"{step}.sock")
        self.options = ["--config", config, "--threads", threads]
        self.threads = int(threads)

    def start(self, programs):
        self.process = subprocess.Popen([programs / f"portal-{self.step}", *self.options], stdin=self.socket)

    def wait_until_it_serves(self):
        """All its threads are there; a SIGTERM before would find it without its own way to end."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task")
        while len(list(tasks.iterdir())) <= self.threads:
            if self.process.poll() is not None:
                raise ChildProcessError(f"{self.step} does not start: {self.process.returncode}")
            time.sleep(0.001)

    def stop(self):
        """What is wrong with how it ended, or nothing."""
        if self.process.poll() is not None:
            return f"{self.step} has ended by itself: {self.process.returncode}"
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(60)
        return f"{self.step} ended with {status}" if status else ""


def main(sockets, config, steps, stop, report, *versions):
    lines = [line.split() for line in pathlib.Path(steps).read_text().splitlines() if line[:1].isalpha()]
    responders = [Responder(step, threads, pathlib.Path(sockets), config)
                  for step, threads, site, *_ in lines if site == "public"]
    versions = itertools.cycle(map(pathlib.Path, versions))
    programs = next(versions)
    for responder in responders:
        responder.start(programs)
        responder.wait_until_it_serves()
    print("ready", flush=True)

    restarts, faults, longest = dict.fromkeys([responder.step for responder in responders], 0), [], 0
    while not pathlib.Path(stop).exists():
        programs = next(versions)
        for responder in responders:
            begin = time.monotonic()
            faults += filter(None, [responder.stop()])
            responder.start(programs)
            responder.wait_until_it_serves()
            longest = max(longest, time.monotonic() - begin)
            restarts[responder.step] += 1
    faults += filter(None, [responder.stop() for responder in responders])
    pathlib.Path(report).write_text(json.dumps({"restarts": restarts, "faults": faults, "longest": longest}))


main(*sys.argv[1:])
