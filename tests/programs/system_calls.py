#!/usr/bin/env python3
"""A warm responder answers with few system calls: system_calls.py PROGRAMS TREE

One thread, one request after another, under strace. A page that asks no database makes just the calls of LOOP; a bare
libfcgi responder needs a dozen for a page of this size (select, accept, read, five writes, shutdown, poll, read, close).
What asks SQLite makes at most as many as MOST says, with some room, because SQLite's own differ between its versions. A
number may fall, and then falls here, too.
"""
import collections
import contextlib
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import straight  # noqa: E402
from applications import application  # noqa: E402

PROGRAMS, TREE = (pathlib.Path(path).resolve() for path in sys.argv[1:])
PATIENCE = 60  # seconds, on a machine with much to do
ASKED = 8

# What the loop needs: a connection is waited for, taken, looked at, read by libfcgi, answered and closed; a line is logged.
LOOP = ["epoll_wait", "accept4", "recvfrom", "read", "write", "sendmsg", "close"]

MOST = {
    "a look-up": 18,
    "a form that is refused": 20,
    "a form that is accepted": 50,
    "OK": 60,
}


def wait_until(condition, process):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end or process.poll() is not None:
            raise SystemExit(f"{process.args} is not ready: {process.stderr.read()}")
        time.sleep(0.01)


@contextlib.contextmanager
def served(folder, program, *before):
    """(process, socket) of a responder with one thread. Words before it: who watches it."""
    path = folder / "socket"
    process = subprocess.Popen([*before, PROGRAMS / program, "--config", folder / "portal.conf", "--listen", f"unix:{path}",
                                "--threads", "1"], stderr=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: straight.is_listening(path), process)
        yield process, path
    finally:
        # strace passes no signal on to the program.
        for pid in children(process) if before else [str(process.pid)]:
            subprocess.run(["kill", "-TERM", pid], check=True)
        process.wait(PATIENCE)
    path.unlink(missing_ok=True)


def children(process):
    return pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()


def all_sleep(process):
    """Then all that a thread has called stands in the trace."""
    return all(stat.read_text().rpartition(") ")[2].startswith("S")
               for child in children(process) for stat in pathlib.Path(f"/proc/{child}/task").glob("*/stat"))


def calls_of(folder, program, messages, status):
    """The system calls of a warm request, in their order: of the one that needed fewest. Now and then a thread waits for a
    lock of another, or for memory."""
    trace = folder / "trace"
    ends = []
    with served(folder, program, "strace", "-f", "-q", "-qq", "-o", trace) as (process, path):
        for message in messages:
            answer = straight.ask(path, message)
            assert f"Status: {status} ".encode() in answer, answer[:200]
            wait_until(lambda: all_sleep(process), process)
            ends.append(trace.stat().st_size)
    text = trace.read_bytes()
    parts = [re.findall(rb"^(\d+) +(\w+)\(", text[begin:end], re.M) for begin, end in zip(ends, ends[1:])]
    workers = {thread for part in parts for thread, name in part if name == b"accept4"}  # which of several is no matter
    requests = [[name.decode() for thread, name in part if thread in workers] for part in parts]
    return min((without_waiting(calls) for calls in requests), key=len)


def without_waiting(calls):
    """The bytes may come later than the connection: then it looks, waits and looks again."""
    return [name for number, name in enumerate(calls) if name != "poll" and calls[number - 1] != "poll"]


def filled_in(number, **changed):
    return application("judo", email=f"p{number}@test.example", judo_number="0123456", judo_suffix1="7", judo_suffix2="8", **changed)


def form(entries):
    return straight.message("POST", "/register", urllib.parse.urlencode(entries).encode())


def drafts(folder):
    """A request that presses OK for each of some drafts."""
    with served(folder, "portal-form") as (_, path):
        answers = [straight.ask(path, form(filled_in(number))) for number in range(ASKED)]
    cookies = [re.search(rb"draft=[^;]+", answer)[0].decode() for answer in answers]
    return [straight.message("POST", "/register/complete", HTTP_COOKIE=cookie) for cookie in cookies]


def make_site(folder):
    (folder / "portal.conf").write_text(
        f"site.base_url = http://127.0.0.1:8080\ndatabase.connector = SQLite\n"
        f"database.connection = {folder}/portal.db\ntemplates.directory = {TREE}/templates\n"
        f"mail.transport = maildir\nmail.maildir = {folder}/mail\npassword.memory_kib = 64\n"
        f"password.blocklist = {TREE}/conf/password-blocklist.txt\n")
    for words in ["migrate"], ["roster", "import", TREE / "sql/sample_roster.csv"]:
        subprocess.run([PROGRAMS / "portalctl", "--config", folder / "portal.conf", *words], check=True, stdout=subprocess.DEVNULL)


def wrong_pages(folder):
    """What makes other calls than those of LOOP."""
    found = []
    for program, label, message, status in (
            ("portal-form", "the blank form", straight.message("GET", "/register?x"), 200),
            ("portal-form", "the blank form, compressed", straight.message("GET", "/register?x", HTTP_ACCEPT_ENCODING="gzip"), 200),
            ("portal-pages", "a content page", straight.message("GET", "/faq"), 200),
            ("portal-pages", "a page that is not there", straight.message("GET", "/nothing"), 404)):
        calls = calls_of(folder, program, [message] * ASKED, status)
        print(f"{label}: {len(calls)}: {' '.join(calls)}")
        if sorted(calls) != sorted(LOOP):
            found.append(f"{label}: other system calls than {LOOP}")
    return found


def too_many(folder):
    """What makes more calls than MOST."""
    found = []
    clinic = {name: filled_in(0)[name] for name in ("judo_agreement", "judo_number", "judo_suffix1", "judo_suffix2")}
    for label, program, messages, status in (
            ("a look-up", "portal-lookup", [straight.message("GET", "/register/clinic?" + urllib.parse.urlencode(clinic))] * ASKED, 200),
            ("a form that is refused", "portal-form", [form(filled_in(0, phone="1"))] * ASKED, 422),
            ("a form that is accepted", "portal-form", [form(filled_in(0))] * ASKED, 303),
            ("OK", "portal-complete", drafts(folder), 303)):
        calls = calls_of(folder, program, messages, status)
        most = ", ".join(f"{name} {number}" for name, number in collections.Counter(calls).most_common())
        print(f"{label}: {len(calls)}: {most}")
        if len(calls) > MOST[label]:
            found.append(f"{label}: {len(calls)} system calls, and not {MOST[label]}: {most}")
    return found


def slow_start(folder):
    """A start opens each template at most twice (the style sheet stands in pages and counts for the assets' version), and
    asks of no link on the way to it."""
    trace = folder / "start"
    subprocess.run(["strace", "-f", "-qq", "-o", trace, PROGRAMS / "portal-form", "--config", folder / "portal.conf", "--check"],
                   check=True)
    asked = rf'(open|readlink)(?:at)?\((?:AT_FDCWD, )?"({re.escape(str(TREE))}/templates/[^"]+)"'
    calls = collections.Counter(re.findall(asked, trace.read_text()))
    assert any(path.endswith("/form.tpl") for _, path in calls), "the trace tells nothing"
    return [f"the start: {name} {path}: {number} times" for (name, path), number in sorted(calls.items())
            if number > (0 if name == "readlink" else 2)]


def main():
    if not shutil.which("strace"):
        print("skipped: strace is not installed")
        raise SystemExit(77)
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode:
        print("skipped: this machine lets nobody trace")
        raise SystemExit(77)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_site(folder)
        found = slow_start(folder) + wrong_pages(folder) + too_many(folder)
    raise SystemExit("\n".join(found) or 0)


signal.signal(signal.SIGPIPE, signal.SIG_DFL)
main()
