#!/usr/bin/env python3
"""browsers.py STOP REPORT BROWSERS [--wander] URL...: browsers that register, one after another, until the file STOP
is there and each has come to an end.

Each goes form, confirm, OK, 申請完了画面, as a person would: on a page that says 503, or none at all, it
reloads the same page until it works, at the next node if there are several URLs; when the portal asks
for the form again, it fills it in again. With --wander each request goes to the next node. Its address begins with the name of REPORT. Prints each address that saw
申請完了画面, at once. Writes to REPORT, as JSON: `offered`, how many people began; `accepted`, {address: time} of
those who saw 申請完了画面; `refused`, the times of each 503; `gone`, of each request that found no node or no answer
within a minute; `again`, how often the form was asked for again. Exit status 1: an answer that nobody should see."""
import concurrent.futures
import http.client
import http.cookies
import itertools
import json
import pathlib
import re
import sys
import threading
import time
import urllib.parse

from applications import application

FORM = application("judo")
ACCEPTED = "有効化リンクを添付したメールをお送りしております"
PAUSE = 0.1  # seconds before a reload


class Odd(Exception):
    pass


class Report:
    def __init__(self):
        self.lock = threading.Lock()
        self.offered, self.accepted, self.refused, self.gone, self.again = 0, {}, [], [], 0


class Browser:
    """At `address`, one of this machine's own: 127.0.0.0/8."""

    def __init__(self, urls, report, address="127.0.0.1", wanders=False):
        self.address = address
        self.urls = itertools.cycle([urllib.parse.urlsplit(url).netloc for url in urls])
        self.url = next(self.urls)
        self.cookies = {}
        self.report = report
        self.wanders = wanders

    def ask(self, method, path, form):
        connection = http.client.HTTPConnection(self.url, timeout=60, source_address=(self.address, 0))
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, form and urllib.parse.urlencode(form), headers)
            answer = connection.getresponse()
            body = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer.status, answer.headers.get("Location", ""), body

    def visit(self, method, path, form=None):
        """(status, location, body) of the first answer that is none of trouble."""
        while True:
            try:
                answer = self.ask(method, path, form)
            except (OSError, http.client.HTTPException):
                with self.report.lock:
                    self.report.gone.append(time.time())
                self.url = next(self.urls)
            else:
                if self.wanders:
                    self.url = next(self.urls)
                if answer[0] != 503:
                    return answer
                with self.report.lock:
                    self.report.refused.append(time.time())
            time.sleep(PAUSE)

    def register(self, address, clinic={}):
        with self.report.lock:
            self.report.offered += 1
        while not self.goes_through(FORM | {"email": address} | clinic):
            with self.report.lock:
                self.report.again += 1

    def goes_through(self, filled_in):
        """False: asked for the form again."""
        steps = [("POST", "/register", filled_in),
                 ("GET", "/register/confirm", None),
                 ("POST", "/register/complete", {}),
                 ("GET", "/register/complete", None)]
        for step, (method, path, form) in enumerate(steps):
            status, location, body = self.visit(method, path, form)
            if location == "/register":
                return False
            if step + 1 < len(steps) and location not in ("", steps[step + 1][1]) or status not in (200, 303):
                raise Odd(f"{method} {path}: {status} {location}")
            if path == "/register/confirm":
                steps[2][2]["draft"] = re.search(r'name="draft" value="([^"]+)"', body)[1]
        if ACCEPTED not in body:
            raise Odd(f"{filled_in['email']} does not see that it is accepted")
        with self.report.lock:
            self.report.accepted[filled_in["email"]] = time.time()
            print(filled_in["email"], flush=True)
        return True


def run(name, number, urls, stop, report, wanders):
    for count in itertools.count():
        if stop.exists():
            return
        # Every other one begins at the next node.
        order = urls[count % len(urls):] + urls[:count % len(urls)]
        Browser(order, report, wanders=wanders).register(f"{name}{number}.{count}@test.example")


def main(stop, path, browsers, *urls):
    report = Report()
    wanders, urls = "--wander" in urls, [url for url in urls if url != "--wander"]
    with concurrent.futures.ThreadPoolExecutor(int(browsers)) as pool:
        for done in [pool.submit(run, pathlib.Path(path).name, number, urls, pathlib.Path(stop), report, wanders)
                     for number in range(int(browsers))]:
            done.result()
    del report.lock
    pathlib.Path(path).write_text(json.dumps(vars(report)))


if __name__ == "__main__":
    main(*sys.argv[1:])
