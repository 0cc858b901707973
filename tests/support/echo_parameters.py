#!/usr/bin/env python3
"""A FastCGI responder that answers each request with its parameters, a line NAME=VALUE for each: what a web server
tells a step. It takes a step's place: `--listen unix:PATH` names its socket, and without it the socket is fd 0.
Other options mean nothing to it."""
import pathlib
import signal
import socket
import struct
import sys

BEGIN, END, PARAMETERS, INPUT, OUTPUT = 1, 3, 4, 5, 6


def record(kind, content):
    return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content


def size_at(data, at):
    """A length as FastCGI writes it, and where what follows begins."""
    if data[at] < 128:
        return data[at], at + 1
    return struct.unpack_from(">I", data, at)[0] & 0x7FFFFFFF, at + 4


def lines_of(data):
    at, lines = 0, []
    while at < len(data):
        name_size, at = size_at(data, at)
        value_size, at = size_at(data, at)
        lines.append(data[at:at + name_size] + b"=" + data[at + name_size:at + name_size + value_size] + b"\n")
        at += name_size + value_size
    return b"".join(sorted(lines))


def answer(stream):
    parameters = b""
    while head := stream.read(8):
        _, kind, _, size, padding, _ = struct.unpack(">BBHHBB", head)
        content = stream.read(size)
        stream.read(padding)
        parameters += content if kind == PARAMETERS else b""
        if kind == INPUT and not size:
            break
    page = b"Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n\r\n" + lines_of(parameters)
    parts = [page[at:at + 60000] for at in range(0, len(page), 60000)]
    stream.write(b"".join(record(OUTPUT, part) for part in parts) + record(OUTPUT, b"") + record(END, bytes(8)))
    stream.flush()


def main(words):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    named = dict(zip(words, words[1:])).get("--listen")
    if named:
        path = pathlib.Path(named.removeprefix("unix:"))
        path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        path.chmod(0o666)
        listener.listen(64)
    else:
        listener = socket.socket(fileno=0)
    listener.setblocking(True)
    while True:
        connection, _ = listener.accept()
        with connection, connection.makefile("rwb") as stream:
            answer(stream)


main(sys.argv[1:])
