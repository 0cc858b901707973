#!/usr/bin/env python3
"""http2_requests.py PORT CERTIFICATE: requests that are none, by HTTP/2: fields that must not be there, that come twice or
hold what would be a line of HTTP/1. A server ends the stream or the connection, or answers as the portal does. Exit status
1: a list of what was wrong."""
import socket
import ssl
import struct
import sys

import answers

DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, CONTINUATION = 0, 1, 3, 4, 6, 7, 9
END_STREAM, END_HEADERS, ACK = 1, 4, 1
ENDED = 0  # the stream or the connection ended without an answer
# HPACK's codes of digits (RFC 7541, appendix B), as a server may write the status.
HUFFMAN = {"00000": "0", "00001": "1", "00010": "2", "011001": "3", "011010": "4", "011011": "5", "011100": "6", "011101": "7",
           "011110": "8", "011111": "9"}
INDEXED = {8: 200, 9: 204, 10: 206, 11: 304, 12: 400, 13: 404, 14: 500}


def frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def text(value):
    value = value.encode("latin-1") if isinstance(value, str) else value
    return (bytes([len(value)]) if len(value) < 127 else b"\x7f" + number(len(value) - 127)) + value


def number(rest):
    parts = b""
    while rest >= 128:
        parts += bytes([rest % 128 + 128])
        rest //= 128
    return parts + bytes([rest])


def block(fields):
    """Literal fields, which no table keeps."""
    return b"".join(b"\0" + text(name) + text(value) for name, value in fields)


def status_of(payload):
    """The status is the first field of an answer; updates of the table's size may come before it."""
    while payload[0] & 0xE0 == 0x20:
        payload = payload[1:]
    if payload[0] & 0x80:
        return INDEXED[payload[0] & 0x7F]
    length = payload[1] & 0x7F
    value = payload[2:2 + length]
    if not payload[1] & 0x80:
        return int(value)
    bits, digits = "".join(f"{byte:08b}" for byte in value), ""
    while len(digits) < 3:
        code = next(code for code in HUFFMAN if bits.startswith(code))
        digits, bits = digits + HUFFMAN[code], bits[len(code):]
    return int(digits)


class Connection:
    def __init__(self, port, certificate):
        context = ssl.create_default_context(cafile=certificate)
        context.set_alpn_protocols(["h2"])
        self.stream = context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=60), server_hostname="127.0.0.1")
        if self.stream.selected_alpn_protocol() != "h2":
            raise answers.Wrong("the server speaks no HTTP/2")
        self.stream.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0, b""))

    def read(self, length):
        got = b""
        while len(got) < length:
            some = self.stream.recv(length - len(got))
            if not some:
                raise ConnectionError
            got += some
        return got

    def answer(self, sent):
        """(status, body); (ENDED, b"") where the server ended it."""
        status, body = ENDED, b""
        try:
            self.stream.sendall(sent)
            while True:
                head = self.read(9)
                kind, flags, stream = head[3], head[4], int.from_bytes(head[5:9], "big")
                payload = self.read(int.from_bytes(head[:3], "big"))
                if kind == HEADERS and stream == 1 and status == ENDED:
                    status = status_of(payload)
                elif kind == DATA and stream == 1:
                    body += payload
                elif kind in (RST_STREAM, GOAWAY):
                    return status, body
                if kind in (HEADERS, DATA) and stream == 1 and flags & END_STREAM:
                    return status, body
        except (ConnectionError, ssl.SSLError):
            return status, body
        finally:
            self.stream.close()


ORDINARY = [(":method", "GET"), (":scheme", "https"), (":authority", "127.0.0.1"), (":path", "/login")]
FORM = [(":method", "POST"), *ORDINARY[1:3], (":path", "/register"), ("content-type", "application/x-www-form-urlencoded")]


def changed(name, value):
    return [(name, value) if one == name else (one, given) for one, given in ORDINARY]


def cases():
    bad = {ENDED, 400, 404, 405, 414, 421, 501}
    fine = bad | {200}
    yield "ordinary", ORDINARY, b"", {200}
    for name, _ in ORDINARY:
        yield "without " + name, [one for one in ORDINARY if one[0] != name], b"", fine
        yield "twice " + name, ORDINARY + [(name, "evil.example")], b"", bad
        yield "empty " + name, changed(name, ""), b"", fine
        yield name + " with a line", changed(name, dict(ORDINARY)[name] + "\r\nx-injected: a"), b"", bad
        yield name + " with a NUL", changed(name, dict(ORDINARY)[name] + "\0"), b"", bad
        yield name + " with a space", changed(name, dict(ORDINARY)[name] + " HTTP/1.1"), b"", fine
        yield name + " behind the others", [("a", "b")] + ORDINARY, b"", fine
    for path in ("login", "*", "//evil.example", "http://evil.example/", "/../../etc/passwd", "/%00", "/login#a", "/assets/../login%0ax"):
        yield "path " + path, changed(":path", path), b"", fine | {308}
    for host in ("evil.example", "a@evil.example", "evil.example/x", "\"><script>", "127.0.0.1:x"):
        yield "authority " + host, changed(":authority", host), b"", fine
    for field in [("transfer-encoding", "chunked"), ("connection", "close"), ("connection", "x-a"), ("keep-alive", "1"), ("upgrade", "h2c"), ("te", "gzip"),
                  ("proxy-connection", "close"), ("host", "evil.example"), ("Upper", "a"), ("x a", "b"), ("x:a", "b"), ("", "b"), ("x-a", "b\r\nx-injected: a"),
                  ("x-a", "b\nx-injected: a"), ("x-a", "b\0"), ("x-a\r\nx-injected", "b"), (":unknown", "b"), (":status", "200"), ("x-\xff", "b"), ("x-a", "\xff" * 50),
                  ("cookie", "a;" * 3000), ("x-a", "b" * 9000), ("content-length", "5"), ("remote_addr", "1.2.3.4")]:
        yield f"field {field[0][:20]!r}: {field[1][:20]!r}", ORDINARY + [field], b"", fine | {413, 431}
    yield "a connect", [(":method", "CONNECT"), (":authority", "evil.example:443")], b"", bad
    yield "an unknown method", changed(":method", "GE T"), b"", bad
    yield "a body shorter than it says", FORM + [("content-length", "50")], b"a=b", bad
    yield "a body longer than it says", FORM + [("content-length", "1")], b"a=bcdef", bad | {422}
    yield "two lengths", FORM + [("content-length", "3"), ("content-length", "4")], b"a=b", bad
    yield "a smuggled request", FORM + [("content-length", "0")], b"GET /manuals HTTP/1.1\r\nHost: a\r\n\r\n", bad | {422}
    yield "a length and chunks", FORM + [("transfer-encoding", "chunked"), ("content-length", "3")], b"0\r\n\r\n", bad
    yield "500 fields", ORDINARY + [(f"x-{i}", "a") for i in range(500)], b"", fine | {431}


def frames():
    """Frames that are none."""
    whole = frame(HEADERS, END_STREAM | END_HEADERS, 1, block(ORDINARY))
    for label, sent in [
            ("stream 0", frame(HEADERS, 5, 0, block(ORDINARY))), ("an even stream", frame(HEADERS, 5, 2, block(ORDINARY))),
            ("data first", frame(DATA, 1, 1, b"a") + whole), ("a continuation of nothing", frame(CONTINUATION, 4, 1, b"")),
            ("fields that are cut off", frame(HEADERS, 5, 1, block(ORDINARY)[:-3])), ("an index of nothing", frame(HEADERS, 5, 1, b"\xff\xff\xff\x7f")),
            ("an endless number", frame(HEADERS, 5, 1, b"\x7f" + b"\xff" * 30)), ("wrong Huffman codes", frame(HEADERS, 5, 1, b"\0\x84\xff\xff\xff\xff\1a")),
            ("a ping of three bytes", frame(PING, 0, 0, b"abc")), ("settings of five bytes", frame(SETTINGS, 0, 0, b"abcde")),
            ("a frame that is too large", frame(DATA, 0, 1, b"a" * 20000)), ("noise", bytes(range(256)) * 8), ("an unknown frame", frame(99, 0, 0, b"a") + whole)]:
        yield label, sent + frame(GOAWAY, 0, 0, bytes(8)), {ENDED, 200, 400}


def main(port, certificate):
    wrong, count = [], 0

    def try_one(label, sent, expected):
        try:
            status, body = Connection(int(port), certificate).answer(sent)
            if status not in expected:
                wrong.append(f"{label}: {status} instead of {sorted(expected)}")
            if answers.INTERNALS.search(body) or answers.EVIL in body:
                wrong.append(f"{label}: the body shows {answers.INTERNALS.search(body) or answers.EVIL}")
        except (answers.Wrong, OSError, ValueError) as reason:
            wrong.append(f"{label}: {reason}")

    for label, fields, body, expected in cases():
        count += 1
        sent = frame(HEADERS, END_HEADERS | (0 if body else END_STREAM), 1, block(fields))
        try_one(label, sent + (frame(DATA, END_STREAM, 1, body) if body else b""), expected)
    for label, sent, expected in frames():
        count += 1
        try_one(label, sent, expected)
    try_one("afterwards", frame(HEADERS, END_STREAM | END_HEADERS, 1, block(ORDINARY)), {200})
    print(f"{count} requests, {len(wrong)} answered wrong")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main(*sys.argv[1:])
