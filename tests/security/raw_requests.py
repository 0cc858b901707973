#!/usr/bin/env python3
"""raw_requests.py PORT: sends requests that no browser sends to a web server in front of the portal, byte by byte, and
checks each answer (answers.py). Between them the site must go on serving. Exit status 1: a list of what was wrong."""
import concurrent.futures
import socket
import sys

import answers

HOST = b"Host: 127.0.0.1\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
CLOSED = 0  # the connection ended without an answer
# What a server may answer to a request that is none. 408 comes where it waits for the rest.
MALFORMED = {400, CLOSED}


def get(target, more=b"", method=b"GET", version=b"HTTP/1.1", host=HOST):
    return method + b" " + target + b" " + version + b"\r\n" + host + more + b"Connection: close\r\n\r\n"


def post(body, more=b"", length=None, target=b"/register", form=FORM):
    said = b"Content-Length: " + (str(len(body)).encode() if length is None else length) + b"\r\n" if length != b"" else b""
    return get(target, form + said + more, b"POST") + body


def keeping(request):
    """The same on a connection that stays open, so that what is smuggled behind it would be answered. The last request
    of all ends it."""
    return request.replace(b"Connection: close\r\n", b"") + get(b"/nothing")


SMUGGLED = b"GET /manuals HTTP/1.1\r\n" + HOST + b"\r\n"
ITS_ANSWER = "<title>手順書・マニュアル".encode()
CHUNKED = b"Transfer-Encoding: chunked\r\n"


def smuggling():
    """Two lengths, or one that is read in two ways. What stands behind the first request is none of its own."""
    refused = {400, 408, 413, 501, CLOSED}
    shapes = {
        "length and chunks": post(b"0\r\n\r\n" + SMUGGLED, CHUNKED, b"4"),
        "chunks and a length of all": post(b"0\r\n\r\n" + SMUGGLED, CHUNKED),
        "two lengths": post(SMUGGLED, b"Content-Length: 0\r\n"),
        "a length of two numbers": post(SMUGGLED, length=b"0, 5"),
        "a negative length": post(SMUGGLED, length=b"-1"),
        "a length with a sign": post(SMUGGLED, length=b"+5"),
        "a hexadecimal length": post(SMUGGLED, length=b"0x5"),
        "a length with a space": post(SMUGGLED, length=b"5 5"),
        "a length of letters": post(SMUGGLED, length=b"five"),
        "a length beyond 64 bits": post(SMUGGLED, length=b"99999999999999999999999"),
        "a length at 64 bits": post(SMUGGLED, length=b"18446744073709551616"),
        "a length at 63 bits": post(SMUGGLED, length=b"9223372036854775807"),
        "a length with a vertical tab": post(SMUGGLED, length=b"\x0b5"),
        "an unknown encoding": post(SMUGGLED, b"Transfer-Encoding: xchunked\r\n", b""),
        "chunked and another": post(b"0\r\n\r\n" + SMUGGLED, b"Transfer-Encoding: chunked, identity\r\n", b""),
        "another and chunked": post(b"0\r\n\r\n", b"Transfer-Encoding: gzip, chunked\r\n", b""),
        "two encodings": post(b"0\r\n\r\n" + SMUGGLED, CHUNKED + b"Transfer-Encoding: x\r\n", b""),
        "encoding before a space": post(b"0\r\n\r\n" + SMUGGLED, b"Transfer-Encoding : chunked\r\n"),
        "encoding behind a vertical tab": post(b"0\r\n\r\n" + SMUGGLED, b"Transfer-Encoding: \x0bchunked\r\n"),
        "encoding in a folded line": post(b"0\r\n\r\n" + SMUGGLED, b"X: y\r\n Transfer-Encoding: chunked\r\n"),
        "encoding behind a bare line feed": post(b"0\r\n\r\n" + SMUGGLED, b"X: y\nTransfer-Encoding: chunked\r\n"),
        "encoding behind a bare return": post(b"0\r\n\r\n" + SMUGGLED, b"X: y\rTransfer-Encoding: chunked\r\n"),
        "a chunk of no size": post(b"zz\r\n" + SMUGGLED, CHUNKED, b""),
        "a chunk of a negative size": post(b"-1\r\n" + SMUGGLED, CHUNKED, b""),
        "a chunk beyond 64 bits": post(b"FFFFFFFFFFFFFFFFFF\r\n" + SMUGGLED, CHUNKED, b""),
        "a chunk of nearly 64 bits": post(b"FFFFFFFFFFFFFFFF\r\n" + SMUGGLED, CHUNKED, b""),
        "a chunk with a sign": post(b"+1\r\na\r\n0\r\n\r\n" + SMUGGLED, CHUNKED, b""),
        "a chunk in 0x": post(b"0x1\r\na\r\n0\r\n\r\n" + SMUGGLED, CHUNKED, b""),
        "a chunk longer than it says": post(b"1\r\nabc\r\n0\r\n\r\n" + SMUGGLED, CHUNKED, b""),
        "a body that is too long for GET": get(b"/register", b"Content-Length: 99999999999\r\n"),
    }
    # Servers that read these as what they must mean (RFC 9112 §6.3) answer the form; the smuggled one, never.
    for label, request in shapes.items():
        yield label, keeping(request), refused | {200, 303, 415, 422}


def headers():
    ok = {200} | MALFORMED
    lines = {
        "a NUL": b"X-A: a\0b\r\n", "a NUL in the name": b"X-\0: a\r\n", "no colon": b"X-A\r\n", "no name": b": a\r\n",
        "a space in the name": b"X A: a\r\n", "a folded line": b"X-A: a\r\n b\r\n", "a bare line feed": b"X-A: a\nX-Injected: b\r\n",
        "a bare return": b"X-A: a\rX-Injected: b\r\n", "beyond ASCII": "X-A: あ\r\n".encode(), "control characters": b"X-A: \x01\x1b[31m\r\n",
        "a user agent of escapes": b"User-Agent: \x1b]0;a\x07\r\n", "a hostile name of ours": b"X-Request-Id: \"><script>\r\n",
        "our parameters": b"REMOTE_ADDR: 1.2.3.4\r\nHTTPS: on\r\nREQUEST_ID: " + b"a" * 32 + b"\r\nPEER_IS_PROXY: 1\r\n",
        "our parameters with hyphens": b"Remote-Addr: 1.2.3.4\r\nPeer-Is-Proxy: 1\r\nRequest-Id: x\r\nProxy: http://evil.example\r\n",
        "another method": b"X-HTTP-Method-Override: DELETE\r\nX-Method-Override: POST\r\n",
        "another address": b"X-Original-URL: /account\r\nX-Rewrite-URL: /account\r\n",
        "another host": b"X-Forwarded-Host: evil.example\r\nX-Forwarded-Server: evil.example\r\nForwarded: host=evil.example\r\n",
        "another scheme": b"X-Forwarded-Proto: https\r\n", "cookies without end": b"Cookie: " + b"a;" * 4000 + b"\r\n",
        "cookies of quotes": b"Cookie: \"a; draft=\"x; __Host-draft=\\\r\n", "a range": b"Range: bytes=0-0,-1," + b"1-2," * 500 + b"5-\r\n",
        "an odd date": b"If-Modified-Since: \0\r\n", "an upgrade": b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
        "a socket": b"Upgrade: websocket\r\nSec-WebSocket-Key: a\r\n", "an encoding": b"Accept-Encoding: gzip;q=9,*;q=\xff\r\n",
        "credentials": b"Authorization: Basic \xff\xff\r\n",
    }
    for label, line in lines.items():
        yield label, get(b"/login", line), ok | {206, 416}
    for label, host, allowed in [
            ("no host", b"", MALFORMED), ("two hosts", HOST + b"Host: evil.example\r\n", MALFORMED),
            ("another host", b"Host: evil.example\r\n", ok), ("a host of script", b"Host: \"><script>alert(1)</script>\r\n", ok),
            ("a host with a user", b"Host: 127.0.0.1@evil.example\r\n", ok), ("a host with a path", b"Host: 127.0.0.1/evil.example\r\n", ok),
            ("a host with a bad port", b"Host: 127.0.0.1:99999999\r\n", ok), ("a host with a NUL", b"Host: 127.0.0.1\0evil.example\r\n", ok),
            ("an empty host", b"Host: \r\n", ok)]:
        for target in (b"/login", b"/account", b"/Register/"):
            more = {303, 308} if target != b"/login" else set()
            yield label + target.decode(), get(target, host=host), allowed | more
    yield "another host in the target", get(b"http://evil.example/login"), ok | {404}
    yield "the target of a proxy", get(b"evil.example:443", method=b"CONNECT"), MALFORMED | {404, 405}
    yield "expects something", post(b"a=b", b"Expect: 200-maybe\r\n"), {417, 422} | MALFORMED
    yield "an asset under conditions", get(b"/assets/portal.css", b"If-Match: \"a\"\r\n"), {200, 412}
    yield "a range beyond the end", get(b"/assets/portal.css", b"Range: bytes=99999999-\r\n"), {200, 416}
    yield "a compressed body", post(b"\x1f\x8b\x08", b"Content-Encoding: gzip\r\n"), {400, 415, 422}
    yield "a hundred headers", get(b"/login", b"".join(b"X-%d: a\r\n" % i for i in range(100))), ok


def methods():
    for method in (b"DELETE", b"PUT", b"PATCH", b"OPTIONS", b"PROPFIND", b"MKCOL", b"LOCK", b"TRACE", b"TRACK", b"DEBUG",
                   b"get", b"Get", b"GETT", b"X" * 300, b"P\xc3\x96ST", b"P\0ST", b"GET\x0b", b"<script>", b"-"):
        for target in (b"/login", b"/assets/portal.css", b"/nothing"):
            yield repr(method[:9]) + target.decode(), get(target, method=method), {400, 404, 405, 414, 501, CLOSED}
    for label, request in [
            ("no version", b"GET /login\r\n\r\n"), ("version 0.9", get(b"/login", version=b"HTTP/0.9")),
            ("version 9", get(b"/login", version=b"HTTP/9.9")), ("a version of letters", get(b"/login", version=b"HTTP/a.b")),
            ("another protocol", get(b"/login", version=b"RTSP/1.0")), ("a long version", get(b"/login", version=b"HTTP/1.1" + b"1" * 50)),
            ("spaces", b"GET     /login     HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"), ("a tab", b"GET\t/login\tHTTP/1.1\r\n" + HOST + b"\r\n"),
            ("the beginning of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 512),
            ("nothing but ends of lines", b"\r\n" * 200), ("noise", bytes(range(256)) * 4), ("a NUL", b"\0" * 64 + b"\r\n\r\n"),
            ("an asterisk", get(b"*", method=b"OPTIONS")), ("an asterisk to get", get(b"*"))]:
        yield label, request, {200, 400, 404, 405, 414, 501, 505, CLOSED}


def paths():
    not_there = {400, 403, 404, 308, CLOSED}
    for target in (
            "/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5cetc/passwd", "/..\\..\\etc/passwd",
            "/....//....//etc/passwd", "/..;/etc/passwd", "/%252e%252e%252fetc/passwd", "/%c0%ae%c0%ae/etc/passwd", "/%c0%af%c0%afetc/passwd",
            "/%e0%80%afetc/passwd", "/%u002e%u002e/etc/passwd", "/%ff", "/%80", "/%ed%a0%80", "/%f4%90%80%80", "/%", "/%0", "/%zz", "/%00",
            "/login%00", "/login%00.css", "/login%0a", "/login%0d%0aX-Injected:%20a", "/login%23", "/login%3freturn=/account",
            "/login%252f", "/login;jsessionid=1", "/login/.", "/login/..", "/login/x", "/login%2fx", "/login%5c", "/login%e2%80%ae",
            "//evil.example/", "///evil.example/", "/\\evil.example/", "/%5cevil.example/", "/%2fevil.example/", "/%2f%2fevil.example/x/",
            "//evil.example/%2e%2e/", "/%09/evil.example/", "/./", "/.//evil.example/", "/EVIL//evil.example/", "/Register%0d%0aX-Injected:%20a/",
            "/Register%0aX-Injected:%20a/", "/Register/%0d%0aX-Injected:a/?x=%0d%0aX-Injected:a", "/.git/config", "/.env", "/.htaccess",
            "/portal.conf", "/portal.db", "/steps.list", "/server-status", "/server-info", "/nginx_status", "/cgi-bin/portal-form", "/portal-form",
            "/programs/portal-form", "/static/404.html", "/static/../portal.conf", "/static/%2e%2e/layout.tpl", "/assets", "/assets/", "/assets/.htaccess",
            "/assets/../layout.tpl", "/assets/..%2flayout.tpl", "/assets/%2e%2e%2flayout.tpl", "/assets/%2e%2e/layout.tpl", "/assets/..;/layout.tpl",
            "/assets../layout.tpl", "/assets..%2flayout.tpl", "/assets/....//layout.tpl", "/assets/0123456789abcdef/../../layout.tpl",
            "/assets/0123456789abcdef/..%2f..%2flayout.tpl", "/assets/0123456789abcdef/%2e%2e/%2e%2e/layout.tpl", "/assets/portal.css/x",
            "/assets/portal.css%00", "/assets/portal.css%00.html", "/assets/%00", "/assets/%ff", "/assets/icons", "/assets/icons/", "/assets/0123456789abcdef/icons",
            "/assets/portal.css::$DATA", "/assets/portal.css.", "/assets/~", "/assets/con", "/healthz/", "/healthz/../login/x", "/healthz%2flogin/x",
            "/activate/../../x", "/news/../../../etc/passwd", "/news/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/news/1%00", "/news/" + "9" * 200,
            "/" + "a" * 7000, "/" + "%41" * 2000, "/" + "/" * 3000 + "evil.example", "/desk/", "/desk", "/" + "a/" * 3000):
        yield target[:60], get(target.encode()), not_there
    yield "a long line", get(b"/" + b"a" * 20000), {414, 400}
    yield "a path that is none", get(b"login"), MALFORMED | {404}
    yield "a space in the path", get(b"/log in"), MALFORMED | {404, 505}
    yield "bytes in the path", get("/ログイン".encode()), not_there
    yield "a fragment", get(b"/nothing#/login"), MALFORMED | {404}
    queries = ("a=%00", "a=%ff", "a=%c0%80", "a=%", "a=%zz", "a&a", "a=1&a=2", "%00=a", "a=\xff")
    for query in queries:
        yield "query " + ascii(query), get(b"/login?" + query.encode("latin-1")), MALFORMED
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "%0d%0aX-Injected:a", "javascript:alert(1)", "/%2f/evil.example",
                 "/account%0aX-Injected:a", "%2f%2fevil.example", "/login?return=//evil.example", "/./%2fevil.example", "/account@evil.example"):
        body = b"email=a%40test.example&password=Chigau123"
        yield "return=" + back, get(b"/login?return=" + back.encode()), {200}
        yield "POST return=" + back, post(body, target=b"/login?return=" + back.encode()), {422, 429}
    yield "a long query", get(b"/activate?token=" + b"a" * 6000), {404}
    yield "a query of questions", get(b"/login?" + b"?" * 6000), {200}


def bodies():
    for label, body, allowed in [
            ("a NUL", b"email=a%00b", {400}), ("a raw NUL", b"email=a\0b", {400}), ("no UTF-8", b"email=%ff", {400}), ("overlong", b"email=%c0%af", {400}),
            ("a surrogate", b"email=%ed%a0%80", {400}), ("twice", b"email=a&email=b", {400}), ("a broken escape", b"email=%4", {400}),
            ("no pairs", b"&&&&=&=", {400, 422}), ("many pairs", b"&".join(b"a%d=" % i for i in range(6000)), {413, 422}),
            ("injected lines", b"family_name=a%0d%0aX-Injected:+a&email=a%0d%0aBcc:+b%40test.example", {422}),
            ("script", b"family_name=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", {422}), ("SQL", b"email=a'+OR+1=1--&judo_number=1;DROP+TABLE+account", {422}),
            ("a template", b"family_name={{PORTAL_NAME}}{{%25AUTOESCAPE}}${7*7}&given_name=%3C!--%23echo+var=%22REQUEST_ID%22--%3E", {422}),
            ("64 KiB", b"a=" + b"b" * 65534, {422}), ("more than 64 KiB", b"a=" + b"b" * 65600, {413}), ("a megabyte", b"a=" + b"b" * 1000000, {413})]:
        yield label, post(body), allowed
    for kind in (b"text/plain", b"application/json", b"multipart/form-data; boundary=a", b"application/xml", b"a", b"/", b"\xff",
                 b"application/x-www-form-urlencoded2", b"multipart/form-data"):
        yield "of type " + ascii(kind), post(b"a=b", form=b"Content-Type: " + kind + b"\r\n"), {415} | MALFORMED
    yield "of two types", post(b"a=b", b"Content-Type: text/plain\r\n"), {415, 422} | MALFORMED
    yield "of another charset", post(b"a=b", form=b"Content-Type: application/x-www-form-urlencoded; charset=utf-7\r\n"), {422}
    yield "of no type", post(b"a=b", form=b""), {415}
    yield "cut off", post(b"a=b", length=b"100"), {400, 408, 500, CLOSED}  # 500: mod_fcgid knows no better
    yield "to what only reads", post(b"a=b", target=b"/register/clinic"), {405}
    yield "to an asset", post(b"a=b", target=b"/assets/portal.css"), {404, 405}
    yield "to an asset that is not there", post(b"a=b", target=b"/assets/NOPE"), {404, 405}
    yield "from another site", post(b"a=b", b"Sec-Fetch-Site: cross-site\r\n"), {403}
    yield "from another origin", post(b"a=b", b"Origin: http://127.0.0.1.evil.example\r\n"), {403}


def answered(port, request):
    """All that comes until the server closes."""
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        try:
            connection.sendall(request)
            while some := connection.recv(65536):
                got += some
        except (BrokenPipeError, ConnectionResetError):
            pass
    return got


def first_of(got):
    """The first answer that is not 1xx."""
    while got.startswith((b"HTTP/1.1 100", b"HTTP/1.1 101")):
        got = got.partition(b"\r\n\r\n")[2]
    status, headers, body = answers.parse(got)
    length = dict(headers).get("content-length")
    return status, headers, body if length is None else body[:int(length)]


def examine(port, request, expected):
    got = answered(port, request)
    if not got:
        if CLOSED not in expected:
            raise answers.Wrong("no answer")
        return
    if ITS_ANSWER in got:
        raise answers.Wrong("the request that was smuggled behind it was answered")
    if got.startswith(b"<!DOCTYPE html>") and 400 in expected:  # as HTTP/0.9 was answered: a page alone
        return
    if not got.startswith(b"HTTP/"):
        raise answers.Wrong(f"no HTTP: {got[:60]!r}")
    status, headers, body = first_of(got)
    answers.check(status, headers, body, expected)


def main(port):
    wrong, count = [], 0

    def try_one(group, label, request, expected):
        try:
            examine(port, request, expected)
        except (answers.Wrong, OSError, ValueError) as reason:
            wrong.append(f"{group}: {label}: {reason}")

    for group in (smuggling, headers, methods, paths, bodies):
        # Several at once, because some servers wait a quarter of a minute for the rest of a request.
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for case in group():
                pool.submit(try_one, group.__name__, *case)
                count += 1
        status = first_of(answered(port, get(b"/register")))[0]
        if status != 200:
            wrong.append(f"after {group.__name__} the form is answered {status}")
    print(f"{count} requests, {len(wrong)} answered wrong")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main(int(sys.argv[1]))
