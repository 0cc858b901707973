#!/usr/bin/env python3
"""older_server.py PORT: leads to the PostgreSQL on that port of this machine, and lets it say that its version is
14. Prints the port on which it listens."""
import re
import socket
import sys
import threading


def pass_on(source, target, change=lambda data: data):
    while data := source.recv(65536):
        target.sendall(change(data))
    target.shutdown(socket.SHUT_WR)


def older(data):
    return re.sub(rb"server_version\0\d\d", b"server_version\0" + b"14", data)


def serve(client, port):
    server = socket.create_connection(("127.0.0.1", port))
    threading.Thread(target=pass_on, args=(client, server), daemon=True).start()
    pass_on(server, client, older)


def main(port):
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0], int(port)), daemon=True).start()


main(*sys.argv[1:])
