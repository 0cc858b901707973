#!/usr/bin/env python3
"""some_weeks.py DATABASE [--days N] [--people N] [--refused N] [--clinics N] [--seed N]

Fills a migrated, empty SQLite database with what a portal has seen in the last N days (42): PEOPLE (3000)
who try to register, most of them within office hours, with the mistakes, slow mails, bounces, waits and
logins that happen, and REFUSED (0) more forms with mistakes. CLINICS (2 for each of the people) are in the
roster. For `portalctl report`: to look at, to test, and to measure:

  build/bin/portalctl --config portal.conf migrate
  tests/load/some_weeks.py portal.db --days 90 --people 86000 --refused 1700000
  time build/bin/portalctl --config portal.conf report --html report.html --since 2026-09-01

The same --seed (1) gives the same site, but for the day that it ends."""
import argparse
import base64
import hashlib
import itertools
import random
import sqlite3
import time

DAY = 86400
AHEAD = 9 * 3600  # Japan's clock
# People, in units of 10,000, of the prefectures 01 to 47.
PREFECTURES = [514, 120, 118, 226, 91, 104, 177, 282, 190, 191, 734, 628, 1405, 923, 215, 101, 111, 74, 80, 202,
               195, 358, 754, 174, 141, 254, 878, 540, 130, 90, 54, 66, 186, 276, 131, 70, 93, 131, 67, 512, 80,
               128, 171, 110, 105, 155, 147]
HOURS = [1, 0.5, 0.3, 0.2, 0.2, 0.5, 1, 3, 8, 14, 15, 13, 11, 13, 15, 14, 12, 9, 6, 6, 7, 8, 6, 3]
WEEKDAYS = [1.2, 1.1, 1, 1, 0.9, 0.5, 0.25]  # from Monday
MISTAKES = [("judo_number_format", 14), ("not_in_roster", 22), ("email_format", 8), ("phone_format", 9),
            ("password_no_upper", 21), ("password_too_short password_no_upper", 6), ("password_no_digit", 8),
            ("password_confirmation_mismatch", 17), ("terms_missing", 12), ("judo_agreement_missing", 9),
            ("judo_suffix1_missing judo_suffix2_missing", 7), ("family_name_missing given_name_missing", 3),
            ("institution_missing", 4), ("ahaki_number_format", 9), ("email_missing phone_missing", 3),
            ("clinic_taken", 2)]
REFUSALS = [("RCPT TO: 550 5.1.1 <{to}>: Recipient address rejected: User unknown", 6),
            ("RCPT TO: 550 5.4.4 <{to}>: Host or domain name not found", 2),
            ("RCPT TO: 552 5.2.2 <{to}>: mailbox full", 1), ("end of data: 554 5.7.1 rejected as spam", 1)]
LATER = [("RCPT TO: 450 4.2.0 <{to}>: Greylisted, try again", 6), ("mail.example.jp: Timeout", 1),
         ("RCPT TO: 451 4.7.1 <{to}>: Please try again later", 2), ("greeting: 421 too many connections", 1)]


def digest(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
COLUMNS = {
    "roster_version": "registration_number from_edition to_edition institution clinic_name address phone"
                      " designated_on closed_at",
    "registration": "id draft_id signup_hash family_name given_name registration_number phone email email_key"
                    " password_hash created_at expires_at activated_at cancelled_at",
    "account": "id family_name given_name registration_number phone email email_key password_hash created_at"
               " state last_login_at last_login_client",
    "outbox": "id kind registration_id account_id recipient network state created_at next_attempt_at attempts"
              " lease_owner leased_until done_at last_reply",
    "mail_attempt": "id outbox_id at outcome reply",
    "event": "id at name email_hash number_hash phone_hash registration_id request_id detail",
    "audit": "id at event account_id network request_id detail",
    "waiting": "id registration_number email email_key network created_at notified_at",
}


class Site:
    def __init__(self, options):
        self.random = random.Random(options.seed)
        self.now = int(time.time())
        self.days = options.days
        self.first_day = (self.now + AHEAD) // DAY - options.days + 1
        self.ids = itertools.count()
        self.rows = {}
        weights = []
        for day in range(self.days):
            weekday = (self.first_day + day + 3) % 7
            start = 1 + 2.5 * max(0, 1 - day / 14)  # many come when it opens
            weights.append(WEEKDAYS[weekday] * start)
        self.day_weights = list(itertools.accumulate(weights))
        self.hour_weights = list(itertools.accumulate(HOURS))
        self.clinics = self.roster(options.clinics or 2 * options.people)
        self.random.shuffle(self.clinics)

    def add(self, table, *values):
        self.rows.setdefault(table, []).append(values)

    def id(self):
        return digest(f"id{next(self.ids)}")[:22]

    def pick(self, weighted):
        return self.random.choices([one for one, _ in weighted], [weight for _, weight in weighted])[0]

    def moment(self):
        while True:
            day = self.random.choices(range(self.days), cum_weights=self.day_weights)[0]
            hour = self.random.choices(range(24), cum_weights=self.hour_weights)[0]
            at = (self.first_day + day) * DAY - AHEAD + hour * 3600 + self.random.randrange(3600)
            if at < self.now - 120:
                return at

    def roster(self, number):
        numbers = []
        cumulated = list(itertools.accumulate(PREFECTURES))
        for i in range(number):
            prefecture = self.random.choices(range(1, 48), cum_weights=cumulated)[0]
            if i % 8 < 5:
                text = f"{'協契'[i % 8 < 3]}{prefecture:02}{i // 10 % 100000:05}-{i % 10}-{i // 1000000}"
                kind = "judo"
            else:
                text = f"{prefecture:02}{i // 10 % 1000000:06}-{i % 10}-{i // 1000000}"
                kind = "ahaki"
            numbers.append(text)
            self.add("roster_version", text, 1, 1000000000, kind, f"第{i}施術所", "所在地", "0312345678", "", 0)
        return numbers

    def event(self, at, name, email="", number="", phone="", registration="", detail=""):
        at = min(at, self.now)
        hashes = [digest(kind + ":" + value) if value else ""
                  for kind, value in (("email", email), ("number", number), ("phone", phone))]
        self.add("event", f"{at:012}-{self.id()}", at, name, *hashes, registration, self.id(), detail)

    def audit(self, at, event, account, detail=""):
        self.add("audit", self.id(), min(at, self.now), event, account, "192.0.2.0/24", self.id(), detail)

    def refuse(self, at, email, number, phone):
        codes = self.pick(MISTAKES)
        known = not any(part in codes for part in ("judo_", "ahaki_", "institution"))
        self.event(at, "form_refused", "" if "email_" in codes else email, number if known else "",
                   "" if "phone_" in codes else phone, "", codes)
        return codes

    def mail(self, at, registration, to):
        """Adds the mail; when it was delivered, or None."""
        mail, tries, delay = self.id(), 0, self.random.choices([0, 1, 2, 3, 5], [30, 45, 15, 6, 4])[0]
        outcome = self.random.choices(["sent", "later", "failed", "bounced"], [91, 5, 2.4, 1.6])[0]
        state, done, reply = "sent", at + delay, "250 2.0.0 Ok: queued as 4F3A7"
        if outcome == "later":
            for pause in (30, 60, 120, 300, 600, 1800)[:self.random.randint(1, 6)]:
                text = self.pick(LATER).format(to=to)
                self.add("mail_attempt", self.id(), mail, min(at + delay, self.now), "try_later", text)
                delay += pause
                tries += 1
            done = at + delay
        if outcome == "failed":
            state, reply = "failed", self.pick(REFUSALS).format(to=to)
            self.add("mail_attempt", self.id(), mail, done, "refused", reply)
        elif done > self.now:
            state, done, reply = "queued", 0, ""
        else:
            self.add("mail_attempt", self.id(), mail, done, "delivered", reply)
            if outcome == "bounced":
                state, reply = "bounced", "5.1.1 550 no such user (RFC 3464 report)"
                self.add("mail_attempt", self.id(), mail, min(done + 3, self.now), "bounced", reply)
        self.add("outbox", mail, "activation", registration, "", to, "192.0.2.0/24", state, at,
                 at + delay, tries + 1, "", 0, done, reply)
        return done if state == "sent" else None

    def person(self, i, number):
        rand, at = self.random, self.moment()
        email, phone = f"person{i}@clinic{i % 977}.example", f"03{i:08}"
        while rand.random() < 0.45:
            codes = self.refuse(at, email, number, phone)
            if rand.random() < (0.6 if "roster" in codes else 0.08):
                if "roster" in codes and rand.random() < 0.4:
                    self.event(at + 40, "waiting_asked", email, number)
                    told = at + rand.randrange(2, 30) * DAY
                    self.add("waiting", self.id(), number, email, email, "192.0.2.0/24", at + 40,
                             told if told < self.now else 0)
                return
            at += rand.randrange(15, 240)
        self.event(at, "form_accepted", email, number, phone)
        at += rand.randrange(8, 90)
        if rand.random() < 0.04 or at > self.now:
            return
        registration = self.id()
        self.event(at, "ok_pressed", email, number, phone, registration)
        self.audit(at, "registered", registration)
        delivered = self.mail(at, registration, email)
        activated = self.open_link(registration, delivered) if delivered and rand.random() < 0.93 else 0
        if activated or at > self.now - 2 * DAY:  # the others are purged
            self.add("registration", registration, self.id(), self.id(), "山田", "太郎", number, phone, email,
                     email, "", at, at + DAY, activated, 0)
        if activated:
            self.activate(registration, number, phone, email, activated)

    def open_link(self, registration, delivered):
        """When it activated, 0: it did not."""
        late = self.random.random() < 0.05
        opened = delivered + int(self.random.lognormvariate(4.6, 1.1)) + (3600 if late else 5)
        if opened > self.now:
            return 0
        detail = "expired, or the address or clinic is taken, elsewhere: Mail" if late else "good, elsewhere: Mail"
        self.event(opened, "link_opened", registration=registration, detail=detail)
        if self.random.random() < 0.03:
            self.event(opened + 20, "link_password_wrong", registration=registration)
            return 0
        return 0 if late or opened + 30 > self.now else opened + 30

    def activate(self, account, number, phone, email, at):
        self.audit(at, "activated", account)
        login, last = at, 0
        while self.random.random() < 0.72:
            login += int(self.random.expovariate(1 / (4 * DAY))) + 60
            if login > self.now:
                break
            if self.random.random() < 0.12:
                self.audit(login - 20, "login_refused", account, "wrong_password")
            self.audit(login, "login", account)
            last = login
        if self.random.random() < 0.02:
            self.audit(at + 9, "login_refused", "", "unknown_address")
        self.add("account", account, "山田", "太郎", number, phone, email, email, "", at, "active", last, "")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("database")
    for name, value in (("days", 42), ("people", 3000), ("refused", 0), ("clinics", 0), ("seed", 1)):
        parser.add_argument("--" + name, type=int, default=value)
    options = parser.parse_args()
    site = Site(options)
    for i in range(options.people):
        site.person(i, site.clinics[i])
    for i in range(options.refused):
        number = site.clinics[i % len(site.clinics)]
        site.refuse(site.moment(), f"other{i}@clinic.example", number, f"06{i:08}")
    site.rows["event"].sort()  # as time makes them
    database = sqlite3.connect(options.database)
    with database:
        for table, names in COLUMNS.items():
            columns = names.split()
            places = ", ".join("?" * len(columns))
            database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",
                                 site.rows.get(table, []))
    database.close()


main()
