"""Load on a URL: wrk, and where HTTP/2 is asked for, h2load."""
import json
import os
import pathlib
import re
import subprocess
import time
from dataclasses import dataclass, field

from .site import CLINICS

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Load:
    """Requests of one kind. `script` is one of tests/load/*.lua; `variables` are its LOAD_… variables."""
    path: str
    script: str = "get.lua"
    variables: dict = field(default_factory=dict)
    headers: tuple = ()
    body: str = ""  # of a POST, for h2load, which knows no scripts
    status: str = "2xx"  # what h2load counts as good

    def on(self, path, **variables):
        """The same traffic, on a path of another server."""
        return Load(path, self.script, self.variables | variables, self.headers, self.body, "2xx")


@dataclass
class Outcome:
    good: int
    bad: int
    seconds: float
    p99: float = 0  # milliseconds
    longest: float = 0
    odd: str = ""

    @property
    def rate(self):
        return self.good / self.seconds


def command(url, load, clients, seconds):
    headers = [word for header in load.headers for word in ("-H", header)]
    return ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "70s", *headers, "-s", SCRIPTS / load.script, url + load.path]


def start_wrk(url, load, clients, seconds):
    variables = {f"LOAD_{name}": str(value) for name, value in load.variables.items()}
    environment = os.environ | {"LOAD_CLINICS": str(CLINICS), "LOAD_RUN": f"r{time.time_ns()}"} | variables
    return subprocess.Popen(command(url, load, clients, seconds), env=environment, stdout=subprocess.PIPE, text=True)


def outcome_of(wrk):
    printed, _ = wrk.communicate()
    found = re.search(r"^JSON(\{.*\})$", printed, re.MULTILINE)
    if not found:
        raise SystemExit("wrk: " + printed)
    said = json.loads(found[1])
    return Outcome(said["good"], said["bad"] + said["broken"], said["seconds"], said["p99"], said["longest"], said["odd"])


def by_wrk(url, load, clients, seconds):
    return outcome_of(start_wrk(url, load, clients, seconds))


# nginx closes a connection after 1,000 requests (keepalive_requests), and h2load opens no other one instead.
OF_A_CONNECTION = 900


def by_h2load(url, load, clients, folder):
    """One stream on each connection, so that the number of clients means the same as with wrk."""
    words = ["h2load", "-t1", f"-c{clients}", "-m1", f"-n{clients * OF_A_CONNECTION}"]
    for header in load.headers:
        words += ["-H", header]
    if load.body:
        body = pathlib.Path(folder, "body")
        body.write_text(load.body)
        words += ["-d", str(body), "-H", "Content-Type: application/x-www-form-urlencoded"]
    printed = subprocess.run([*words, url + load.path], check=True, capture_output=True, text=True).stdout
    if "Application protocol: h2" not in printed:
        raise SystemExit("h2load: no HTTP/2: " + printed)
    amount, unit = re.search(r"^finished in ([\d.]+)(us|ms|s),", printed, re.M).groups()
    codes = {kind: int(count) for count, kind in re.findall(r"(\d+) (\dxx)", printed)}
    good = codes.pop(load.status)
    return Outcome(good, clients * OF_A_CONNECTION - good, float(amount) * {"us": 1e-6, "ms": 1e-3, "s": 1}[unit],
                   odd=str({kind: n for kind, n in codes.items() if n} or ""))
