"""The mails of a Maildir: each is read once. They carry links; a mail that was sent twice has one Message-ID."""
import collections
import email
import email.policy
import pathlib
import re


class Mails:
    def __init__(self, maildir):
        self.new = pathlib.Path(maildir, "new")
        self.names = set()
        self.copies = collections.defaultdict(collections.Counter)  # address: {Message-ID: how often it came}
        self.links = {}  # address: path and query of the newest link to activate

    def read_new(self):
        """The addresses that have got a mail since the last time, in the order of arrival."""
        fresh = []
        paths = [path for path in self.new.iterdir() if path.name not in self.names] if self.new.is_dir() else []
        for path in sorted(paths, key=lambda path: path.stat().st_mtime_ns):
            self.names.add(path.name)
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            address = message["To"].addresses[0].addr_spec
            self.copies[address][message["Message-ID"]] += 1
            text = message.get_body(("plain",)).get_content()
            if link := re.search(r"/activate\?token=[\w-]+", text):
                self.links[address] = link[0]
            fresh.append(address)
        return fresh

    def sent_again(self):
        """How many mails came more often than once are copies of others."""
        return sum(sum(copies.values()) - len(copies) for copies in self.copies.values())
