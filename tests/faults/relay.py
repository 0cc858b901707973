#!/usr/bin/env python3
"""relay.py MAILDIR MODE [CERTIFICATES]: a mail relay on loopback that keeps what it takes over in MAILDIR, and is away as the
file MODE says, from the next command on:

  (empty)   it is there                       refuses   nobody listens at its port
  hangs     it takes connections, and is silent   drops     it takes a mail over, and hangs up without a word

It prints its port. With CERTIFICATES, a folder with crt and key, it offers STARTTLS; they are read again for each connection."""
import pathlib
import ssl
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "mail"))
from fault_server import HANG_UP, FaultServer  # noqa: E402


class Relay:
    def __init__(self, maildir, mode, certificates=None):
        self.new, self.mode_file, self.certificates = pathlib.Path(maildir, "new"), pathlib.Path(mode), certificates
        self.new.mkdir(parents=True)
        self.kept, self.server = 0, None

    def mode(self):
        return self.mode_file.read_text().strip() if self.mode_file.exists() else ""

    def keep(self, _):
        self.kept += 1
        temporary = self.new.parent / str(self.kept)
        temporary.write_bytes(self.server.mails[-1][3])
        temporary.rename(self.new / str(self.kept))

    def fault(self, word, argument, count):
        while self.mode() == "hangs":
            time.sleep(0.1)
        if word == "EHLO" and self.certificates:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(f"{self.certificates}/crt", f"{self.certificates}/key")
            self.server.tls = context
        return HANG_UP if word == "MESSAGE" and self.mode() == "drops" else None

    def open(self, port):
        features = ("8BITMIME", "STARTTLS") if self.certificates else ("8BITMIME",)
        self.server = FaultServer(self.fault, features=features, port=port, taken=self.keep)
        return self.server.port

    def run(self):
        port = self.open(0)
        print(port, flush=True)
        while True:
            if self.server and self.mode() == "refuses":
                self.server.close()
                self.server = None
            elif not self.server and self.mode() != "refuses":
                self.open(port)
            time.sleep(0.05)


Relay(*sys.argv[1:]).run()
