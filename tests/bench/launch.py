"""The measuring of launch.sh: launch.py PAIRS BUILT FOLDER. Looks at the programs as a screen reader does."""

import os
import pathlib
import signal
import statistics
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LIMIT_S = 30
SETTLED_S = 15
IDLE_S = 20
ROLES = {Atspi.Role.ENTRY, Atspi.Role.TEXT, Atspi.Role.PARAGRAPH}


def settle() -> None:
    """Lets the client library hear what happened."""
    while GLib.MainContext.default().iteration(False):
        pass


def find(node: Atspi.Accessible, wanted) -> Atspi.Accessible | None:
    """The first in this part of the tree that is wanted. What stands in lists is passed over: looking costs the program time too."""
    if wanted(node):
        return node
    if node.get_role() in (Atspi.Role.LIST, Atspi.Role.MENU_BAR, Atspi.Role.PUSH_BUTTON, Atspi.Role.TOOL_BAR):
        return None
    for child in (node.get_child_at_index(index) for index in range(node.get_child_count())):
        found = find(child, wanted) if child else None
        if found:
            return found
    return None


def takes_typing(node: Atspi.Accessible) -> bool:
    """Whether this is a text box that has the focus."""
    states = node.get_state_set()
    return node.get_role() in ROLES and states.contains(Atspi.StateType.EDITABLE) and states.contains(Atspi.StateType.FOCUSED)


def of_process(process: int) -> list[Atspi.Accessible]:
    """The trees that a program offers."""
    desktop = Atspi.get_desktop(0)
    children = [desktop.get_child_at_index(index) for index in range(desktop.get_child_count())]
    return [child for child in children if child and child.get_process_id() == process]


def start(program: pathlib.Path, home: pathlib.Path) -> tuple[subprocess.Popen, float]:
    """A window that takes typing, and the milliseconds until then."""
    environment = {**os.environ, "TACIT_HOME": str(home)}
    began = time.monotonic()
    running = subprocess.Popen([program], env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    while True:
        settle()
        try:
            for tree in of_process(running.pid):
                # What was seen a moment ago may have changed.
                tree.clear_cache()
                if find(tree, takes_typing):
                    return running, (time.monotonic() - began) * 1000
        except GLib.Error:
            # What was just looked at is gone again: the tree is being built.
            pass
        if running.poll() is not None:
            raise SystemExit(f"{program} ended by itself")
        if time.monotonic() - began > LIMIT_S:
            end(running)
            raise SystemExit(f"{program} took no typing within {LIMIT_S} s")
        time.sleep(0.005)


def launch(program: pathlib.Path, home: pathlib.Path) -> float:
    """Milliseconds from exec to a window that takes typing."""
    running, took = start(program, home)
    end(running)
    return took


def worked(session: int) -> dict[str, float]:
    """Seconds of processor time that each program of a session took so far."""
    seconds: dict[str, float] = {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text().partition("(")[2].rpartition(") ")
        except OSError:
            continue
        fields = rest.split()
        if int(fields[3]) == session:
            seconds[name] = seconds.get(name, 0) + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds


def idle(title: str, program: pathlib.Path, home: pathlib.Path) -> None:
    """Prints how much a window works that nobody touches."""
    running, _ = start(program, home)
    # The model is loaded, and what follows a start is done.
    time.sleep(SETTLED_S)
    before = worked(running.pid)
    time.sleep(IDLE_S)
    after = worked(running.pid)
    end(running)
    shares = {name: 100 * (after[name] - before.get(name, 0)) / IDLE_S for name in after}
    print(f"{title}: {sum(shares.values()):.2f} % of a core over {IDLE_S} s")
    print("  " + ", ".join(f"{name} {share:.2f}" for name, share in sorted(shares.items())) + "\n", flush=True)


def end(running: subprocess.Popen) -> None:
    """Ends a program with all that it started, and waits until it is out of the tree."""
    running.terminate()
    try:
        running.wait(10)
    except subprocess.TimeoutExpired:
        pass
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    running.wait()
    time.sleep(1)
    settle()


def compare(title: str, pairs: int, one, other) -> None:
    """Prints pairs and their ratio, then the medians."""
    print(title)
    print(f"{'one ms':>12} {'other ms':>12} {'ratio':>8}")
    rows = []
    for number in range(pairs):
        if number % 2:
            second = launch(*other)
            first = launch(*one)
        else:
            first = launch(*one)
            second = launch(*other)
        rows.append((first, second, first / second))
        print("{:>12.0f} {:>12.0f} {:>8.2f}".format(*rows[-1]), flush=True)
    print("{:>12.0f} {:>12.0f} {:>8.2f}  median\n".format(*map(statistics.median, zip(*rows))), flush=True)


def main() -> None:
    """All of it."""
    pairs, built, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    Atspi.init()
    bare = (built / "examples/bare_window", folder / "bare")
    empty = (built / "tacit-desktop", folder / "chats-0")
    full = (built / "tacit-desktop", folder / "chats-1000")
    # Not counted: what the programs are made of comes into memory.
    for each in (bare, empty, full):
        launch(*each)
    compare("Launch to a window that takes typing: Tacit, empty vault / a bare Tauri window (at most 1.5)", pairs, empty, bare)
    compare("The same: Tacit, 1,000 chats / Tacit, empty vault (at most 1.1)", pairs, full, empty)
    idle("Idle, 1,000 chats (below 1)", *full)
    idle("Idle, a bare Tauri window, to compare", *bare)


if __name__ == "__main__":
    main()
