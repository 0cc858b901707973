"""For roster_import: the imports, and one browser after the other that registers meanwhile."""
import http.client
import os
import re
import subprocess
import sys
import threading
import time
import urllib.parse

sys.path.append(os.path.join(os.path.dirname(__file__), "../support"))
from applications import application  # noqa: E402

program, config, url, scratch, root = sys.argv[1:]
ROWS = 200_000
place = urllib.parse.urlsplit(url).netloc


def write_roster(name, rename):
    path = os.path.join(scratch, name)
    with open(path, "w", encoding="cp932", newline="\r\n") as file:
        file.write("登録記号番号,施術所名,所在地,電話番号,指定年月日\n")
        file.write("契0123456-7-8,みなと整骨院,,,\n")  # theirs, who register
        for i in range(1, ROWS):
            # Not in order, and each prefecture's digits first.
            number = f"{i % 47 + 1:02}{i * 37 % 100000:05}-{i // 100000 % 10}-{i % 10}"
            kind = "契" if i % 3 else "協"
            file.write(f"{kind}{number},{rename}接骨院{i},東京都千代田区霞が関{i % 99}-{i % 7},"
                       f"03-0000-{i % 10000:04},令和{i % 8 + 1}年4月1日\n")
    return path


class Registrations(threading.Thread):
    """Fills in the form and says OK, again and again; notes how long each answer took."""

    def __init__(self):
        super().__init__()
        self.going, self.number = True, 0
        self.times = {"form": [], "confirm": [], "OK": []}

    def step(self, name, method, path, fields=None, cookie=""):
        body = urllib.parse.urlencode(fields) if fields else None
        headers = {"Cookie": cookie} if cookie else {}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(place, timeout=60)
        begin = time.monotonic()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        self.times[name].append((time.monotonic() - begin, answer.status))
        connection.close()
        cookies = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
        return page, "; ".join(cookies)

    def run(self):
        while self.going:
            self.number += 1
            _, cookie = self.step("form", "POST", "/register", application(
                "judo", email=f"load{time.monotonic_ns()}@test.example"))
            page, _ = self.step("confirm", "GET", "/register/confirm", cookie=cookie)
            draft = re.search(r'name="draft" value="([^"]+)"', page)
            if draft:
                self.step("OK", "POST", "/register/complete", {"draft": draft[1]}, cookie)


def say(label, registrations):
    for name, times in registrations.times.items():
        seconds = sorted(t for t, _ in times)
        if seconds:
            bad = sum(status >= 400 for _, status in times)
            print(f"  {label:12} {name:8} {len(seconds):6} answers, median "
                  f"{seconds[len(seconds) // 2] * 1000:6.1f} ms, longest {seconds[-1] * 1000:6.1f} ms"
                  + (f", {bad} refused" if bad else ""))


def registering(label, work):
    registrations = Registrations()
    registrations.start()
    try:
        work()
    finally:
        registrations.going = False
        registrations.join()
    say(label, registrations)


def run_import(label, path, *options):
    begin = time.monotonic()
    process = subprocess.Popen([program, "--config", config, "roster", "import", path, *options],
                               stdout=subprocess.PIPE, text=True)
    said = process.stdout.read().strip()
    _, status, usage = os.wait4(process.pid, 0)
    print(f"{label}: {time.monotonic() - begin:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of "
          f"them its own, at most {usage.ru_maxrss / 1024:.0f} MB; exit {status >> 8}; {said}",
          flush=True)


def undo():
    begin = time.monotonic()
    subprocess.run([program, "--config", config, "roster", "undo", "--yes", "--reason",
                    "the load test"], check=True,
                   stdout=subprocess.DEVNULL)
    print(f"undo: {time.monotonic() - begin:.1f} s", flush=True)


first, second = write_roster("first.csv", ""), write_roster("second.csv", "新")
registering("idle", lambda: time.sleep(5))
registering("import", lambda: run_import("200,000 new", first))
registering("import", lambda: run_import("200,000 unchanged, complete", first, "--complete", "judo",
                                         "--allow-removals"))
registering("import", lambda: run_import("200,000 renamed", second))
registering("undo", undo)
