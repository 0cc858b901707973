#!/usr/bin/env python3
"""roles.py URL DATABASE MAILDIR: every action of the portal, tried in every role. TABLE says what is answered, and what of
it changes anything that belongs to the member or to the person who registered. Exit status 1: a list of what was otherwise.

Roles, in the table's order:
  nobody      has no cookie and no link
  registered  has registered and not opened the link yet; in the browser that registered
  member      is signed in
  other       is another member, signed in, with the links and names of the member's things
  holder      has the links out of the mails, in another browser, signed in nowhere
  site        is another site, which makes the member's own browser send this
"""
import hashlib
import http.client
import pathlib
import re
import sqlite3
import sys
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from applications import application
from mail import mails_to, shown

ROLES = ("nobody", "registered", "member", "other", "holder", "site")
PASSWORD = application("judo")["password"]
NEW_PASSWORD = "Another0ne!"
FORM = application("judo", email="third@test.example", judo_number="1300001", judo_suffix1="0", judo_suffix2="0")
NUMBER = {"institution": "judo", "judo_agreement": "契", "judo_number": "7999999", "judo_suffix1": "0", "judo_suffix2": "0"}
NONE = "A" * 43  # a token of nobody's

# What is asked: {activation} and the like are the links out of the mails, which nobody and who registered do not have.
# A status with ! : something of the member's, or of who registered, is changed by it. HEAD and what a browser fetches in
# advance are tried besides, for each GET: they never change anything.
TABLE = (
    # method, path, form                                                nobody reg.  member other holder site
    ("GET", "/", None,                                                  "200   200   200   200   200   200"),
    ("GET", "/register", None,                                          "200   200   200   200   200   200"),
    ("GET", "/register/clinic?" + urllib.parse.urlencode(NUMBER), None, "404   404   404   404   404   404"),
    ("POST", "/register", {"family_name": "x"},                         "422   422   422   422   422   403"),
    ("POST", "/register", FORM,                                         "303   303   303   303   303   403"),
    ("GET", "/register/confirm", None,                                  "303   303   303   303   303   303"),
    ("POST", "/register/confirm", {"show": "password"},                 "303   303   303   303   303   403"),
    ("POST", "/register/complete", {"draft": NONE},                     "303   303   303   303   303   403"),
    ("POST", "/register/complete", {"draft": "{draft}"},                "303   303   303   303   303   403"),
    ("GET", "/register/complete", None,                                 "303   200   200   200   303   200"),
    ("POST", "/register/resend", {},                                    "303   429   303   303   303   403"),
    ("POST", "/register/waiting", NUMBER | {"email": "w@test.example"}, "303   303   303   303   303   403"),
    ("GET", "/activate?token={activation}", None,                       "404   404   200   200   200   200"),
    ("POST", "/activate?token={activation}", {},                        "404   404   -     -     422!  403"),
    ("POST", "/activate?token={activation}", {"password": "Chigau123"}, "404   404   422!  422!  422!  403"),
    ("GET", "/mail/stop?token={stop}", None,                            "404   404   200   200   200   200"),
    ("POST", "/mail/stop?token={stop}", {},                             "404   404   400   400   400   403"),
    ("GET", "/login", None,                                             "200   200   303   303   200   303"),
    ("POST", "/login", {"email": "member@test.example", "password": ""}, "422  422   422   422   422   403"),
    ("GET", "/account", None,                                           "303   303   200   200   303   200"),
    ("POST", "/account", {},                                            "303   303   400   400   303   403"),
    ("POST", "/account", {"action": "phone", "phone": "0312345678"},    "303   303   422   422   303   403"),
    ("POST", "/account", {"action": "email", "email": "z@test.example"}, "303  303   422   422   303   403"),
    ("POST", "/account", {"action": "password", "password": NEW_PASSWORD, "password_confirmation": NEW_PASSWORD},
                                                                        "303   303   422   422   303   403"),
    ("POST", "/account", {"action": "end_session", "session": "{session}"}, "303 303 422   422   303   403"),
    ("POST", "/account", {"action": "leave"},                           "303   303   422   422   303   403"),
    # Another member's password opens only what is his.
    ("POST", "/account", {"action": "end_session", "session": "{session}", "current_password": PASSWORD},
                                                                        "303   303   -     303   303   403"),
    ("POST", "/account", {"action": "phone", "phone": "0312345678", "current_password": PASSWORD},
                                                                        "303   303   303!  303   303   403"),
    ("GET", "/account?token={change}", None,                            "303   303   200   404   303   200"),
    ("POST", "/account?token={change}", {},                             "303   303   -     404   303   403"),
    ("GET", "/password/forgot", None,                                   "200   200   200   200   200   200"),
    ("POST", "/password/forgot", {"email": "nobody@test.example"},      "303   303   -     -     303   403"),
    ("GET", "/password/reset?token={reset}", None,                      "404   404   200   200   200   200"),
    ("POST", "/password/reset?token={reset}", {"password": "short"},    "404   404   422   422   422   403"),
    ("GET", "/nothing", None,                                           "404   404   404   404   404   404"),
    ("POST", "/about", {},                                              "405   405   405   405   405   403"),
    # Who may changes it; in this order, because each ends what came before.
    ("POST", "/account?token={change}", {},                             "303   303   303!  404   303   403"),
    ("POST", "/mail/stop?token={stop}", {"action": "stop"},             "404   404   -     -     200!  403"),
    ("POST", "/logout", {},                                             "303   303   303!  -     303   403"),
    ("POST", "/password/reset?token={reset2}", {"password": NEW_PASSWORD, "password_confirmation": NEW_PASSWORD},
                                                                        "404   404   -     -     303!  403"),
    ("POST", "/account", {"action": "leave", "current_password": NEW_PASSWORD}, "303 303 303!  422   303   403"),
)


class Browser:
    def __init__(self, host):
        self.host = host
        self.cookies = {}

    def ask(self, method, path, form=None, more={}, keeps=True):
        """(status, headers, body). `keeps`: takes the cookies of the answer."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        body = None if form is None else urllib.parse.urlencode(form)
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers | more)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        for line in answer.headers.get_all("Set-Cookie", []) if keeps else []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers, text

    def register(self, form):
        """The draft's name on the confirmation screen."""
        self.ask("POST", "/register", form)
        draft = re.search(r'name="draft" value="([^"]+)"', self.ask("GET", "/register/confirm")[2])[1]
        status, headers, _ = self.ask("POST", "/register/complete", {"draft": draft})
        assert (status, headers["Location"]) == (303, "/register/complete"), status
        return draft

    def sign_in(self, email, password=PASSWORD):
        status, headers, _ = self.ask("POST", "/login", {"email": email, "password": password})
        assert (status, headers["Location"]) == (303, "/account"), (email, status)


class Portal:
    def __init__(self, url, database, maildir):
        self.url, self.database, self.maildir = url, database, maildir
        self.host = urllib.parse.urlsplit(url).netloc
        self.member_email, self.member_password = "member@test.example", PASSWORD
        self.values = {}
        self.browsers = {role: Browser(self.host) for role in ROLES}

    def token(self, address, path, number=1):
        """Of the link to that path in the newest of so many mails to the address."""
        deadline = time.monotonic() + 30
        while len(mails := mails_to(self.maildir, address)) < number:
            assert time.monotonic() < deadline, f"no mail to {address}"
            time.sleep(0.05)
        return re.search(re.escape(self.url + path) + r"\?token=([A-Za-z0-9_-]+)", shown(mails[-1], False))[1]

    def join(self, browser, email, **number):
        browser.register(application("judo", email=email, **number))
        status, _, _ = browser.ask("GET", "/activate?token=" + self.token(email, "/activate"))
        assert status == 200
        browser.sign_in(email)

    def set_up(self):
        self.join(self.browsers["member"], self.member_email, judo_agreement="契")
        self.join(self.browsers["other"], "other@test.example", judo_agreement="協")
        ahaki = application("ahaki", email="registered@test.example")
        self.values["draft"] = self.browsers["registered"].register(ahaki)
        self.values["activation"] = self.token("registered@test.example", "/activate")
        self.values["stop"] = self.token("registered@test.example", "/mail/stop")
        self.ask_for_links()
        member = self.browsers["member"]
        self.values["session"] = re.search(r'name="session" value="([^"]+)"', member.ask("GET", "/account")[2])[1]

    def ask_for_links(self):
        member = self.browsers["member"]
        status, _, _ = member.ask("POST", "/account", {"action": "email", "email": "moved@test.example", "current_password": PASSWORD})
        assert status == 303, status
        self.values["change"] = self.token("moved@test.example", "/account")
        self.ask_for_reset("reset", 2)

    def ask_for_reset(self, name, number):
        Browser(self.host).ask("POST", "/password/forgot", {"email": self.member_email})
        self.values[name] = self.token(self.member_email, "/password/reset", number)

    def belongings(self):
        """A digest of all that belongs to the member and to who registered; when it was last looked at does not count."""
        database = sqlite3.connect(f"file:{urllib.parse.quote(self.database)}?mode=ro", uri=True)
        mine = "SELECT id FROM account WHERE registration_number = '契0123456-7-8'"
        theirs = "SELECT id FROM registration WHERE email_key = 'registered@test.example'"
        digest = hashlib.sha256()
        for query in (f"SELECT * FROM account WHERE id IN ({mine})", f"SELECT token_hash FROM web_session WHERE account_id IN ({mine})",
                      f"SELECT * FROM account_link WHERE account_id IN ({mine})", f"SELECT * FROM known_device WHERE account_id IN ({mine})",
                      f"SELECT * FROM registration WHERE id IN ({theirs})", f"SELECT * FROM activation_link WHERE registration_id IN ({theirs})",
                      "SELECT id, recipient FROM outbox WHERE recipient IN ('member@test.example', 'moved@test.example', 'registered@test.example')",
                      "SELECT * FROM mail_address WHERE email_key IN ('member@test.example', 'registered@test.example')"):
            digest.update(repr(sorted(map(repr, database.execute(query)))).encode())
        database.close()
        return digest.hexdigest()

    def fill(self, text, role):
        known = role not in ("nobody", "registered")
        for name, value in self.values.items():
            text = text.replace("{" + name + "}", value if known else NONE)
        return text

    def browser_of(self, role):
        return self.browsers["member" if role == "site" else role]

    def renew(self):
        """What a change has ended begins anew."""
        member = self.browsers["member"]
        if member.ask("HEAD", "/account")[0] != 200:
            member.sign_in(self.member_email, self.member_password)

    def try_one(self, role, method, path, form, expected, more):
        """What is wrong; None if nothing."""
        if role == "site":
            more = more | {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
        before = self.belongings()
        filled = form and {name: self.fill(value, role) for name, value in form.items()}
        status, _, _ = self.browser_of(role).ask(method, self.fill(path, role), filled if form is not None else None, more,
                                                 keeps=expected.endswith("!"))
        said = str(status) + ("!" if self.belongings() != before else "")
        return None if said in expected.split("|") else f"{role}: {method} {path} {form or ''}: {said} instead of {expected}"


def tries(method, expected):
    """method, headers, expected: the request as it is, and those that never change anything beside it."""
    if method == "GET":
        yield "HEAD", {}, expected
        cached = f"503|{expected}"  # without cookies, the web server may have the page
        yield "GET", {"Sec-Purpose": "prefetch;prerender"}, cached
        yield "GET", {"Purpose": "prefetch"}, cached
    yield method, {}, expected


def main(*where):
    portal = Portal(*where)
    portal.set_up()
    wrong, count = [], 0
    for method, path, form, expectations in TABLE:
        portal.renew()
        if "{reset2}" in path:
            portal.ask_for_reset("reset2", 2)
        for role, expected in zip(ROLES, expectations.split(), strict=True):
            for one, more, answer in tries(method, expected) if expected != "-" else ():
                count += 1
                if (reason := portal.try_one(role, one, path, form, answer, more)) is not None:
                    wrong.append(reason)
        # How the member logs in from now on.
        if "{change}" in path and "303!" in expectations:
            portal.member_email = "moved@test.example"
        if "{reset2}" in path:
            portal.member_password = NEW_PASSWORD
    # The one who registered opens the link in the same browser, after all that others have tried; it was stopped.
    status, _, _ = portal.browsers["registered"].ask("GET", portal.fill("/activate?token={activation}", "holder"))
    if status != 410:
        wrong.append(f"the link of a registration that was cancelled is answered {status}")
    print(f"{count} tries, {len(wrong)} answered otherwise")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main(*sys.argv[1:])
