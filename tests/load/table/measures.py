"""How each row of the table is measured. Each function gets the bench (`run`), measures once, and returns a Figure."""
import os
import random
import re
import sqlite3
import statistics
import time
import urllib.parse
from dataclasses import dataclass

from . import people, processes
from .site import CLINICS, Responder, wait_for
from .traffic import Load

import applications  # tests/support
import straight

GZIP = ("Accept-Encoding: gzip",)
LOOKUP = "/register/clinic?" + urllib.parse.urlencode(
    {"judo_agreement": "契", "judo_number": "0001234", "judo_suffix1": "0", "judo_suffix2": "0"})
MIB = 1 << 20


@dataclass(frozen=True)
class Figure:
    value: float
    told: str  # what it was made of


def form_of_somebody(**changed):
    clinic = {"judo_number": f"{random.randrange(CLINICS):07}", "judo_suffix1": "0", "judo_suffix2": "0"}
    entries = applications.application("judo", email=f"p{time.time_ns()}@load.example") | clinic | changed
    return urllib.parse.urlencode(entries)


# --- beside a limit

def beside(bench, load, limit, clients):
    """Its rate, as a part of the limit's, both measured now; the order changes from time to time."""
    sides = [(bench.site.url, load), (bench.limits.url, limit)]
    rates = {}
    for url, one in sides if bench.turn % 2 == 0 else reversed(sides):
        rates[url] = bench.rate(url, one, clients)
    ours, theirs = rates[bench.site.url], rates[bench.limits.url]
    return Figure(ours / theirs, f"{ours:,.0f} : {theirs:,.0f} a second")


def cached_gzip(bench, clients):
    return beside(bench, Load("/register", headers=GZIP), Load("/file/form.html", headers=GZIP), clients)


def cached(bench, clients):
    return beside(bench, Load("/register"), Load("/file/form.html"), clients)


def form(bench, clients):
    return beside(bench, Load("/register?x"), Load("/bare/form"), clients)


def lookup(bench, clients):
    return beside(bench, Load(LOOKUP), Load("/bare/lookup"), clients)


def invalid(bench):
    refused = Load("/register", "draft.lua", {"KIND": "invalid"}, body=form_of_somebody(email="none"), status="4xx")
    return beside(bench, refused, refused.on("/bare/invalid", STATUS=200), 16)


# --- processor time

def valid(bench):
    portal = bench.site.behind_web_server()
    load = Load("/register", "draft.lua", body=form_of_somebody(), status="3xx")
    before = processes.cpu(portal)
    outcome = bench.drive(bench.site.url, load, 16)
    used = processes.cpu_when_still(portal) - before
    return Figure(used / outcome.good, f"{outcome.rate:,.0f} a second")


def cookie_of(answer):
    return re.search(rb"((?:__Host-)?draft=[^;]+)", answer)[1].decode()


# Its drafts are not displaced by the thousands that wrk has just made from 127.0.0.1.
ANOTHER_NETWORK = "192.0.2.1"


def oks(bench, count):
    """Requests that press OK, each with a draft of its own, for a responder that is asked straight."""
    with Responder(bench.site, "form", bench.folder) as responder:
        posts = (straight.message("POST", "/register", form_of_somebody().encode(), REMOTE_ADDR=ANOTHER_NETWORK)
                 for _ in range(count))
        cookies = [cookie_of(straight.ask(responder.socket, post)) for post in posts]
    return [straight.message("POST", "/register/complete", HTTP_COOKIE=cookie) for cookie in cookies]


def press_each(responder, requests):
    for request in requests:
        answer = straight.ask(responder.socket, request)
        if b"signup=" not in answer:
            raise SystemExit("OK was refused: " + answer.decode(errors="replace")[:300])


WITHOUT_HASH = {"PORTAL_PASSWORD_MEMORY_KIB": "8", "PORTAL_PASSWORD_ITERATIONS": "1"}
WARM = 10  # requests before it is measured


def cpu_of_ok(bench, count, **settings):
    """Milliseconds of an OK, its responder's and the database's."""
    requests = oks(bench, WARM + count)
    with Responder(bench.site, "complete", bench.folder, **settings) as responder:
        press_each(responder, requests[:WARM])
        pids = bench.site.database_processes() | {responder.pid}
        before = processes.cpu(pids)
        press_each(responder, requests[WARM:])
        return (processes.cpu(pids) - before) / count


def complete(bench):
    return Figure(cpu_of_ok(bench, 600, **WITHOUT_HASH), "600 one after another")


def told_of(calls, count):
    most = sorted(calls.items(), key=lambda item: -item[1])[:6]
    return ", ".join(f"{name} {number / count:.1f}" for name, number in most)


def complete_calls(bench):
    requests = oks(bench, 60)
    with Responder(bench.site, "complete", bench.folder, **WITHOUT_HASH) as responder:
        press_each(responder, requests[:WARM])
        calls = processes.system_calls(responder.pid, lambda: press_each(responder, requests[WARM:]), bench.folder)
    count = len(requests) - WARM
    return Figure(sum(calls.values()) / count, told_of(calls, count))


def queue_mails(bench, count):
    first = int(bench.site.sql("SELECT count(*) FROM outbox"))
    text = (bench.tests / "mail/queue.sql").read_text()
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    bench.site.sql(lines.replace(":first", str(first)).replace(":number", str(count)).replace(":now", str(int(time.time()))))


def wait_for_mails(bench):
    wait_for(lambda: int(bench.site.sql("SELECT count(*) FROM outbox WHERE state = 'queued'")) == 0, 120, "all mails are sent")


def send_mails(bench, count):
    queue_mails(bench, count)
    wait_for_mails(bench)


def mail(bench):
    wait_for_mails(bench)
    pids = bench.site.database_processes() | bench.site.named("portal-mailer")
    before = processes.cpu_when_still(pids)
    queue_mails(bench, 1000)
    wait_for_mails(bench)
    return Figure((processes.cpu_when_still(pids) - before) / 1000, "1000, to a Maildir")


def mail_calls(bench):
    (mailer,) = bench.site.named("portal-mailer")
    wait_for_mails(bench)
    calls = processes.system_calls(mailer, lambda: send_mails(bench, 200), bench.folder)
    return Figure(sum(calls.values()) / 200, told_of(calls, 200))


# --- beside a hash

def beside_hashes(bench, screens):
    """(CPU of all processes of the site a registration : a hash, registrations : hashes a second, what was made). The
    hashes are made by all cores right before and right after, because what one costs changes with what else the
    processors' host does."""
    wait_for_mails(bench)
    pids = bench.site.processes()
    hashes = [bench.limits.hash(os.cpu_count())]
    before = processes.cpu_when_still(pids)
    rows = int(bench.site.sql("SELECT count(*) FROM registration"))
    load = Load("/register", "application.lua", {"SCREENS": screens})
    outcome = bench.outcome_of(bench.start_wrk(bench.site.url, load, 16, 2 * bench.seconds))
    wait_for_mails(bench)
    used = processes.cpu_when_still(pids) - before
    rows = int(bench.site.sql("SELECT count(*) FROM registration")) - rows
    hashes.append(bench.limits.hash(os.cpu_count()))
    cost = used / rows / statistics.mean(made["cpu_ms"] for made in hashes)
    rate = outcome.rate / statistics.mean(made["per_s"] for made in hashes)
    refused = f", {outcome.bad} refused" if outcome.bad else ""
    told = f"{used / rows:.1f} ms, {outcome.rate:.0f} a second{refused}; hashes {hashes[0]['cpu_ms']:.1f} and {hashes[1]['cpu_ms']:.1f} ms"
    return cost, rate, told


def whole(bench):
    cost, _, told = beside_hashes(bench, screens=1)
    return Figure(cost, told)


def rate(bench, best_peer):
    _, ratio, told = beside_hashes(bench, screens=0)
    return Figure(ratio / best_peer, told)


def hash_cost(bench):
    """An OK with its hash, less one without."""
    hashes = [bench.limits.hash(1)["cpu_ms"]]
    ours = cpu_of_ok(bench, 80)
    hashes.append(bench.limits.hash(1)["cpu_ms"])
    ours -= cpu_of_ok(bench, 80, **WITHOUT_HASH)
    return Figure(ours / statistics.mean(hashes), f"{ours:.2f} : {hashes[0]:.2f} and {hashes[1]:.2f} ms")


# --- many people

def drafts(bench, count):
    """The file of that many drafts' cookies. A network keeps 2000."""
    file = bench.folder / "cookies"
    load = Load("/register", "draft.lua", {"COOKIES": file, "MOST": count + 1})  # wrk tries the script once
    for seconds in (1, 3, 9, 27):
        bench.site.sql("DELETE FROM draft")
        bench.outcome_of(bench.start_wrk(bench.site.url, load, 16, seconds))
        if len(file.read_text().splitlines()) >= count:
            return file
    raise SystemExit(f"{count} drafts take more than 27 s")


def nothing():
    return None


OTHER_STEPS = {
    "form": ("GET", "/register?x", nothing),
    "look-up": ("GET", LOOKUP, nothing),
    "accepted form": ("POST", "/register", form_of_somebody),
    "login": ("GET", "/login?x", nothing),
    "content": ("GET", "/terms", nothing),
}


def others(bench):
    seconds = 4 * bench.seconds
    file = drafts(bench, 1900)
    idle = people.probe(bench.site.url, OTHER_STEPS, seconds)
    crowd = bench.start_wrk(bench.site.url, Load("/register", "ok.lua", {"COOKIES": file}), 64, seconds + 3)
    time.sleep(1)
    busy = people.probe(bench.site.url, OTHER_STEPS, seconds)
    outcome = bench.outcome_of(crowd)
    ratios = {name: busy[name] / idle[name] for name in OTHER_STEPS}
    told = ", ".join(f"{name} {ratio:.1f} ({idle[name]:.1f} → {busy[name]:.1f} ms)" for name, ratio in ratios.items())
    return Figure(max(ratios.values()), f"{told}; meanwhile {outcome.rate:.0f} OK a second, {outcome.bad} other answers")


def press_at_once(bench):
    """Once for both rows of it."""
    if bench.crowd is None:
        cookies = drafts(bench, 700).read_text().splitlines()
        rows = int(bench.site.sql("SELECT count(*) FROM registration"))
        bench.crowd = people.press_ok(bench.site.url, cookies)
        bench.crowd_rows = int(bench.site.sql("SELECT count(*) FROM registration")) - rows
    return bench.crowd


def crowd(bench):
    found = press_at_once(bench)
    again = max(found.returns, default=0)
    return Figure(max(found.waits), f"{found.told_to_return} answers 503 ({found.without_button} without OK); nobody came more than "
                                    f"{again} times again, all were through after {found.seconds:.0f} s")


def crowd_lost(bench):
    found = press_at_once(bench)
    doubled = bench.crowd_rows - len(found.returns)
    lost = ", ".join(f"{number} × {what}" for what, number in found.lost.items())
    return Figure(found.lost.total() + abs(doubled),
                  f"{len(found.returns)} saw 申請完了画面, {bench.crowd_rows} registrations{'; ' if lost else ''}{lost}")


# --- the -wal file

def most_while(bench, seconds):
    """Its largest size in MiB while people register."""
    wrk = bench.start_wrk(bench.site.url, Load("/register", "application.lua"), 16, seconds)
    most = 0
    while wrk.poll() is None:
        most = max(most, bench.site.wal_bytes())
        time.sleep(0.05)
    bench.outcome_of(wrk)
    return most / MIB


def wal(bench):
    seconds = 10 * bench.seconds
    return Figure(most_while(bench, seconds), f"{seconds} s of 16 clients")


def wal_after_reader(bench):
    seconds = 7 * bench.seconds
    reader = sqlite3.connect(bench.site.folder / "portal.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM draft").fetchone()
    most = most_while(bench, seconds)
    reader.close()
    most_while(bench, 8)
    after = bench.site.wal_bytes() / MIB
    return Figure(after, f"{most:.0f} MiB after {seconds} s with the reader")


# --- idle

def idle_memory(bench):
    time.sleep(6)  # what was warm at the start is given back
    portal = bench.site.portal()
    return Figure(processes.pss(portal), f"{len(portal)} programs")


FIRST_PATHS = {"form": "/register", "lookup": LOOKUP, "waiting": "/register/waiting", "confirm": "/register/confirm",
               "complete": "/register/complete", "activate": "/activate", "login": "/login", "account": "/account",
               "password": "/password/forgot", "mailstop": "/mail/stop", "pages": "/"}


def first_answer(bench, step, path):
    """Milliseconds from exec to the end of the first answer."""
    responder = Responder(bench.site, step, bench.folder, threads=4)
    request = straight.message("GET", path)
    while True:
        try:
            straight.ask(responder.socket, request)
            break
        except OSError:
            time.sleep(0.0005)
    passed = (time.monotonic() - responder.started) * 1e3
    responder.__exit__()
    return passed


def first_answers(bench):
    times = {step: [first_answer(bench, step, path) for _ in range(5)] for step, path in FIRST_PATHS.items()}
    medians = {step: statistics.median(of_step) for step, of_step in times.items()}
    slowest = max(medians, key=medians.get)
    return Figure(max(map(max, times.values())), f"medians {min(medians.values()):.0f} to {medians[slowest]:.0f} ({slowest})")
