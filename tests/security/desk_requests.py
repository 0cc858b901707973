#!/usr/bin/env python3
"""desk_requests.py PORT USER PASSWORD: requests to the desk that no browser sends, by somebody who has logged in, and by
somebody whose name is none. Each answer must be a page of the portal without anything of the inside (answers.py).
Exit status 1: a list of what was otherwise."""
import base64
import http.client
import re
import sys
import urllib.parse

import answers

NONE = "A" * 43  # a token of nobody's
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # drawn ones, which may have any letters in them
FORM = "application/x-www-form-urlencoded"
EVIL_TEXTS = ("\"><script>alert(1)</script>", "' OR 1=1 --", "%", "_%_", "{{NAME}}{{%AUTOESCAPE}}", "../../etc/passwd",
              "\u202e\u200b", "a" * 60000, "契" * 20000, "<!--#echo var=\"REMOTE_USER\"-->", "a@b.example\r\nX-Injected: a",
              "％" * 300, "0" * 5000, "*", "\\", "𠮷" * 999, "-- ", "1;DROP TABLE account", "\t", "１２３－４５")


def table():
    """LABEL, METHOD, TARGET, BODY, HEADERS, STATUSES"""
    for text in EVIL_TEXTS:
        yield "search " + ascii(text[:20]), "POST", "/desk/", urllib.parse.urlencode({"q": text}), {}, {303, 400, 413, 422}
    for label, body, statuses in (
            ("nothing", "", {422}), ("another field", "x=a", {422}), ("twice", "q=a&q=b", {400}), ("a NUL", "q=a%00", {400}),
            ("no UTF-8", "q=%ff", {400}), ("a broken escape", "q=%4", {400}), ("much", "q=" + "a" * 70000, {413})):
        yield label, "POST", "/desk/", body, {}, statuses
    for kind in ("text/plain", "application/json", "multipart/form-data; boundary=a"):
        yield "of type " + kind, "POST", "/desk/", "q=a", {"Content-Type": kind}, {415}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
                    {"Origin": "null"}):
        yield f"from elsewhere {headers}", "POST", "/desk/", "q=aa", headers, {403}
    for query in ("", f"?search={NONE}", "?search=", "?search=%00", "?search=a&search=b", "?search=" + "a" * 6000, "?search=../x",
                  f"?search={NONE}&done={NONE}", "?search=%22%3E%3Cscript%3E"):
        yield "found" + query[:30], "GET", "/desk/found" + query, None, {}, {400, 404}
        yield "POST found" + query[:30], "POST", "/desk/found" + query, "hit=1", {}, {400, 404, 409}
        yield "show" + query[:30], "POST", "/desk/show" + query, "record=x", {}, {400, 404, 409}
    for code in ("resend", "release", "fix", "nothing", "", "%00", "%22%3E%3Cscript%3E"):
        target = f"/desk/action?search={NONE}&do={code}&record=1%27"
        yield "action " + code, "GET", target, None, {}, {400, 404, 409}
        yield "POST action " + code, "POST", target, f"once={NONE}&step=do&reason=a&record=1", {}, {400, 404, 409}
        yield "action once " + code, "POST", target, "once=x&step=do&reason=a", {}, {400, 404, 409}
    for query in ("?days=-1", "?days=99999999999999999999", "?days=a", "?since=2026-99-99", "?since=1&until=0", "?since=%00",
                  "?since=2026-01-01&until=2020-01-01", "?days=7&days=8"):
        yield "overview" + query, "GET", "/desk/overview" + query, None, {}, {200, 400, 404, 422}
    for target in ("/desk/x", "/desk/found/", "/DESK/", "//desk/", "/desk/../x", "/desk/%2e%2e/x", "/desk//found", "/desk%2f", "/nothing",
                   "/desk/" + "a" * 5000, "/register", "/login", "/desk/%00", "/desk/;x"):
        yield target[:30], "GET", target, None, {}, {400, 404, 308, 301, 303} | ({200} if target == "/desk%2f" else set())
    for method in ("DELETE", "PUT", "PATCH", "OPTIONS", "TRACE"):
        yield method, method, "/desk/", None, {}, {405, 400, 501}
        yield method + " found", method, f"/desk/found?search={NONE}", None, {}, {405, 400, 501}


def names():
    """Names that nobody has, or that are none, each with a password that the web server knows."""
    return ["unlisted", "with blank", "comma,supervisor", "supervisor,", "Supervisor", "SUPERVISOR", "supervisor ", "web", "x" * 65,
            "<script>", "佐藤", "supervisor\u200b"]


def ask(port, method, target, body, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, target, None if body is None else body.encode(), headers)
    answer = connection.getresponse()
    text = TOKEN.sub("TOKEN", answer.read().decode())
    pairs = [(name.lower(), TOKEN.sub("TOKEN", value)) for name, value in answer.getheaders()]
    connection.close()
    return answer.status, pairs, text.encode()


def as_user(user, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def main(port, user, password):
    wrong, count = [], 0
    rows = [(*row, as_user(user, password)) for row in table()]
    rows += [(f"the name {name!r}", "GET", "/desk/", None, {}, {401, 403}, as_user(name, "geheim")) for name in names()]
    for label, method, target, body, headers, statuses, who in rows:
        count += 1
        try:
            form = {"Content-Type": FORM} if body is not None else {}
            status, pairs, text = ask(int(port), method, target, body, form | headers | who)
            answers.check(status, pairs, text, statuses)
            if status == 200 and b"no-store" not in dict(pairs).get("cache-control", "").encode():
                raise answers.Wrong("may be kept")
        except (answers.Wrong, OSError, ValueError) as reason:
            wrong.append(f"{label}: {reason}")
    print(f"{count} requests")
    sys.exit("\n".join(wrong) or 0)


main(*sys.argv[1:])
