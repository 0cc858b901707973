#!/usr/bin/env python3
"""A mail server on loopback that misbehaves as a test says, and remembers what it took over.

As a program it takes over everything, until it is killed; it prints its port, and then the Message-ID of
each mail. With `fault_server.py FILE`, as long as FILE is there and says `WORD REPLY`, that reply is given to
the command WORD (MESSAGE: to the end of DATA), and `refused` is printed."""
import collections
import email
import os
import pathlib
import socketserver
import ssl
import sys
import threading
import time

HANG_UP = "HANG UP"
DRIP = "DRIP"  # as tls: a handshake that comes byte by byte and never ends


class FaultServer(socketserver.ThreadingTCPServer):
    """Serves until close(). fault(word, argument, count) is asked before each answer and gives the
    reply to use instead, or None. `word` is the command, "GREETING", or "MESSAGE" for the end of
    DATA; `count` is how often it has come so far, on all connections. After 421 and HANG_UP the
    connection is closed. It may wait, as a slow server does.

    features: the lines of the reply to EHLO. tls: an ssl.SSLContext, for STARTTLS, or DRIP. taken is told the
    Message-ID of each mail, one after the other."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, fault=lambda word, argument, count: None,
                 features=("PIPELINING", "8BITMIME", "STARTTLS"), tls=None, port=0,
                 taken=lambda message_id: None):
        super().__init__(("127.0.0.1", port), Session)
        self.fault, self.features, self.tls, self.taken = fault, features, tls, taken
        self.port = self.server_address[1]
        self.mails = []  # (Message-ID, sender, recipient, bytes), as they came
        self.commands = []
        self.counts = collections.Counter()
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def message_ids(self):
        with self.lock:
            return [mail[0] for mail in self.mails]

    def recipients(self):
        with self.lock:
            return [mail[2] for mail in self.mails]

    def handle_error(self, request, client_address):
        """A mailer that was killed, or does not like our certificate, is no error of ours."""


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.sender = self.recipient = ""
        if not self.answer("GREETING", "", "220 mail.test ESMTP"):
            return
        while line := self.rfile.readline().decode("latin-1").rstrip("\r\n"):
            word, _, argument = line.partition(" ")
            word = word.upper()
            with self.server.lock:
                self.server.commands.append(line)
            handler = getattr(self, "on_" + word.lower(), None)
            if handler is None:
                more = self.answer(word, argument, "502 5.5.1 unknown command")
            else:
                more = handler(argument)
            if not more:
                return

    def finish(self):
        super().finish()
        self.request.close()  # of TLS, which the server does not know

    def answer(self, word, argument, reply):
        """Says `reply`, or what the fault says; False: the connection is over."""
        with self.server.lock:
            self.server.counts[word] += 1
            count = self.server.counts[word]
        reply = self.server.fault(word, argument, count) or reply
        if reply == HANG_UP:
            return False
        self.wfile.write(reply.encode() + b"\r\n")
        self.positive = reply[0] in "23"
        return not reply.startswith(("221", "421"))

    def on_ehlo(self, argument):
        lines = ["mail.test", *self.server.features]
        reply = [f"250-{line}" for line in lines[:-1]] + [f"250 {lines[-1]}"]
        return self.answer("EHLO", argument, "\r\n".join(reply))

    def on_starttls(self, argument):
        if not self.answer("STARTTLS", argument, "220 2.0.0 go ahead") or not self.positive:
            return self.positive
        if self.server.tls == DRIP:
            return self.drip()
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.setup()
        return True

    def drip(self):
        """The beginning of a record of TLS, a byte each half second, until the peer has gone."""
        for byte in b"\x16\x03\x03\x3f\xff" + bytes(1000):
            self.wfile.write(bytes([byte]))
            time.sleep(0.5)
        return False

    def on_auth(self, argument):
        return self.answer("AUTH", argument, "235 2.7.0 welcome")

    def on_mail(self, argument):
        self.sender = argument.partition("<")[2].partition(">")[0]
        return self.answer("MAIL", argument, "250 2.1.0 ok")

    def on_rcpt(self, argument):
        self.recipient = argument.partition("<")[2].partition(">")[0]
        return self.answer("RCPT", argument, "250 2.1.5 ok")

    def on_data(self, argument):
        if not self.answer("DATA", argument, "354 go on") or not self.positive:
            return True
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # the mailer was killed within: there is no mail
            lines.append(line[1:] if line.startswith(b".") else line)
        content = b"".join(lines)
        name = email.message_from_bytes(content)["Message-ID"]
        with self.server.lock:
            self.server.mails.append((name, self.sender, self.recipient, content))
            self.server.taken(name)
        return self.answer("MESSAGE", argument, "250 2.0.0 taken over")

    def on_rset(self, argument):
        return self.answer("RSET", argument, "250 2.0.0 ok")

    def on_quit(self, argument):
        return self.answer("QUIT", argument, "221 2.0.0 bye")


def main():
    def fault(word, argument, count):
        if not sys.argv[1:] or not os.path.exists(sys.argv[1]):
            return None
        refused, _, reply = pathlib.Path(sys.argv[1]).read_text().rstrip().partition(" ")
        if word != refused:
            return None
        print("refused", flush=True)
        return reply

    server = FaultServer(fault, taken=lambda message_id: print(message_id, flush=True))
    print(server.port, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
