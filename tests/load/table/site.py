"""The site that is measured: conf/quickstart of a tree, with a roster of its own and a database that was empty."""
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import time

from . import processes

CLINICS = 10_000
WEB_SERVERS = ("nginx", "apache2")
# One machine plays all people; nobody's mail is to be held back.
NO_LIMITS = {f"PORTAL_MAIL_LIMIT_{name}_HOUR": "1000000" for name in ("CLINIC", "NETWORK", "SYSTEM")}


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def wait_for(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise SystemExit(f"{what}: not within {seconds} s")
        time.sleep(0.02)
    return found


class Site:
    def __init__(self, tree, programs, folder, server, database, tls):
        self.tree, self.programs, self.folder = pathlib.Path(tree), pathlib.Path(programs), pathlib.Path(folder, "site")
        self.server, self.database = server, database
        self.port = free_port()
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self.config = self.folder / "portal.conf"
        roster = pathlib.Path(folder, "roster.csv")
        roster.write_text("登録記号番号,施術所名,所在地,電話番号\n" + "".join(
            f"契{i:07}-0-0,整骨院{i},東京都港区本町一丁目2番3号,0312345678\n" for i in range(CLINICS)))
        options = ["--", "--certificate", tls.certificate, "--key", tls.key] if tls else []
        self.log = pathlib.Path(folder, "quickstart.log")
        with self.log.open("w") as log:
            self.quickstart = subprocess.Popen(
                [self.tree / "conf/quickstart", "--programs", self.programs, "--dir", self.folder, "--port", str(self.port),
                 "--server", server, "--database", database, "--roster", roster, *options],
                stdout=log, stderr=subprocess.STDOUT, env=os.environ)
        wait_for(self.is_ready, 120, f"quickstart is ready (see {self.log})")
        self.mailer = self.start_mailer()

    def is_ready(self):
        if self.quickstart.poll() is not None:
            raise SystemExit("quickstart ended: " + self.log.read_text())
        return "\nready: " in "\n" + self.log.read_text()

    def start_mailer(self):
        """In place of quickstart's, which takes no settings but its own, and echoes each mail."""
        (theirs,) = (pid for pid in processes.family(self.quickstart.pid) if processes.name_of(pid) == "portal-mailer")
        os.kill(theirs, signal.SIGTERM)
        wait_for(lambda: processes.stat(theirs) is None, 30, "quickstart's mailer ends")
        with pathlib.Path(self.folder, "log/own_mailer.log").open("w") as log:
            return subprocess.Popen([self.programs / "portal-mailer", "--config", self.config], stderr=log, env=os.environ | NO_LIMITS)

    def stop(self):
        for process in self.mailer, self.quickstart:
            process.terminate()
            process.wait(60)

    def processes(self):
        return processes.family(self.quickstart.pid, self.mailer.pid)

    def named(self, *names):
        """Its processes of these programs."""
        return {pid for pid in self.processes() if processes.name_of(pid) in names}

    def web_server(self):
        return self.named(*WEB_SERVERS)

    def portal(self):
        """The responders and the mailer."""
        return {pid for pid in self.processes() if processes.name_of(pid).startswith("portal-")}

    def behind_web_server(self):
        """With the database that is a process of its own."""
        return self.processes() - self.web_server()

    def database_processes(self):
        return self.named("postgres")

    def sql(self, text):
        if self.database == "sqlite":
            with sqlite3.connect(self.folder / "portal.db", timeout=20) as connection:
                rows = [connection.execute(part).fetchall() for part in text.split(";") if part.strip()][-1]
            connection.close()
            return rows[0][0] if rows else None
        connection = re.search(r"^database.connection = (.*)$", self.config.read_text(), re.MULTILINE)[1]
        done = subprocess.run(["psql", "-XAtq", connection, "-c", text], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def wal_bytes(self):
        wal = self.folder / "portal.db-wal"
        return wal.stat().st_size if wal.exists() else 0


class Responder:
    """One more responder of the same site, with settings of its own, asked straight."""

    def __init__(self, site, step, folder, threads=1, **settings):
        self.socket = pathlib.Path(folder, f"{step}.sock")
        self.socket.unlink(missing_ok=True)
        self.log = pathlib.Path(folder, f"{step}.log")
        environment = os.environ | NO_LIMITS | {"PORTAL_METRICS_DIRECTORY": ""} | settings
        self.started = time.monotonic()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [site.programs / f"portal-{step}", "--config", site.config, "--listen", f"unix:{self.socket}",
                 "--threads", str(threads)], stderr=log, env=environment)
        self.pid = self.process.pid

    def __enter__(self):
        wait_for(self.socket.exists, 20, f"{self.socket} listens")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
