"""Asks a responder straight, without a web server: one request on a connection of its own (FastCGI 1.0)."""
import socket
import struct

BEGIN, PARAMETERS, STDIN, STDOUT = 1, 4, 5, 6
HEADER = struct.Struct(">BBHHBx")
PATIENCE = 60  # seconds, on a machine with much to do


def record(kind, content=b""):
    return HEADER.pack(1, kind, 1, len(content), 0) + content


def pair(name, value):
    sizes = b"".join(bytes([len(text)]) if len(text) < 128 else struct.pack(">I", len(text) | 1 << 31) for text in (name, value))
    return sizes + name + value


def message(method, target, body=b"", **more):
    """A request as nginx sends it. `more`: further parameters, such as HTTP_COOKIE."""
    parameters = {"REQUEST_METHOD": method, "REQUEST_URI": target, "QUERY_STRING": target.partition("?")[2],
                  "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "REQUEST_ID": "0" * 32, **more}
    if body:
        parameters |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    pairs = b"".join(pair(name.encode(), value.encode()) for name, value in parameters.items())
    stdin = record(STDIN, body) if body else b""
    return record(BEGIN, struct.pack(">HB5x", 1, 0)) + record(PARAMETERS, pairs) + record(PARAMETERS) + stdin + record(STDIN)


def is_listening(path):
    """The socket's file is there a moment before."""
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(path)) == 0


def ask(path, request):
    """The answer as CGI has it: Status: 200 OK…"""
    received = b""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(str(path))
        connection.sendall(request)
        while part := connection.recv(65536):
            received += part
    answer, at = b"", 0
    while at + HEADER.size <= len(received):
        _, kind, _, size, padding = HEADER.unpack_from(received, at)
        at += HEADER.size
        if kind == STDOUT:
            answer += received[at:at + size]
        at += size + padding
    return answer
