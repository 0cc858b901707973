#!/usr/bin/env python3
"""socket_requests.py SOCKET...: speaks FastCGI to responders as no web server does: parameters that are missing, come
twice, contradict each other or are none, and records that are none. Whoever reaches the socket gets an answer of the
portal's or none, and the responder goes on. SOCKET: STEP.sock. Exit status 1: a list of what was wrong."""
import pathlib
import random
import socket
import struct
import sys

import answers

BEGIN, ABORT, END, PARAMS, STDIN, STDOUT, GET_VALUES, UNKNOWN = 1, 2, 3, 4, 5, 6, 9, 11
CLOSED = 0
FORM = "application/x-www-form-urlencoded"


def record(kind, content=b"", request=1, version=1, padding=0, length=None):
    length = len(content) if length is None else length
    return struct.pack(">BBHHBx", version, kind, request, length, padding) + content + b"\0" * padding


def begin(role=1, flags=0, **more):
    return record(BEGIN, struct.pack(">HB5x", role, flags), **more)


def size(number):
    return struct.pack(">B", number) if number < 128 else struct.pack(">I", number | 1 << 31)


def pair(name, value):
    name, value = [text.encode("latin-1") if isinstance(text, str) else text for text in (name, value)]
    return size(len(name)) + size(len(value)) + name + value


def stream(kind, content):
    parts = [content[at:at + 65535] for at in range(0, len(content), 65535)]
    return b"".join(record(kind, part) for part in parts) + record(kind)


def request(pairs, body=b""):
    return begin() + stream(PARAMS, b"".join(pair(*one) for one in pairs)) + stream(STDIN, body)


def asking(path, method="GET", body=b"", **changed):
    """The parameters of an ordinary request. `changed`: a value, or None for none."""
    all_of_them = {"REQUEST_METHOD": method, "REQUEST_URI": path, "QUERY_STRING": path.partition("?")[2], "CONTENT_TYPE": FORM if body else "",
                   "CONTENT_LENGTH": str(len(body)) if method == "POST" else "", "REMOTE_ADDR": "203.0.113.5", "REQUEST_ID": "a" * 32} | changed
    return [(name, value) for name, value in all_of_them.items() if value is not None]


def parameters(path):
    """label, bytes, statuses. `path` is one that the step answers."""
    works = {200, 303, 404, 405, 422}
    yield "none", request([]), {400}
    for name, allowed in [("REQUEST_METHOD", {405}), ("REQUEST_URI", {400}), ("REMOTE_ADDR", works), ("REQUEST_ID", works)]:
        yield "without " + name, request(asking(path, **{name: None})), allowed
        yield "empty " + name, request(asking(path, **{name: ""})), allowed
        yield name + " of bytes", request(asking(path, **{name: "\xff\r\nX-Injected: a\r\n\r\n"})), {400, 405} | works
        yield name + " with a NUL", request(asking(path, **{name: path + "\0x"})), {400, 405} | works
        yield name + " of 60,000 letters", request(asking(path, **{name: "/" + "a" * 60000})), {400, 405} | works
    yield "an address of a file", request(asking("/../../etc/passwd")), {400, 404, 308}
    yield "an address that is none", request(asking("register")), {400}
    yield "the address of a site", request(asking("http://evil.example" + path)), {400, 404}
    yield "a line in the address", request(asking(path + "\r\nX-Injected: a")), {400, 404, 308}
    yield "other addresses beside", request(asking(path, SCRIPT_NAME="/nothing", PATH_INFO="/healthz/form", SCRIPT_FILENAME="/etc/passwd",
                                                   DOCUMENT_URI="/nothing", PATH_TRANSLATED="/etc/passwd")), works
    yield "another query beside", request(asking(path, QUERY_STRING="a=%")), works
    yield "another host", request(asking(path, HTTP_HOST="evil.example", SERVER_NAME="evil.example", HTTP_X_FORWARDED_HOST="evil.example")), works
    yield "a proxy that is none", request(asking(path, PEER_IS_PROXY="1", HTTP_X_FORWARDED_FOR="\xff, \0", HTTP_FORWARDED="for=")), works | {400}
    yield "who it is", request(asking(path, REMOTE_USER="root", AUTH_TYPE="Basic", HTTP_AUTHORIZATION="Basic Og==")), works
    yield "variables of the system", request(asking(path, LD_PRELOAD="/x", PATH="/x", PORTAL_DATABASE_CONNECTION="/x", HTTP_PROXY="http://evil.example")), works
    twice = [("REQUEST_URI", "/nothing"), ("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", "9"), ("REQUEST_ID", "b" * 32), ("REMOTE_ADDR", "127.0.0.1"),
             ("HTTP_COOKIE", "session=a"), ("HTTP_HOST", "evil.example")]
    for name, value in twice:
        yield "twice " + name, request(asking(path) + [(name, value)]), {400, 405} | works
    yield "no name", request(asking(path) + [("", "a")]), {400} | works
    yield "a NUL in a name", request(asking(path) + [("A\0B", "a")]), {400} | works
    yield "a NUL for a name", request([("\0", "\0")] + asking(path)), {400} | works
    yield "an equals sign in a name", request(asking(path) + [("A=REQUEST_METHOD", "POST")]), {400} | works
    yield "a name of bytes", request(asking(path) + [(bytes(range(256)), bytes(range(256)))]), {400} | works
    yield "500 of them", request(asking(path) + [(f"HTTP_{i}", "a") for i in range(500)]), {400}
    yield "50,000 of them", request(asking(path) + [(f"HTTP_{i}", "a") for i in range(50000)]), {400, CLOSED}
    yield "a megabyte", request(asking(path) + [("HTTP_A", "a" * 1000000)]), {400, CLOSED}
    yield "a value shorter than it says", begin() + stream(PARAMS, b"".join(pair(*one) for one in asking(path)) + b"\x01\x7fAa") + stream(STDIN, b""), {400, CLOSED} | works
    for lengths in (b"\xff\xff\xff\xff" * 2, b"\xff\xff\xff\xff\x01", b"\x01\xff\xff\xff\xff", b"\xc0\0\0\0\xc0\0\0\0"):
        yield f"lengths of 2 GB: {lengths!r}", begin() + stream(PARAMS, lengths) + stream(STDIN, b""), {400, CLOSED}
    yield "a length that is cut off", begin() + stream(PARAMS, b"\x80\0") + stream(STDIN, b""), {400, CLOSED}


def bodies(path):
    works = {303, 400, 403, 404, 405, 410, 422}
    for label, body, changed, allowed in [
            ("longer than it says", b"a=bcdef", {"CONTENT_LENGTH": "3"}, {400, 405}), ("shorter than it says", b"a=b", {"CONTENT_LENGTH": "300"}, {400, 405}),
            ("of a negative length", b"a=b", {"CONTENT_LENGTH": "-1"}, {400, 405}), ("of a length of letters", b"a=b", {"CONTENT_LENGTH": "x"}, {400, 405}),
            ("of a length beyond 64 bits", b"a=b", {"CONTENT_LENGTH": "9" * 30}, {400, 405, 413}), ("of no length", b"a=b", {"CONTENT_LENGTH": None}, works | {200}),
            ("of an empty length", b"a=b", {"CONTENT_LENGTH": ""}, works | {200}), ("of two lengths", b"a=b", {"CONTENT_LENGTH": "3, 3"}, {400, 405}),
            ("too long", b"a=" + b"b" * 70000, {}, {413}), ("a megabyte", b"a=" + b"b" * 1000000, {}, {413, CLOSED}), ("with a NUL", b"a=\0", {}, {400, 405}),
            ("of GET", b"a=b", {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "3"}, works | {200}), ("of no type", b"a=b", {"CONTENT_TYPE": ""}, {415, 405})]:
        yield label, request(asking(path, "POST", body, **changed), body), allowed


def records(path):
    whole = request(asking(path))
    some = {200, 303, 400, 404, 405, 422, CLOSED}
    for label, sent in [
            ("nothing", b""), ("a byte", b"\1"), ("half a header", whole[:4]), ("a header alone", whole[:8]), ("HTTP", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            ("another version", begin(version=2) + whole), ("version 0", begin(version=0)), ("another role", begin(role=3) + whole[16:]),
            ("a role beyond all", begin(role=65535) + whole[16:]), ("begun twice", begin() + whole), ("not begun", whole[16:]),
            ("request 0", begin(request=0) + whole[16:]), ("another request", begin(request=7) + whole[16:]), ("an unknown type", record(99) + whole),
            ("a type for nobody", record(END) + whole), ("an answer", record(STDOUT, b"Status: 200\r\n\r\n") + whole), ("an end at once", begin() + record(ABORT)),
            ("an end between", begin() + record(PARAMS, pair("A", "a")) + record(ABORT) + whole[16:]), ("padding", begin(padding=255) + whole[16:]),
            ("a length without content", begin() + record(PARAMS, b"", length=65535)), ("no end of the parameters", begin() + record(PARAMS, pair("A", "a"))),
            ("no end of the body", whole[:-8]), ("asked for values", record(GET_VALUES, pair("FCGI_MAX_CONNS", "") * 3, request=0) + whole),
            ("a connection that is kept", begin(flags=1) + whole[16:]), ("two requests", whole + whole), ("noise behind it", whole + bytes(range(256)))]:
        yield label, sent, some
    noise = random.Random(16)
    for number in range(40):
        torn = bytearray(whole)
        for _ in range(noise.randint(1, 6)):
            at = noise.randrange(len(torn))
            torn[at] ^= 1 << noise.randrange(8)
        yield f"torn {number}", bytes(torn), some | {308, 413, 415, 503}


def answered(path, sent):
    """What the responder says until it closes: the text of its answer, None if it gave none."""
    got = b""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(60)
        connection.connect(str(path))
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            while some := connection.recv(65536):
                got += some
        except (BrokenPipeError, ConnectionResetError):
            pass
    text = b""
    while len(got) >= 8:
        _, kind, _, length, padding = struct.unpack(">BBHHBx", got[:8])
        if kind == STDOUT:
            text += got[8:8 + length]
        got = got[8 + length + padding:]
    return text or None


def examine(path, sent, expected):
    text = answered(path, sent)
    if text is None:
        if CLOSED not in expected:
            raise answers.Wrong("no answer")
        return
    answers.check(*answers.parse(text), expected)


PATHS = {"form": "/register", "lookup": "/register/clinic", "waiting": "/register/waiting", "confirm": "/register/confirm",
         "complete": "/register/complete", "activate": "/activate", "login": "/login", "account": "/account", "password": "/password/forgot",
         "mailstop": "/mail/stop", "pages": "/about", "desk": "/desk/"}
# The desk answers so whatever comes without the name of somebody who is let in.
NAMELESS = {"desk": {403}}


def main(*sockets):
    wrong, count = [], 0
    for path in map(pathlib.Path, sockets):
        step = path.stem
        for group in (parameters, bodies, records):
            for label, sent, expected in group(PATHS.get(step, "/" + step)):
                count += 1
                try:
                    examine(path, sent, expected | NAMELESS.get(step, set()))
                except (answers.Wrong, OSError, ValueError, TypeError) as reason:
                    wrong.append(f"{step}: {group.__name__}: {label}: {reason}")
        health = answered(path, request(asking("/healthz/" + step))) or b""
        if not health.startswith(b"Status: 200 "):
            wrong.append(f"{step}: afterwards it is answered {health[:40]!r}")
    print(f"{count} requests, {len(wrong)} answered wrong")
    print("\n".join(wrong))
    sys.exit(1 if wrong or count == 0 else 0)


main(*sys.argv[1:])
