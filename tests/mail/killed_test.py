#!/usr/bin/env python3
"""killed_test.py PROGRAMS [SEED]: 1,000 mails, and the mailer is killed with SIGKILL 200 times, at
random points. Each mail must reach the server at least once, with a link that works."""
import base64
import collections
import email
import email.policy
import hashlib
import random
import re
import sys
import threading
import time

from fault_server import FaultServer
from office import Office

MAILS = 1000
KILLS = 200
TOGETHER = 5  # kTogether of modules/mailer/mailer.h: what one kill may send twice
COMMANDS = 44  # of one life at most; a mail is five


class Executioner:
    """The server's fault: kills a mailer at a command, or a moment after its answer."""

    def __init__(self, chance):
        self.chance = chance
        self.lock = threading.Lock()
        self.mailer = None

    def expect(self, mailer, commands):
        with self.lock:
            self.mailer, self.left = mailer, commands

    def __call__(self, word, argument, count):
        with self.lock:
            if self.mailer is None:
                return
            self.left -= 1
            if self.left < 0:
                threading.Timer(self.chance.uniform(0, 0.004), self.mailer.kill).start()
                self.mailer = None


def longest_life(left, kills):
    """In commands, so that the mails that are left last for the kills that are to come: half of it is
    usual, and one more mail while it dies."""
    assert left > 0, "no mail was left for the last kills"
    return max(1, min(COMMANDS, 2 * (5 * left // kills - 5)))


def kill_once(office, executioner, chance, commands):
    mailer = office.start()
    try:
        if chance.random() < 0.2:  # somewhere in its start, or just after
            executioner.expect(mailer, commands)
            time.sleep(chance.uniform(0, 0.08))
        else:
            executioner.expect(mailer, chance.randrange(commands))
            mailer.wait(timeout=30)
    finally:
        mailer.kill()
        mailer.wait()
    # Two minutes later: its leases have run out.
    office.sql("UPDATE outbox SET leased_until = leased_until - 120 WHERE leased_until > 0")


def link_hash(content):
    text = email.message_from_bytes(content, policy=email.policy.default).get_body(("plain",))
    token = re.search(r"/activate\?token=(\S+)", text.get_content())[1]
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).decode().rstrip("=")


def main(programs, seed=None):
    seed = int(seed or random.randrange(1 << 32))
    chance = random.Random(seed)
    print(f"seed {seed}", flush=True)
    executioner = Executioner(chance)
    with FaultServer(executioner) as server, Office(programs, server.port) as office:
        office.queue(MAILS)
        for kills in range(KILLS, 0, -1):
            left = office.states().get("queued", 0)
            kill_once(office, executioner, chance, longest_life(left, kills))
        left = office.states().get("queued", 0)
        status, _ = office.once()
        assert status == 0, status

        sent = collections.Counter(server.message_ids())
        lost = [i for i in range(MAILS) if f"<row{i}@portal.test>" not in sent]
        duplicates = sum(sent.values()) - len(sent)
        print(f"{MAILS} mails, {KILLS} kills: {len(lost)} lost, {duplicates} duplicates "
              f"({sum(count > 1 for count in sent.values())} mails came more than once), "
              f"{left} were left after the last kill")
        assert not lost, lost
        assert len(sent) == MAILS, "a mail that nobody queued"
        assert office.states() == {"sent": MAILS}, office.states()
        assert duplicates <= KILLS * TOGETHER, duplicates
        known = {hash for hash, in office.sql("SELECT token_hash FROM activation_link")}
        dead = sum(link_hash(content) not in known for *_, content in server.mails)
        assert dead == 0, f"{dead} mails have a link that nobody knows"
        assert office.sql("PRAGMA integrity_check") == [("ok",)]


if __name__ == "__main__":
    main(*sys.argv[1:])
