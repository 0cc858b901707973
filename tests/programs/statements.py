#!/usr/bin/env python3
"""statements.py PROGRAMS TREE RECORDED: how SQLite finds the rows of each recorded statement, in a new database of this version.

Whatever reads a whole table that grows, and each index that no statement and no constraint needs, is a failure, but for what
stands here with its reason. RECORDED has a file of statements, a line each, for every program."""
import collections
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

PROGRAMS, TREE, RECORDED = (pathlib.Path(path).resolve() for path in sys.argv[1:])

# Tables that stay small however many people register.
SMALL = {
    "sqlite_master": "the schema",
    "roster_current": "one row",
    "roster_edition": "a row for each import",
    "mailer_heartbeat": "a row for each mailer",
    "mail_pause": "one row",
    "mail_refused": "refusals of the last minutes",
    "audit_seal": "read from its end",
    "audit_archive": "a row for each archive",
    "storage_hour": "a row an hour, of some days",
}

# What may read a whole table: whose it is, how it begins, why.
READS_ALL = [
    ("portal-mailer", r"SELECT COUNT\(\*\) FROM \(SELECT 1 FROM \w+ (WHERE .*)?LIMIT \$\d\) AS counted",
     "metrics: it counts up to a ceiling, now and then"),
    ("portalctl", r"DELETE FROM \w+ WHERE .* IN \(SELECT .* LIMIT \$\d\)", "purge: a batch, once a night"),
    ("portalctl", r"UPDATE account_link SET used_at", "after a backup was put back"),
    ("portal-desk portalctl", r"SELECT .* FROM (outbox|event) WHERE request_id LIKE", "a search by the beginning of a request's number"),
    ("portalctl", r"SELECT COUNT\(\*\) FROM audit WHERE NOT EXISTS", "verify: it reads all of the audit"),
    ("portalctl", r"SELECT .* FROM outbox WHERE created_at >= \$1 AND created_at < \$2 GROUP BY", "report"),
    ("portalctl", r"SELECT COUNT\(\*\), .* FROM account\s*$", "report"),
    ("portalctl", r"SELECT (delay|outcome|institution|COUNT\(\*\), COALESCE\(SUM\(pressed)", "report"),
    ("portal-desk portalctl", r"SELECT COALESCE\(SUM\(CASE WHEN notified_at = 0", "report and the desk's first page: those who wait"),
    ("portal-desk portalctl", r"SELECT .* FROM outbox WHERE \(\$1 = '' OR LOWER\(recipient\) = \$1\)", "a search with several filters"),
    ("portal-desk portalctl", r"SELECT registration\.id, .* FROM \(SELECT \* FROM \(SELECT", "a search with several filters"),
    ("portal-desk portalctl", r"SELECT state, COUNT\(\*\), MIN\(created_at\) FROM outbox GROUP BY state", "counts of the queue"),
]

# Indexes that no recorded statement needs.
KEPT = {
    "draft_network": "journal/admission.cpp counts a network's drafts by it, for one draft of 32",
}


def migrated(folder):
    (folder / "portal.conf").write_text(
        f"site.base_url = http://127.0.0.1:8080\ndatabase.connector = SQLite\n"
        f"database.connection = {folder}/portal.db\ntemplates.directory = {TREE}/templates\n"
        f"mail.transport = maildir\nmail.maildir = {folder}/mail\n"
        f"password.blocklist = {TREE}/conf/password-blocklist.txt\n")
    subprocess.run([PROGRAMS / "portalctl", "--config", folder / "portal.conf", "migrate"], check=True, stdout=subprocess.DEVNULL)
    return sqlite3.connect(folder / "portal.db")


def words_of(text):
    return " ".join(re.sub(r"--.*", "", text).split())


def recorded():
    """statement → who sends it. Without what the migrations themselves send: their tables may be gone by now."""
    migrations = words_of("\n".join(file.read_text() for file in sorted(TREE.glob("sql/*.sql"))))
    found = collections.defaultdict(set)
    for file in RECORDED.iterdir():
        for line in file.read_text().splitlines():
            if re.match(r"(SELECT|INSERT|UPDATE|DELETE|WITH)\b", line) and words_of(line) not in migrations:
                found[line].add(file.name)
    return found


def plan_of(database, statement):
    parameters = len(set(re.findall(r"[$?]\d+", statement)))
    return [row[3] for row in database.execute("EXPLAIN QUERY PLAN " + statement, [None] * parameters)]


def table_of(scanned, statement, tables):
    """The table with that name or alias; nothing: it is a subquery, or rows that stand in the statement."""
    if scanned in tables:
        return scanned
    match = re.search(rf"\b(\w+) (?:AS )?{scanned}\b", statement)
    return match[1] if match and match[1] in tables else None


def reason(statement, programs):
    return next((why for who, begins, why in READS_ALL if programs <= set(who.split()) and re.match(begins, statement)), None)


def main():
    with tempfile.TemporaryDirectory() as name:
        database = migrated(pathlib.Path(name))
        kinds = {kind: {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = ?", [kind])}
                 for kind in ("table", "index")}
        used, found, statements = set(), [], recorded()
        for statement, programs in sorted(statements.items()):
            for step in plan_of(database, statement):
                if not re.match(r"SCAN .* COVERING INDEX", step):  # which only stands for the table
                    used.update(re.findall(r"INDEX (\w+)", step))
                table = step.startswith("SCAN ") and table_of(step.split()[1], statement, kinds["table"] | {"sqlite_master"})
                if table and table not in SMALL and not reason(statement, programs):
                    found.append(f"{', '.join(sorted(programs))}: all of {table}: {step}: {statement}")
        database.close()
    for program in "form", "lookup", "confirm", "complete", "activate", "login", "account", "password", "desk", "mailer":
        if not any(f"portal-{program}" in programs for programs in statements.values()):
            found.append(f"nothing of portal-{program} was recorded")
    # The others keep something unique.
    useless = {index for index in kinds["index"] if not index.startswith("sqlite_autoindex")} - used - set(KEPT)
    found += [f"no statement needs the index {index}" for index in sorted(useless)]
    print(f"{len(statements)} statements, {len(used)} indexes")
    raise SystemExit("\n".join(found) or 0)


main()
