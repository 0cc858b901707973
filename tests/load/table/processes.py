"""What processes of this machine use: processor time, memory, system calls."""
import os
import pathlib
import re
import signal
import subprocess
import time

TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds


def stat(pid):
    """(parent, milliseconds of processor time), or None if it has ended."""
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    words = text[text.rindex(")") + 2:].split()
    return int(words[1]), (int(words[11]) + int(words[12])) * TICK


def table():
    """pid → (parent, milliseconds) of all processes."""
    found = {int(name): stat(name) for name in os.listdir("/proc") if name.isdigit()}
    return {pid: words for pid, words in found.items() if words}


def family(*roots):
    """The processes with all their descendants."""
    processes = table()
    members = set(roots) & set(processes)
    while more := {pid for pid, (parent, _) in processes.items() if parent in members} - members:
        members |= more
    return members


def cpu(pids):
    """Milliseconds that they have used. Those that have ended count no more."""
    return sum(words[1] for words in map(stat, pids) if words)


def cpu_when_still(pids, pause=0.3):
    """The same, once what was in flight is done."""
    used = cpu(pids)
    for _ in range(60):
        time.sleep(pause)
        before, used = used, cpu(pids)
        if used - before <= pause * 20:  # 2 % of a core
            return used
    return used


def busy():
    """Milliseconds that the processors of this machine were busy for anybody, other machines on the same host too."""
    words = [int(word) for word in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (words[0] + words[1] + words[2] + words[5] + words[6] + words[7]) * TICK


def name_of(pid):
    """The name of its program; with nginx and PostgreSQL, what they call the process."""
    try:
        words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return ""
    return os.path.basename(words[0].split(":")[0])


def pss(pids):
    """MiB that they hold, what they share counted in parts."""
    texts = (pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids)
    return sum(int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) for text in texts) / 1024


def system_calls(pid, work, folder):
    """How many it makes while `work` runs, by name."""
    report = pathlib.Path(folder, "calls")
    tracer = subprocess.Popen(["strace", "-f", "-c", "-o", report, "-p", str(pid)], stderr=subprocess.PIPE, text=True)
    tracer.stderr.readline()  # Process … attached
    time.sleep(0.3)  # to its other threads, too
    work()
    tracer.send_signal(signal.SIGINT)
    tracer.wait(30)
    rows = (line.split() for line in report.read_text().splitlines())
    return {row[-1]: int(row[3]) for row in rows if len(row) >= 5 and row[3].isdigit() and row[-1] != "total"}
