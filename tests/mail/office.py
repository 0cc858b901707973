"""What the tests of the mailer program share: a database and settings of their own, and mailers."""
import contextlib
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Nothing of the caller's own portal leaks in.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}

QUEUE = pathlib.Path(__file__).with_name("queue.sql").read_text()


class Office:
    """Mails by SMTP to a server on `port`, in the clear unless the settings say otherwise."""

    def __init__(self, programs, port, **settings):
        self.programs = pathlib.Path(programs)
        self.folder = tempfile.TemporaryDirectory(prefix="a portal ")  # the space is on purpose
        self.path = pathlib.Path(self.folder.name)
        self.conf = self.path / "portal.conf"
        self.database = self.path / "portal.db"
        self.log = self.path / "mailer.log"
        self.conf.write_text(f"""\
database.connection = {self.database}
templates.directory = {ROOT}/templates
mail.from = no-reply@portal.test
mail.transport = smtp
mail.smtp.host = 127.0.0.1
mail.smtp.port = {port}
""")
        self.set(**settings)
        subprocess.run([self.programs / "portalctl", "--config", self.conf, "migrate", "--directory",
                        ROOT / "sql"], check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        self.queued = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.folder.cleanup()

    def set(self, **settings):
        """mail__smtp__port=25 is mail.smtp.port = 25; the last one counts."""
        with self.conf.open("a") as conf:
            for name, value in settings.items():
                conf.write(f"{name.replace('__', '.')} = {value}\n")

    def sql(self, *statement):
        with contextlib.closing(sqlite3.connect(self.database, timeout=30)) as connection:
            with connection:
                return connection.execute(*statement).fetchall()

    def queue(self, number=1):
        """Rows row0, row1 … to t0@test.example …, each with a registration of its own."""
        values = {"first": self.queued, "number": number, "now": int(time.time())}
        with contextlib.closing(sqlite3.connect(self.database, timeout=30)) as connection:
            with connection:
                for statement in QUEUE.split("\n\n")[1:]:
                    connection.execute(statement, values)
        self.queued += number

    def row(self, name="row0"):
        """(state, attempts, seconds from the last attempt to the next) of a row."""
        [(state, attempts, wait)] = self.sql(
            "SELECT state, attempts, next_attempt_at - COALESCE((SELECT MAX(at) FROM mail_attempt "
            "WHERE outbox_id = outbox.id), next_attempt_at) FROM outbox WHERE id = ?", (name,))
        return state, attempts, wait

    def states(self):
        return dict(self.sql("SELECT state, COUNT(*) FROM outbox GROUP BY state"))

    def fault(self, name="row0"):
        [(fault,)] = self.sql("SELECT fault FROM outbox WHERE id = ?", (name,))
        return fault

    def paused(self):
        """(seconds from the beginning to the end, reason) of the queue's pause; None: it is open."""
        rows = self.sql("SELECT until - since, reason FROM mail_pause")
        return rows[0] if rows else None

    def outcomes(self, name="row0"):
        return [outcome for outcome, in self.sql(
            "SELECT outcome FROM mail_attempt WHERE outbox_id = ? ORDER BY at, rowid", (name,))]

    def pass_time(self, seconds):
        """For the queue it is that much later: nothing waits for it."""
        self.sql("UPDATE outbox SET next_attempt_at = next_attempt_at - ?, "
                 "created_at = created_at - ?, leased_until = MAX(0, leased_until - ?)",
                 (seconds,) * 3)
        self.sql("UPDATE mail_attempt SET at = at - ?", (seconds,))
        self.sql("UPDATE mail_pause SET since = since - ?, until = until - ?", (seconds,) * 2)

    def wait_longer(self, seconds):
        """What waits does so for that much longer, so that it is not due however slow this machine is."""
        self.sql("UPDATE outbox SET next_attempt_at = next_attempt_at + ?", (seconds,))
        self.sql("UPDATE mail_pause SET until = until + ?", (seconds,))

    def start(self, *options):
        """A mailer process; its log is added to self.log."""
        with self.log.open("ab") as log:
            return subprocess.Popen([self.programs / "portal-mailer", "--config", self.conf, *options],
                                    env=ENVIRONMENT, stderr=log)

    def once(self):
        """Sends what is due: the exit status, and what was logged meanwhile."""
        before = self.log.stat().st_size if self.log.exists() else 0
        status = self.start("--once").wait(timeout=60)
        return status, self.log.read_text()[before:]


def wait_for(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("it does not happen")
        time.sleep(0.005)
