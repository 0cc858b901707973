#!/usr/bin/env python3
"""A DNS server on loopback that answers from a zone.

    dns_server.py ZONE        prints its port, and serves until it is ended

Each line of the file ZONE is NAME TYPE [VALUE], with the TYPE A, MX or TXT; MX without a value is
the null MX. A name with the TYPE SERVFAIL gets that answer, and one with SILENT gets none. Other
names do not exist.
"""
import pathlib
import socket
import struct
import sys
import threading

A, MX, TXT = 1, 15, 16
TYPES = {"A": A, "MX": MX, "TXT": TXT, "SERVFAIL": "SERVFAIL", "SILENT": "SILENT"}
NAME_ERROR, SERVER_FAILURE = 3, 2


def labels(name):
    return b"".join(bytes([len(part)]) + part.encode() for part in name.split(".") if part) + b"\0"


def data_of(kind, value):
    if kind == A:
        return socket.inet_aton(value)
    if kind == MX:
        return struct.pack("!H", 10) + labels(value)
    text = value.encode()  # more than 255 bytes are several strings
    return b"".join(bytes([len(part)]) + part for part in
                    (text[i:i + 255] for i in range(0, len(text), 255)))


class Server(threading.Thread):
    """Answers from `zone`: {(name, type): [value …]}; over UDP, and longer answers over TCP."""

    def __init__(self):
        super().__init__(daemon=True)
        self.zone, self.fails = {}, False
        while True:
            self.tcp = socket.create_server(("127.0.0.1", 0))
            self.port = self.tcp.getsockname()[1]
            self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                self.udp.bind(("127.0.0.1", self.port))
                break
            except OSError:  # another has it there: the next one
                self.tcp.close()
                self.udp.close()
        threading.Thread(target=self.serve_tcp, daemon=True).start()

    def answer(self, query):
        at, parts = 12, []
        while query[at]:
            parts.append(query[at + 1:at + 1 + query[at]].decode())
            at += query[at] + 1
        kind = struct.unpack("!H", query[at + 1:at + 3])[0]
        name = ".".join(parts).lower()
        if (name, "SILENT") in self.zone:
            return b""
        values = self.zone.get((name, kind), [])
        known = any(own == name or own.endswith("." + name) for own, _ in self.zone)
        fails = self.fails or (name, "SERVFAIL") in self.zone
        code = SERVER_FAILURE if fails else 0 if known else NAME_ERROR
        body = query[12:at + 5]
        for value in values:
            data = data_of(kind, value)
            body += b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 60, len(data)) + data
        return query[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, len(values), 0, 0) + body

    def run(self):
        while True:
            query, peer = self.udp.recvfrom(4096)
            answer = self.answer(query)
            if len(answer) > 512:  # cut: the client comes back over TCP
                answer = answer[:2] + struct.pack("!H", 0x8380) + answer[4:6] + bytes(6) + \
                    query[12:query.index(b"\0", 12) + 5]
            if answer:
                self.udp.sendto(answer, peer)

    def serve_tcp(self):
        while True:
            peer, _ = self.tcp.accept()
            with peer, peer.makefile("rb") as stream:
                query = stream.read(struct.unpack("!H", stream.read(2))[0])
                answer = self.answer(query)
                peer.sendall(struct.pack("!H", len(answer)) + answer)


def read_zone(path):
    zone = {}
    for line in pathlib.Path(path).read_text().splitlines():
        name, kind, *value = line.split(maxsplit=2)
        zone.setdefault((name, TYPES[kind]), []).append(value[0] if value else "")
    return zone


if __name__ == "__main__":
    server = Server()
    server.zone = read_zone(sys.argv[1])
    print(server.port, flush=True)
    server.run()
