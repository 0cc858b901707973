#!/usr/bin/env python3
"""portalctl audit archive, killed at each of its steps: every row is in the database or in a file that proves
itself, the chain holds, and the next call goes on.

archive_killed.py PROGRAMS
"""
import contextlib
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAMS = pathlib.Path(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parents[2]
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
OLD, ROWS = 1_600_000_000, 6_000  # three seals
PATIENCE = 120


class Portal:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.conf = self.folder / "portal.conf"
        self.database = self.folder / "portal.db"
        self.conf.write_text(f"database.connection = {self.database}\n")
        self.run("migrate", "--directory", ROOT / "sql")
        self.add(ROWS, OLD)
        self.run("audit", "seal")
        self.add(1, OLD + 1_000_000)
        self.run("audit", "seal")
        self.all = self.ids()
        assert len(self.all) == ROWS + 1

    def start(self, *words):
        return subprocess.Popen([PROGRAMS / "portalctl", "--config", self.conf, *words], env=ENVIRONMENT,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words):
        process = self.start(*words)
        out, error = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, f"{words}: {error}"
        return out

    def sql(self, statement, values=()):
        with contextlib.closing(sqlite3.connect(self.database, timeout=60)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def add(self, rows, at):
        with contextlib.closing(sqlite3.connect(self.database, timeout=60)) as connection, connection:
            connection.executemany(
                "INSERT INTO audit (id, at, event, account_id, network, request_id, detail, actor) "
                "VALUES (?, ?, 'login', 'account', '', '', '', 'web:member')",
                [(f"{at}-{number:06}", at) for number in range(rows)])

    def ids(self):
        return {name for name, in self.sql("SELECT id FROM audit WHERE event = 'login'")}

    def archive(self, name):
        return "audit", "archive", "--before", "2020-09-20", self.folder / name

    def recorded(self):
        return self.sql("SELECT file FROM audit_archive ORDER BY through")

    def in_files(self):
        """Of the archives that the database knows, each of which proves itself."""
        ids = set()
        for file, in self.recorded():
            self.run("audit", "verify", "--archive", file)
            lines = [json.loads(line) for line in pathlib.Path(file).read_text().splitlines()]
            ids |= {line["id"] for line in lines if "id" in line}
        return ids

    def check_nothing_is_lost(self, when):
        self.run("audit", "verify")
        missing = self.all - self.ids() - self.in_files()
        assert not missing, f"{when}: {len(missing)} rows are lost"


def kill_when(process, condition, what):
    """Killed as soon as it is so; it may have gone further, or have ended, which is as good."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and not condition():
        if time.monotonic() > end:
            raise SystemExit(f"it never comes to: {what}")
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def steps(portal):
    """Name, and whether it has come there. Other processes look at the database without waiting for it."""

    def count(table):
        with contextlib.closing(sqlite3.connect(f"file:{portal.database}?mode=ro", uri=True)) as connection:
            return connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]

    yield "the file is begun", lambda: any(portal.folder.glob("archive.*.partial-*"))
    yield "the file has its first rows", lambda: any(
        path.exists() and path.stat().st_size > 0 for path in portal.folder.glob("archive.*.partial-*"))
    yield "the file has its name", lambda: any(portal.folder.glob("archive.*.jsonl"))
    yield "it is written down", lambda: count("audit_archive") > 0
    yield "the first seal is removed", lambda: count("audit_seal") < 4


def main():
    for number in range(5):
        with tempfile.TemporaryDirectory(prefix="a portal ") as folder:
            portal = Portal(folder)
            what, there = list(steps(portal))[number]
            kill_when(portal.start(*portal.archive(f"archive.{number}.jsonl")), there, what)
            portal.check_nothing_is_lost(f"killed when {what}")
            done = portal.start(*portal.archive(f"archive.again.{number}.jsonl"))
            _, error = done.communicate(timeout=PATIENCE)
            # 1: the first one has come to its end, or the second one has found only what was left.
            assert done.returncode == 0 or "nothing was archived" in error, error
            portal.check_nothing_is_lost(f"again after {what}")
            assert len(portal.ids()) == 1, f"{what}: {len(portal.ids())} rows are left"
            assert portal.sql("PRAGMA foreign_key_check") == []
            print(f"{what}: nothing is lost")

    # Its file gone, what an interrupted archive has left to remove stays.
    with tempfile.TemporaryDirectory(prefix="a portal ") as folder:
        portal = Portal(folder)
        portal.run(*portal.archive("archive.jsonl"))
        portal.sql("INSERT INTO audit_seal (number, sealed_at, row_count, hash, format) VALUES (1, 1, 0, 'x', 2)")
        file = portal.folder / "archive.jsonl"
        file.rename(portal.folder / "moved.jsonl")
        again = portal.start(*portal.archive("more.jsonl"))
        _, error = again.communicate(timeout=PATIENCE)
        assert again.returncode == 1 and "put it back" in error, error
        assert portal.sql("SELECT COUNT(*) FROM audit_seal WHERE number = 1") == [(1,)]


main()
