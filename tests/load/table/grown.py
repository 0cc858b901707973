"""A small site beside one that has grown: each step's rate on both, measured right after each other."""
import sqlite3
import time
from dataclasses import dataclass

from . import processes
from .measures import LOOKUP, Figure
from .site import CLINICS
from .traffic import Load


@dataclass(frozen=True)
class Size:
    """Accounts are those of the last clinics; the first `free` may be registered."""
    clinics: int
    accounts: int
    audit: int

    @property
    def free(self):
        return self.clinics - self.accounts

    def part(self, of_it):
        """That part of it, but no less than the small one."""
        return Size(*(max(round(of_it * whole), least) for whole, least in
                      ((self.clinics, SMALL.clinics), (self.accounts, SMALL.accounts), (self.audit, SMALL.audit))))


SMALL = Size(clinics=CLINICS, accounts=1_000, audit=1_000)
GROWN = Size(clinics=500_000, accounts=300_000, audit=2_000_000)

# An account a 20 s, each with its registration, two events, and what the audit has of it, sealed: nobody seals millions
# of rows while it is measured.
FILL = """
CREATE TEMP TABLE person AS
  WITH RECURSIVE counted(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted WHERE i < :accounts - 1)
  SELECT i, substr(hex(randomblob(11)), 1, 22) AS id, printf('契%07d-0-0', :free + i) AS number,
         'person' || i || '@grown.example' AS email, :now - 20 * i AS at FROM counted;
CREATE TEMP TABLE entry AS
  WITH RECURSIVE counted(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted WHERE i < :audit - 1)
  SELECT i, substr(hex(randomblob(11)), 1, 22) AS id FROM counted;
INSERT INTO roster_version (registration_number, from_edition, to_edition, institution, clinic_name, address, phone, designated_on, closed_at)
  WITH RECURSIVE counted(i) AS (SELECT :there UNION ALL SELECT i + 1 FROM counted WHERE i < :clinics - 1)
  SELECT printf('契%07d-0-0', i), 1, 1000000000, 'judo', '整骨院' || i, '東京都港区本町一丁目2番3号', '0312345678', '', 0
  FROM counted WHERE i < :clinics;
INSERT INTO registration (id, draft_id, signup_hash, family_name, given_name, registration_number, phone, email, email_key,
                          password_hash, created_at, expires_at, activated_at)
  SELECT id, hex(randomblob(21)), hex(randomblob(21)), '山田', '太郎', number, printf('03%08d', i), email, email, :hash,
         at, at + 86400, at + 600 FROM person;
INSERT INTO account (id, family_name, given_name, registration_number, phone, email, email_key, password_hash, created_at)
  SELECT id, '山田', '太郎', number, printf('03%08d', i), email, email, :hash, at FROM person;
INSERT INTO event (id, at, name, email_hash, number_hash, phone_hash, registration_id, request_id, detail)
  SELECT printf('%012d-', at) || substr(hex(randomblob(11)), 1, 22), at, name, hex(randomblob(21)), hex(randomblob(21)),
         hex(randomblob(21)), CASE name WHEN 'ok_pressed' THEN id ELSE '' END, lower(hex(randomblob(16))), ''
  FROM person, (SELECT 'form_accepted' AS name UNION SELECT 'ok_pressed') ORDER BY at;
INSERT INTO audit (id, at, event, account_id, network, request_id, detail)
  SELECT entry.id, :now - 86400 - 3 * (:audit - entry.i), 'login', person.id, '192.0.2.0/24', lower(hex(randomblob(16))), ''
  FROM entry JOIN person ON person.i = entry.i % :accounts;
INSERT INTO audit_seal (number, sealed_at, row_count, hash)
  SELECT COALESCE(MAX(number), 0) + 1, :now, :audit, hex(randomblob(21)) FROM audit_seal;
INSERT INTO audit_sealed (audit_id, seal_number, position) SELECT id, (SELECT MAX(number) FROM audit_seal), i FROM entry
"""


def fill(site, size, password_hash):
    """Site: a new one, on SQLite."""
    database = sqlite3.connect(site.folder / "portal.db", timeout=60, isolation_level=None)
    for pragma in "cache_size = -1000000", "temp_store = MEMORY", "synchronous = OFF":
        database.execute("PRAGMA " + pragma)
    values = {"accounts": size.accounts, "free": size.free, "clinics": size.clinics, "audit": size.audit, "there": CLINICS,
              "hash": password_hash, "now": int(time.time())}
    database.execute("BEGIN IMMEDIATE")
    for statement in FILL.split(";"):
        database.execute(statement, values)
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def a_hash(bench):
    """Of the password of all applications: somebody's who registers."""
    while not (found := bench.site.sql("SELECT password_hash FROM registration LIMIT 1")):
        bench.outcome_of(bench.start_wrk(bench.site.url, Load("/register", "application.lua"), 1, 1))
    return found


def beside_small(bench, load, times=1):
    """Its rate at 16 clients, as a part of the small site's; the order changes from time to time. load: Size → Load; times:
    how much longer than others this takes, as there are few a second."""
    sides = [(bench.site, SMALL), (bench.grown, bench.grown_size)]
    rates, costs = {}, {}
    for site, size in sides if bench.turn % 2 == 0 else reversed(sides):
        before = processes.cpu_when_still(site.processes())
        outcome = bench.wrk(site.url, load(size), 16, times * bench.seconds)
        rates[site] = outcome.rate
        costs[site] = (processes.cpu_when_still(site.processes()) - before) / outcome.good
    grown, small = rates[bench.grown], rates[bench.site]
    return Figure(grown / small, f"{grown:,.0f} : {small:,.0f} a second; CPU of all processes "
                                 f"{costs[bench.grown]:.3f} : {costs[bench.site]:.3f} ms")


def lookup(bench):
    return beside_small(bench, lambda size: Load(LOOKUP))


def lookup_by_chance(bench):
    return beside_small(bench, lambda size: Load("", "lookup.lua", {"CLINICS": size.clinics}))


def draft(bench):
    return beside_small(bench, lambda size: Load("/register", "draft.lua", {"CLINICS": size.free}))


def registration(bench):
    return beside_small(bench, lambda size: Load("/register", "application.lua", {"CLINICS": size.free}), 3)


def login(bench):
    return beside_small(bench, lambda size: Load("", "login.lua", {"ACCOUNTS": size.accounts}), 3)
