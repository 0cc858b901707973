#!/usr/bin/env python3
"""No program leaves a core file, whatever its limit was, and no other process of its user looks into it.

core_dumps.py PROGRAMS

Each stands still where it reads its settings, which are a named pipe into which nobody writes.
"""
import errno
import os
import pathlib
import pwd
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAMS = pathlib.Path(sys.argv[1])
VERBS = {"portalctl": ["audit", "verify"]}
PATIENCE = 60  # seconds, on a machine with much to do
NOBODY = pwd.getpwnam("nobody").pw_uid


def start(command, folder):
    """As another user than root, if it may: root's own files would look the same as the kernel's."""

    def prepare():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        os.chdir(folder)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)

    return subprocess.Popen(command, preexec_fn=prepare, stderr=subprocess.PIPE)


def hold(process, pipe):
    """Returns the end to write to, which can be opened as soon as the program reads; it then waits for what comes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"{process.args[0]} has ended: {process.stderr.read().decode()}")
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:  # nobody reads yet
                raise
        time.sleep(0.01)
    raise SystemExit(f"{process.args[0]} does not read {pipe}")


def own_name(process):
    return pathlib.Path(f"/proc/{process.pid}/comm").read_text().strip()


def end_with_abort(process):
    os.kill(process.pid, signal.SIGABRT)
    _, status = os.waitpid(process.pid, 0)
    process.stderr.close()
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGABRT, f"{process.args}: status {status}"
    return os.WCOREDUMP(status)


def check(program, folder, pipe):
    process = start([str(program), "--config", str(pipe), *VERBS.get(program.name, [])], folder)
    writer = hold(process, pipe)
    limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
    line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert line.split()[4:6] == ["0", "0"], f"{program.name}: {line}"
    # The kernel gives what is below /proc/PID to root if the process may not be dumped: proc(5).
    owner = os.stat(f"/proc/{process.pid}/environ").st_uid
    assert owner == 0 and os.stat(f"/proc/{process.pid}/mem").st_uid == 0, f"{program.name}: its memory is {owner}'s"
    assert not end_with_abort(process), f"{program.name} left a core file"
    os.close(writer)


def control(folder):
    """A program that is not ours shows what the test would see."""
    process = start([shutil.which("sleep"), "600"], folder)
    while own_name(process) != "sleep":
        time.sleep(0.01)
    owner = os.stat(f"/proc/{process.pid}/environ").st_uid
    assert owner == (NOBODY if os.geteuid() == 0 else os.geteuid()), f"the control is {owner}'s"
    end_with_abort(process)
    for core in pathlib.Path(folder).glob("core*"):
        core.unlink()


def main():
    programs = sorted(path for path in PROGRAMS.glob("portal*") if os.access(path, os.X_OK) and path.is_file() and not path.name.endswith("_test"))
    assert len(programs) >= 14, f"only {len(programs)} programs"
    with tempfile.TemporaryDirectory() as site:
        os.chmod(site, 0o755)
        shutil.copytree(PROGRAMS.parent / "lib", f"{site}/lib")
        folder = f"{site}/bin"
        os.mkdir(folder)
        os.chmod(folder, 0o777)
        control(folder)
        pipe = pathlib.Path(folder) / "portal.conf"
        os.mkfifo(pipe)
        os.chmod(pipe, 0o666)
        for program in programs:
            own = pathlib.Path(shutil.copy(program, folder))  # where that user may be
            check(own, folder, pipe)
            own.unlink()
        left = [path.name for path in pathlib.Path(folder).iterdir() if path != pipe]
        assert not left, f"left behind: {left}"
    print(f"{len(programs)} programs leave no core file")


main()
