"""Running a process and measuring it: wall time, processor time, peak resident memory, output, exit code."""
import os
import signal
import subprocess
import tempfile
import threading
import time


class Run:
    """What one run of a command took and gave. Times in seconds, memory in KiB."""

    def __init__(self, wall, cpu, resident, code, output, errors):
        self.wall, self.cpu, self.resident = wall, cpu, resident
        self.code, self.output, self.errors = code, output, errors


def run(command, limit=600.0, environment=None):
    """Runs `command` with empty standard input; kills it after `limit` seconds (its code is then -9)."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, open(os.devnull, "rb") as empty:
        actions = [
            (os.POSIX_SPAWN_DUP2, empty.fileno(), 0),
            (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
            (os.POSIX_SPAWN_DUP2, errors.fileno(), 2),
        ]
        start = time.perf_counter()
        pid = os.posix_spawn(command[0], command, environment or os.environ, file_actions=actions)
        timer = threading.Timer(limit, os.kill, (pid, signal.SIGKILL)) if limit else None
        if timer:
            timer.start()
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - start
        if timer:
            timer.cancel()
        output.seek(0)
        errors.seek(0)
        code = os.waitstatus_to_exitcode(status)
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, code, output.read(), errors.read())


def version(command):
    """First line of what `command --version` prints, or '?'."""
    try:
        result = subprocess.run(command + ["--version"], capture_output=True, timeout=20, check=False)
        return (result.stdout or result.stderr).decode(errors="replace").strip().splitlines()[0]
    except (OSError, IndexError, subprocess.SubprocessError):
        return "?"
