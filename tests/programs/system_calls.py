#!/usr/bin/env python3
"""A warm responder answers with few system calls: system_calls.py PROGRAMS TREE

One thread, one request after another, under strace. Each number below is that of a request that came whole, as nginx
sends it; a bare libfcgi responder needs a dozen for a page of this size (select, accept, read, five writes, shutdown, poll,
read, close). A number may fall, and then falls here, too.
"""
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

PROGRAMS, TREE = (pathlib.Path(path).resolve() for path in sys.argv[1:])
PATIENCE = 60  # seconds, on a machine with much to do
ASKED = 6

# What the loop needs: a connection is waited for, taken, looked at, read by libfcgi, answered and closed; a line is logged.
LOOP = ["epoll_wait", "accept4", "recvfrom", "read", "write", "sendmsg", "close"]


def record(kind, content):
    return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content


def request(uri, **more):
    names = {"REQUEST_METHOD": "GET", "REQUEST_URI": uri, "REMOTE_ADDR": "127.0.0.1", "REQUEST_ID": "0" * 32, **more}
    pairs = b"".join(bytes([len(name), len(value)]) + (name + value).encode() for name, value in names.items())
    return record(1, struct.pack(">HB5x", 1, 0)) + record(4, pairs) + record(4, b"") + record(5, b"")


def ask(path, message):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(str(path))
        connection.sendall(message)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


def wait_until(condition, process):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end or process.poll() is not None:
            raise SystemExit(f"{process.args} is not ready: {process.stderr.read()}")
        time.sleep(0.01)


def calls_of(folder, program, message, status):
    """The system calls of a warm request, in their order: of the one that needed fewest. Now and then a thread waits for a
    lock of another, or for memory."""
    path, trace = folder / "socket", folder / "trace"
    process = subprocess.Popen(
        ["strace", "-f", "-q", "-qq", "-o", trace, PROGRAMS / program, "--config", folder / "portal.conf",
         "--listen", f"unix:{path}", "--threads", "1"], stderr=subprocess.PIPE, text=True)
    try:
        wait_until(path.is_socket, process)
        for _ in range(ASKED):
            answer = ask(path, message)
            assert f"Status: {status} ".encode() in answer, answer[:200]
    finally:
        # strace passes no signal on to the program.
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for child in children:
            subprocess.run(["kill", "-TERM", child], check=True)
        process.wait(PATIENCE)
    path.unlink(missing_ok=True)
    names = [(line.split(None, 1)[0], match[1]) for line in trace.read_text().splitlines()
             if (match := re.match(r"\d+ +(\w+)\(", line))]
    worker = next(thread for thread, name in names if name == "accept4")
    of_worker = [name for thread, name in names if thread == worker]
    taken = [number for number, name in enumerate(of_worker) if name == "accept4"]
    assert len(taken) >= ASKED, of_worker
    # From one connection to the next: the wait for it stands before it.
    requests = [of_worker[begin - 1:end - 1] for begin, end in zip(taken, taken[1:])]
    return min((without_waiting(calls) for calls in requests), key=len)


def without_waiting(calls):
    """The bytes may come later than the connection: then it looks, waits and looks again."""
    return [name for number, name in enumerate(calls) if name != "poll" and calls[number - 1] != "poll"]


def main():
    if not shutil.which("strace"):
        print("skipped: strace is not installed")
        raise SystemExit(77)
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode:
        print("skipped: this machine lets nobody trace")
        raise SystemExit(77)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "portal.conf").write_text(
            f"site.base_url = http://127.0.0.1:8080\ndatabase.connector = SQLite\n"
            f"database.connection = {folder}/portal.db\ntemplates.directory = {TREE}/templates\n"
            f"mail.transport = maildir\nmail.maildir = {folder}/mail\n"
            f"password.blocklist = {TREE}/conf/password-blocklist.txt\n")
        subprocess.run([PROGRAMS / "portalctl", "--config", folder / "portal.conf", "migrate"], check=True,
                       stdout=subprocess.DEVNULL)
        found = []
        for program, label, message, status in (
                ("portal-form", "the blank form", request("/register?x"), 200),
                ("portal-form", "the blank form, compressed", request("/register?x", HTTP_ACCEPT_ENCODING="gzip"), 200),
                ("portal-pages", "a content page", request("/faq"), 200),
                ("portal-pages", "a page that is not there", request("/nothing"), 404)):
            calls = calls_of(folder, program, message, status)
            print(f"{label}: {len(calls)}: {' '.join(calls)}")
            if sorted(calls) != sorted(LOOP):
                found.append(label)
        assert not found, f"other system calls than {LOOP}: {found}"


signal.signal(signal.SIGPIPE, signal.SIG_DFL)
main()
