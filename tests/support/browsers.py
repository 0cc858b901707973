#!/usr/bin/env python3
"""browsers.py STOP REPORT BROWSERS [--wander] [--roster FILE] URL...: browsers that register, one after another, until
the file STOP is there and each has come to an end.

Each goes form, confirm, OK, 申請完了画面, as a person would: on a page that says 503, or none at all, it
reloads the same page until it works, at the next node if there are several URLs; when the portal asks
for the form again, it fills it in again. With --wander each request goes to the next node. Its address begins with the name of REPORT. Prints each address that saw
申請完了画面, at once. Writes to REPORT, as JSON: `offered`, how many people began; `accepted`, {address: time} of
those who saw 申請完了画面; `refused`, the times of each 503; `gone`, of each request that found no node or no answer
within a minute; `again`, how often the form was asked for again. Exit status 1: an answer that nobody should see."""
import argparse
import concurrent.futures
import http.client
import http.cookies
import itertools
import json
import pathlib
import re
import ssl
import threading
import time
import urllib.parse

from applications import application

FORM = application("judo")
ACCEPTED = "有効化リンクを添付したメールをお送りしております"
ACTIVATED = "ユーザー登録が完了いたしました"  # if the link was followed before the page could be shown
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
        self.urls = itertools.cycle([urllib.parse.urlsplit(url) for url in urls])
        self.url = next(self.urls)
        self.cookies = {}
        self.report = report
        self.wanders = wanders

    def ask(self, method, path, form):
        secure = {"context": ssl.create_default_context()} if self.url.scheme == "https" else {}
        make = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = make(self.url.netloc, timeout=60, source_address=(self.address, 0), **secure)
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
        if ACCEPTED not in body and ACTIVATED not in body:
            seen = " ".join(re.sub("<[^>]*>", " ", body).split())
            raise Odd(f"{filled_in['email']} does not see that it is accepted, but: {seen[:600]}")
        with self.report.lock:
            self.report.accepted[filled_in["email"]] = time.time()
            print(filled_in["email"], flush=True)
        return True


def clinics_of(roster):
    """The fields of the form for each clinic of judo therapists in that file."""
    for line in pathlib.Path(roster).read_text().splitlines():
        if found := re.match(r"([協契])(\d{7})-(\d)-(\d),", line):
            yield dict(zip(("judo_agreement", "judo_number", "judo_suffix1", "judo_suffix2"), found.groups()))


def run(name, number, urls, stop, report, wanders, clinics):
    for count in itertools.count():
        if stop.exists():
            return
        # Every other one begins at the next node.
        order = urls[count % len(urls):] + urls[:count % len(urls)]
        with report.lock:
            clinic = next(clinics, None)
        if clinic is None:  # all are taken
            return
        Browser(order, report, wanders=wanders).register(f"{name}{number}.{count}@test.example", clinic)


def main(words):
    report = Report()
    clinics = clinics_of(words.roster) if words.roster else itertools.repeat({})
    with concurrent.futures.ThreadPoolExecutor(words.browsers) as pool:
        for done in [pool.submit(run, words.report.name, number, words.urls, words.stop, report, words.wander, clinics)
                     for number in range(words.browsers)]:
            done.result()
    del report.lock
    words.report.write_text(json.dumps(vars(report)))


def understood():
    parser = argparse.ArgumentParser()
    parser.add_argument("stop", type=pathlib.Path)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("browsers", type=int)
    parser.add_argument("--wander", action="store_true")
    parser.add_argument("--roster")
    parser.add_argument("urls", nargs="+")
    return parser.parse_intermixed_args()


if __name__ == "__main__":
    main(understood())
