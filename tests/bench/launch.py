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
ROLES = {Atspi.Role.ENTRY, Atspi.Role.TEXT, Atspi.Role.PARAGRAPH}


def settle() -> None:
    """Lets the client library hear what happened."""
    while GLib.MainContext.default().iteration(False):
        pass


def takes_typing(node: Atspi.Accessible) -> bool:
    """Whether a text box that has the focus stands in this part of the tree."""
    states = node.get_state_set()
    if states.contains(Atspi.StateType.EDITABLE) and states.contains(Atspi.StateType.FOCUSED) and node.get_role() in ROLES:
        return True
    return any(takes_typing(child) for child in (node.get_child_at_index(i) for i in range(node.get_child_count())) if child)


def of_process(process: int) -> list[Atspi.Accessible]:
    """The trees that a program offers."""
    desktop = Atspi.get_desktop(0)
    children = [desktop.get_child_at_index(index) for index in range(desktop.get_child_count())]
    return [child for child in children if child and child.get_process_id() == process]


def launch(program: pathlib.Path, home: pathlib.Path) -> float:
    """Milliseconds from exec to a window that takes typing."""
    environment = {**os.environ, "TACIT_HOME": str(home)}
    began = time.monotonic()
    running = subprocess.Popen([program], env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        while True:
            settle()
            try:
                for tree in of_process(running.pid):
                    # What was seen a moment ago may have changed.
                    tree.clear_cache()
                if any(takes_typing(tree) for tree in of_process(running.pid)):
                    return (time.monotonic() - began) * 1000
            except GLib.Error:
                # What was just looked at is gone again: the tree is being built.
                pass
            if running.poll() is not None:
                raise SystemExit(f"{program} ended by itself")
            if time.monotonic() - began > LIMIT_S:
                raise SystemExit(f"{program} took no typing within {LIMIT_S} s")
            time.sleep(0.005)
    finally:
        end(running)


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
    """Both comparisons."""
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


if __name__ == "__main__":
    main()
