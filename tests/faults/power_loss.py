#!/usr/bin/env python3
"""power_loss.py PORTALCTL CONF RECORD REPORT FOLLOWED MOMENTS SEED IMAGE: what a power failure at MOMENTS random moments would have
left of the database of CONF and its Maildir, and whether all is in it that people were told.

RECORD is what disk.cpp has written down. What was written and then waited for (fsync, fdatasync) is there after the
failure. Of what was written later each sector of 512 bytes is there or not, for itself: a page may be new in its first half
and old in its second; a file that has grown may have any of its lengths. So the moments are images, drawn by SEED, in
four ways: nothing of the newer is there, all of it, all up to one write that is torn, or each sector as chance has it. Beside
them lies the -shm, which nobody waits for: none, zeros, or anything.

Each image is opened by PORTALCTL (`audit verify`), and by SQLite (integrity_check, foreign_key_check); whoever of REPORT
(browsers.py) saw 申請完了画面 before the moment has a registration and a mail there, whoever of FOLLOWED (follow.py) saw
登録完了画面 an account; each mail that is sent there lies in the Maildir. The last image, after all, is left in IMAGE. Exit status 1: it is not so."""
import collections
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile

SECTOR = 512
HEAD = struct.Struct("=qqIIHcx4x")
WAYS = ("synced", "all", "torn", "sectors")


class File:
    def __init__(self):
        self.synced = bytearray()  # what is there whatever happens
        self.newer = []  # (number, offset, data) of the writes since

    def settle(self, until):
        """The newer writes with a smaller number are there from now on."""
        kept = []
        for number, offset, data in self.newer:
            if number < until:
                put(self.synced, offset, data)
            else:
                kept.append((number, offset, data))
        self.newer = kept

    def image(self, way, chance):
        image = bytearray(self.synced)
        if way == "sectors":
            versions = collections.defaultdict(list)
            for _, offset, data in self.newer:
                put(image, offset, data)
                for sector in range(offset // SECTOR, (offset + len(data) - 1) // SECTOR + 1):
                    versions[sector].append(bytes(image[sector * SECTOR:(sector + 1) * SECTOR]))
            image = bytearray(self.synced).ljust(chance.randint(len(self.synced), len(image)), b"\0")
            for sector, written in versions.items():
                put_within(image, sector * SECTOR, chance.choice([b"", *written]))
            return image
        most = {"synced": 0, "all": len(self.newer)}.get(way, chance.randint(0, len(self.newer)))
        for _, offset, data in self.newer[:most]:
            put(image, offset, data)
        if way == "torn" and most < len(self.newer):
            _, offset, data = self.newer[most]
            image.extend(bytes(max(0, chance.randint(0, offset + len(data)) - len(image))))
            for at in range(0, len(data), SECTOR):
                if chance.random() < 0.5:
                    put_within(image, offset + at, data[at:at + SECTOR])
        return image


def put(content, offset, data):
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset:offset + len(data)] = data


def put_within(content, offset, data):
    data = data[:max(0, len(content) - offset)]
    content[offset:offset + len(data)] = data


class Disk:
    """What happened until now, record by record."""

    def __init__(self):
        self.files = collections.defaultdict(File)
        self.begun = {}  # (path, thread): the number at which its wait began
        self.names = {}  # of a Maildir: path in new/ → (what was renamed, its number, is it there whatever happens)
        self.number = self.now = 0

    def take(self, head, path, data):
        self.now, offset, _, thread, _, kind = head
        self.number += 1
        file = self.files[path] if kind in b"WT" else self.files.get(path)
        if kind == b"W":
            file.newer.append((self.number, offset, data))
        elif kind == b"T":
            file.settle(self.number)
            del file.synced[offset:]
            put(file.synced, offset, b"")
        elif kind == b"B":
            self.begun[path, thread] = self.number
        elif kind == b"E":
            until = self.begun.pop((path, thread))
            if file:
                file.settle(until)
            for name, (content, number, _) in self.names.items():
                if os.path.dirname(name) == path and number < until:
                    self.names[name] = content, number, True
        elif kind == b"R":
            self.names[data.decode()] = bytes(file.synced) if file else b"", self.number, False
            self.files.pop(path, None)
        elif kind == b"U":
            self.files.pop(path, None)


def records(path, with_data=True):
    with open(path, "rb") as record:
        while head := record.read(HEAD.size):
            head = HEAD.unpack(head)
            name = record.read(head[4]).decode()
            yield head, name, record.read(head[2]) if with_data else record.seek(head[2], os.SEEK_CUR)


def leave(folder, disk, database, way, chance):
    for path in (database, database + "-wal"):
        if path in disk.files:
            (folder / pathlib.Path(path).name).write_bytes(disk.files[path].image(way, chance))
    size = chance.choice((0, 0, 32768, 65536))
    (folder / (pathlib.Path(database).name + "-shm")).write_bytes(chance.choice((bytes(size), chance.randbytes(size))))


def complaints(portalctl, conf, folder, name, told, activated, names):
    environment = os.environ | {"PORTAL_DATABASE_CONNECTION": str(folder / name)}
    opened = subprocess.run([portalctl, "--config", conf, "audit", "verify"], env=environment, capture_output=True, text=True)
    if opened.returncode != 0:
        return [f"portalctl: {opened.stderr.strip() or opened.stdout.strip()}"]
    database = sqlite3.connect(folder / name)
    try:
        said = [f"{check}: {row}" for check in ("integrity_check", "foreign_key_check")
                for row in database.execute(f"PRAGMA {check}") if row != ("ok",)]
        found = dict(database.execute("SELECT email, count(*) FROM registration JOIN outbox ON registration_id = "
                                      "registration.id AND kind = 'activation' GROUP BY email"))
        said += [f"{address} was told 申請完了 and has no registration with a mail" for address in told - found.keys()]
        said += [f"{address} has {number} registrations" for address, number in found.items() if number > 1]
        accounts = {address for address, in database.execute("SELECT email FROM account")}
        said += [f"{address} was told 登録完了 and has no account" for address in activated - accounts]
        there = {re.search(rb"^Message-ID: <([^@]+)@", content, re.M | re.I)[1].decode()
                 for content, _, synced in names.values() if synced and content}
        said += [f"the mail {id} is sent, and nowhere" for id, in database.execute(
            "SELECT id FROM outbox WHERE state = 'sent' AND kind = 'activation'") if id not in there]
        return said
    finally:
        database.close()


def main(portalctl, conf, record, report, followed, moments, seed, image):
    chance = random.Random(int(seed))
    accepted = json.loads(pathlib.Path(report).read_text())["accepted"]
    followed = dict(line.split() for line in pathlib.Path(followed).read_text().splitlines())
    database = re.search(r"^database\.connection = (.*)", pathlib.Path(conf).read_text(), re.M)[1]
    first = min(accepted.values()) * 1e9  # before, the roster is imported
    at = [number for number, (head, path, _) in enumerate(records(record, False))
          if head[0] > first and path.startswith(database)]
    chosen, last = set(chance.sample(at, min(int(moments), len(at)))), at[-1]
    disk, faults, told_in_all, images = Disk(), 0, 0, 0
    for number, one in enumerate(records(record)):
        disk.take(*one)
        if number not in chosen and number != last:
            continue
        way = chance.choice(WAYS)
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            leave(folder, disk, database, way, chance)
            if number == last:
                shutil.copytree(folder, image)
            told = {address for address, time in accepted.items() if time * 1e9 < disk.now}
            activated = {address for address, time in followed.items() if float(time) * 1e9 < disk.now}
            said = complaints(portalctl, conf, folder, pathlib.Path(database).name, told, activated, disk.names)
        images, told_in_all = images + 1, told_in_all + len(told) + len(activated)
        for line in said:
            faults += 1
            print(f"record {number}, {way}: {line}", file=sys.stderr)
    print(f"  {images} moments, {told_in_all} times told 申請完了 or 登録完了 before them: {faults} faults")
    sys.exit(faults != 0)


main(*sys.argv[1:])
