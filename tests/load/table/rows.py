"""The rows of the table: what is measured, how, and what is to be reached."""
from dataclasses import dataclass
from typing import Callable

from . import grown, measures
from .measures import Figure

# The best of five other registration stacks made 76.1 registrations a second at 16 clients where 183.8 warm hashes a
# second were made by both cores: PHP-FPM with its own Argon2, on 26 November 2026. The ratio goes with us to other machines.
BEST_PEER = 76.1 / 183.8


@dataclass(frozen=True)
class Row:
    name: str
    what: str
    measure: Callable[..., Figure]
    unit: str = "×"
    goal: float | None = None  # None: only told
    is_least: bool = False  # the goal is the least that is wanted; otherwise the most
    repetitions: int = 3
    needs: str = ""  # sqlite: a database of that kind

    def is_met(self, value):
        if self.goal is None:
            return None
        return value >= self.goal if self.is_least else value <= self.goal


def at_each(name, what, measure, goal):
    """A row for each number of clients."""
    return [Row(f"{name}-{clients}", f"{what}, {clients} at once", lambda bench, n=clients: measure(bench, n), goal=goal, is_least=True)
            for clients in (1, 16, 64)]


ROWS = [
    Row("pss", "memory of all programs, idle", measures.idle_memory, "MiB", 40, repetitions=1),
    Row("exec", "first answer after exec, the slowest of all", measures.first_answers, "ms", 25, repetitions=1),
    *at_each("gzip", "cached form, gzip : the file with gzip_static", measures.cached_gzip, 0.80),
    *at_each("cached", "cached form, plain : the file", measures.cached, 0.85),
    *at_each("form", "form past the cache : bare responder", measures.form, 0.80),
    Row("invalid", "refused form, 16 at once : bare responder", measures.invalid, goal=0.40, is_least=True),
    *at_each("lookup", "look-up : bare responder", measures.lookup, 0.60),
    Row("valid", "accepted form at 16: CPU", measures.valid, "ms", 0.35),
    Row("complete", "OK without its hash: CPU", measures.complete, "ms", 0.45),
    Row("complete-calls", "OK without its hash: system calls", measures.complete_calls, "", repetitions=1),
    Row("mail", "a mail: CPU", measures.mail, "ms", 0.5, repetitions=2),
    Row("mail-calls", "a mail: system calls", measures.mail_calls, "", repetitions=1),
    Row("whole", "registration in five requests, all processes : a hash", measures.whole, goal=1.25, repetitions=2),
    Row("rate", "registrations a second at 16 : the best peer's", lambda bench: measures.rate(bench, BEST_PEER), goal=1.75,
        is_least=True, repetitions=2),
    Row("hash", "the portal's hash : libsodium's", measures.hash_cost, goal=1.05),
    Row("others", "p99 of other steps while 64 press OK : idle", measures.others, goal=3, repetitions=1),
    Row("crowd", "700 press OK at once: the longest wait", measures.crowd, "s", 3, repetitions=1),
    Row("crowd-lost", "… of whom were lost", measures.crowd_lost, "", 0, repetitions=1),
    Row("wal", "-wal under load", measures.wal, "MiB", 32, repetitions=1, needs="sqlite"),
    Row("wal-reader", "-wal 8 s after a slow reader has ended", measures.wal_after_reader, "MiB", 32, repetitions=1, needs="sqlite"),
]

# The site with 300,000 accounts, 500,000 clinics and 2,000,000 rows of the audit, beside one with 1,000 accounts and 10,000
# clinics: `run --grown`.
GROWN_ROWS = [
    Row("lookup", "look-up of one clinic", grown.lookup, goal=0.92, is_least=True, needs="sqlite"),
    Row("lookup-any", "look-up of clinics by chance", grown.lookup_by_chance, needs="sqlite"),
    Row("draft", "accepted form", grown.draft, goal=0.92, is_least=True, needs="sqlite"),
    Row("registration", "registration", grown.registration, goal=0.92, is_least=True, needs="sqlite"),
    Row("login", "login", grown.login, goal=0.95, is_least=True, needs="sqlite"),
]
