"""soak.py STOP REPORT ROSTER URL MINUTES SITE PORTAL MANAGER: the people of a soak (as browsers.py, with a pause between two)
and its table, an interval a line, about the processes below PORTAL and MANAGER.

Flat means: over the second half of the intervals, when caches have filled after the restarts of the first quarter, a line is
laid through the figures (least squares). It rises by no more than a tenth of their mean, or 1 MiB, for the PSS of a program, and by no more than a tenth and 2 for descriptors and
threads; for the median latency by no more than half, or 2 ms. The -wal file is never larger than 64 MiB. Programs that are
restarted meanwhile (`soak`) count together, as `others`. PSS (MiB), descriptors and threads are the least of several looks
in an interval."""
import collections
import itertools
import json
import os
import pathlib
import statistics
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import browsers  # noqa: E402

INTERVALS, LOOKS = 15, 8
PEOPLE, PAUSE = 4, 0.5
RUNS_ON = ("form", "confirm", "complete", "activate", "mailer")
COLUMNS = (*RUNS_ON, "others", "files", "threads", "wal", "db", "p50", "p99", "requests", "503")


class Timed(browsers.Browser):
    latencies = []

    def ask(self, *what):
        began = time.monotonic()
        answer = super().ask(*what)
        Timed.latencies.append((time.monotonic() - began) * 1000)
        return answer


def register(number, url, stop, report, clinics):
    for count in itertools.count():
        with report.lock:
            clinic = next(clinics)
        if stop.exists():
            return
        Timed([url], report).register(f"report{number}.{count}@test.example", clinic)
        time.sleep(PAUSE)


def processes(parents):
    """(program, process) of each responder and mailer that one of these has started."""
    for path in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            program = pathlib.Path((path / "cmdline").read_text().split("\0")[0]).name
        except (OSError, IndexError):
            continue
        if parent in parents and program.startswith("portal-"):
            yield program.removeprefix("portal-"), path


def sizes(path):
    """(MiB, descriptors, threads) of a process."""
    pss = next(line for line in (path / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    return int(pss.split()[1]) / 1024, len(list((path / "fd").iterdir())), len(list((path / "task").iterdir()))


def in_use(parents):
    figures = collections.Counter()
    for program, path in processes(parents):
        try:
            pss, files, threads = sizes(path)
        except (OSError, StopIteration):
            continue  # it is being restarted
        figures[program if program in RUNS_ON else "others"] += pss
        figures["files"] += files
        figures["threads"] += threads
    return figures


def least_in_use(parents, until):
    """Of several looks before `until`: 20 MiB come and go with each hash of a password."""
    begin, looks = time.monotonic(), []
    for look in range(1, LOOKS + 1):
        time.sleep(max(0, begin + (until - begin) * look / LOOKS - time.monotonic()))
        looks.append(in_use(parents))
    return collections.Counter({column: min(figures[column] for figures in looks) for column in looks[0]})


def measured(figures, site, report, seen):
    for name, tail in (("db", ""), ("wal", "-wal")):
        file = pathlib.Path(site, "portal.db" + tail)
        figures[name] = file.stat().st_size / 2**20 if file.exists() else 0
    latencies, Timed.latencies = sorted(Timed.latencies), []
    figures["p50"] = statistics.median(latencies) if latencies else 0
    figures["p99"] = latencies[len(latencies) * 99 // 100] if latencies else 0
    figures["requests"] = len(latencies)
    figures["503"] = len(report.refused) + len(report.gone) - seen
    return figures


def rise(values):
    """What the line through them rises by, from the first to the last."""
    return statistics.linear_regression(range(len(values)), values).slope * (len(values) - 1) if len(values) > 1 else 0


def what_grows(table):
    later = table[len(table) // 2:]
    for column in COLUMNS[:-6] + ("p50",):
        values = [row[column] for row in later]
        mean = statistics.mean(values)
        most = {"files": mean / 10 + 2, "threads": mean / 10 + 2, "p50": max(mean / 2, 2)}.get(column, max(mean / 10, 1))
        if rise(values) > most:
            yield f"{column} rises by {rise(values):.1f} from {values[0]:.1f} to {values[-1]:.1f}"
    if max(row["wal"] for row in table) > 64:
        yield "the -wal file has more than 64 MiB"


def say(line):
    print(line, file=sys.__stdout__, flush=True)


def main(stop, report_file, roster, url, minutes, site, *parents):
    stop, report, parents = pathlib.Path(stop), browsers.Report(), {int(parent) for parent in parents}
    clinics = itertools.chain(browsers.clinics_of(roster), itertools.repeat({}))
    people = [threading.Thread(target=register, args=(number, url, stop, report, clinics)) for number in range(PEOPLE)]
    sys.stdout = open(os.devnull, "w")  # browsers.py prints who was accepted
    for person in people:
        person.start()
    table, seen, began, length = [], 0, time.monotonic(), float(minutes) * 60 / INTERVALS
    say("  minute" + "".join(f"{column:>9}" for column in COLUMNS))
    for interval in range(1, INTERVALS + 1):
        figures = least_in_use(parents, began + interval * length)
        table.append(measured(figures, site, report, seen))
        seen = len(report.refused) + len(report.gone)
        say(f"{interval * length / 60:8.1f}" + "".join(f"{table[-1][column]:9.1f}" for column in COLUMNS))
    for person in people:
        person.join()
    del report.lock
    pathlib.Path(report_file).write_text(json.dumps(vars(report)))
    growth = list(what_grows(table))
    say("flat" if not growth else "not flat: " + "; ".join(growth))
    sys.exit(bool(growth))


main(*sys.argv[1:])
