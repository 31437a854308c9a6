"""What the measurements of documents share: programs, machine, processor time, memory, and how a result is printed."""

import datetime
import json
import os
import pathlib
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILT = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
FIXTURES = ROOT / "tests" / "fixtures" / "documents" / "pdf"
FETCHED = ROOT / "target" / "quality" / "pdfs"
# Between two looks at the processes.
LOOK_S = 0.02


def machine():
    """The machine and the date, in words."""
    models = [line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    load = os.getloadavg()[0]
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {models[0] if models else 'unknown'}, {datetime.date.today()}, load {load:.1f}"


def result(figure, value, target=""):
    """Prints a figure on one line. The load says whether something else ran meanwhile."""
    target = f" (target: {target})" if target else ""
    print(f"{figure}: {value}{target} [{machine()}]", flush=True)


def program(name):
    """A program that was built."""
    path = BUILT / name
    if not path.is_file():
        raise SystemExit(f"{path} is missing; run: make build")
    return path


def cpu_s(process):
    """Processor seconds of a process that lives, all its threads together; nothing once it is gone."""
    try:
        # The clock of a process (clock_getcpuclockid(3), as Linux numbers it): exact, where /proc counts in hundredths.
        return time.clock_gettime(~process << 3 | 2)
    except OSError:
        return None


def peak_mib(process):
    """The most memory that a process had resident so far, in MiB; nothing once it is gone."""
    try:
        status = pathlib.Path(f"/proc/{process}/status").read_text()
    except OSError:
        return None
    peaks = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(peaks[0]) / 1024 if peaks else None


def workers(process):
    """The processes that a process started and that still live, with their names."""
    found = {}
    for task in pathlib.Path(f"/proc/{process}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found[int(child)] = pathlib.Path(f"/proc/{child}/comm").read_text().strip()
        except OSError:
            # It has just ended.
            continue
    return found


class Ran:
    """`tacit --json` run to its end: what it said and when, and what it and its workers took.

    `lines` are pairs of seconds since the start and the object; `peaks` the most MiB by program; `cpu` processor
    seconds by process id of those seen; `names` their names; `all_cpu_s` those of the program and what it waited for.
    """

    def __init__(self, arguments, home):
        environment = {**os.environ, "TACIT_HOME": str(home)}
        self.lines, self.peaks, self.cpu, self.names = [], {}, {}, {}
        began = time.monotonic()
        command = [program("tacit"), "--json", *map(str, arguments)]
        running = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        self.names[running.pid] = "tacit"
        ended = threading.Event()
        looking = threading.Thread(target=self._look, args=(running.pid, ended))
        looking.start()
        for line in running.stdout:
            self.lines.append((time.monotonic() - began, json.loads(line)))
        _, status, used = os.wait4(running.pid, 0)
        self.took_s = time.monotonic() - began
        ended.set()
        looking.join()
        running.returncode = os.waitstatus_to_exitcode(status)
        # With those that ended and were waited for.
        self.all_cpu_s = used.ru_utime + used.ru_stime
        if running.returncode:
            raise SystemExit(f"tacit {arguments[0]} ended with {running.returncode}: {self.lines[-1:]}")

    def _look(self, process, ended):
        while not ended.wait(LOOK_S):
            for one, name in {**workers(process), process: "tacit"}.items():
                self.names[one] = name
                self.cpu[one] = cpu_s(one) or self.cpu.get(one, 0)
                self.peaks[name] = max(peak_mib(one) or 0, self.peaks.get(name, 0))

    def cpu_of(self, name):
        """Processor seconds of the processes of this name, as far as they were seen."""
        return sum(seconds for process, seconds in self.cpu.items() if self.names[process] == name)

    def said(self, kind):
        """The lines of this type."""
        return [(at, line) for at, line in self.lines if line.get("type") == kind]
