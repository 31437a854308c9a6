#!/usr/bin/env python3
"""The first minute: from a window with nothing behind it to an answer that opens its line, as a screen reader sees it.

What is proposed on each page of the first run is taken, the sample document chosen, its question sent; the clock runs
until the answer is checked and its first passage was opened with the place told. A machine presses at once, so a
person's reading comes on top. A press is a decision where its page lets a person choose: options, or another way on
than back. What is pressed stands in PRESSES: where the first run changes, so does this list.

Run: tests/bench/session.sh /usr/bin/python3 tests/bench/first_minute.py [RUNS]    (Debian's Python has the binding)
"""

import os
import pathlib
import statistics
import subprocess
import sys
import time

import gi
from launch import end, of_process, settle
from measured import program, result

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LIMIT_S = 300
# Between two looks: each costs the window some work too.
LOOK_S = 0.3
FOLDER = pathlib.Path(os.environ.get("SESSION_FOLDER", "."))
BUTTONS = {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.COMBO_BOX}
# As it is proposed: language, what Tacit is, the key, the recovery code, the end; then the sample and its question.
FIRST_RUN = ("Continue", "Continue", "Continue", "Later", "Start")
PRESSES = (*FIRST_RUN, "Try it with a sample document", "Send")
ANSWERED = "Checked against your documents"
PASSAGE = "Open passage 1 in Sample lease.pdf"
LIT = "(cited place)"


def nodes(node):
    """All of this part of the tree."""
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child:
            yield from nodes(child)


def name_of(node):
    """A node's name, without the marks that keep a document's direction apart from the sentence's."""
    return node.get_name().translate({0x2068: None, 0x2069: None})


def has_text(node):
    return "Text" in node.get_interfaces()


def words(node):
    """What a screen reader would say of a node: its name, or its text."""
    text = Atspi.Text.get_text(node, 0, -1) if has_text(node) else ""
    return f"{name_of(node)} {text}"


def press(node):
    """Presses a button, or whatever else can be pressed."""
    Atspi.Action.do_action(node, 0)


def is_there(node, state):
    return node.get_state_set().contains(state)


class Window:
    """A window of Tacit, seen through its accessibility tree."""

    def __init__(self, home):
        self.began = time.monotonic()
        environment = {**os.environ, "TACIT_HOME": str(home)}
        self.process = subprocess.Popen(
            [program("tacit-desktop")], env=environment, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def took(self):
        return time.monotonic() - self.began

    def all(self):
        """Every node that is there now; nothing while the tree is being built."""
        settle()
        try:
            trees = of_process(self.process.pid)
            for tree in trees:
                tree.clear_cache()
            return [node for tree in trees for node in nodes(tree)]
        except GLib.Error:
            return []

    def wait(self, what, wanted):
        """The first node that is wanted, once there is one."""
        while self.took() < LIMIT_S:
            for node in self.all():
                try:
                    if wanted(node):
                        return node
                except GLib.Error:
                    continue
            if self.process.poll() is not None:
                raise SystemExit("tacit-desktop ended by itself")
            time.sleep(LOOK_S)
        shown = [f"{node.get_role_name()} {name_of(node)!r}" for node in self.all() if node.get_name()]
        raise SystemExit(f"{what} was not there within {LIMIT_S} s, but: {'; '.join(shown)}")

    def button(self, name):
        """The button whose name begins so, once it can be pressed."""
        is_it = lambda node: (  # noqa: E731
            node.get_role() in BUTTONS and name_of(node).startswith(name) and is_there(node, Atspi.StateType.SENSITIVE)
        )
        return self.wait(f"the button {name!r}", is_it)

    def heading_after(self, before):
        """The heading of a page that is another than the one before, once it is there."""
        is_it = lambda node: node.get_role() == Atspi.Role.HEADING and node.get_name() not in ("", before)  # noqa: E731
        return self.wait("the next page", is_it).get_name()

    def asks(self):
        """How many ways a page of the first run offers: its options, and its buttons other than back."""
        shown = [node for node in self.all() if is_there(node, Atspi.StateType.SHOWING)]
        options = sum(node.get_role() == Atspi.Role.RADIO_BUTTON for node in shown)
        ways = sum(node.get_role() in BUTTONS and node.get_name() not in ("", "Back") for node in shown)
        return max(options, ways)


def first_minute(home):
    """Seconds to the lit line, seconds to the checked answer, presses and decisions."""
    window = Window(home)
    decisions, page = [], ""
    try:
        for name in PRESSES:
            if name == "Send":
                # The question stands in the text box already; nothing is chosen.
                filled = lambda node: is_there(node, Atspi.StateType.EDITABLE) and "rent" in words(node)  # noqa: E731
                window.wait("the question", filled)
                asked = window.took()
            title = name
            if name in FIRST_RUN:
                # The page before has the same button: the next one has come when its heading is another.
                title = page = window.heading_after(page)
            button = window.button(name)
            if name != "Send" and window.asks() > 1:
                decisions.append(title)
            press(button)
        passage = window.button(PASSAGE)
        shown = window.took()
        window.wait("the checked answer", lambda node: ANSWERED in words(node))
        answered = window.took()
        press(passage)
        window.wait("the line", lambda node: LIT in words(node))
        lit = window.took()
    finally:
        end(window.process)
    return {"asked": asked, "shown": shown, "answered": answered, "lit": lit, "decisions": decisions}


def main():
    Atspi.init()
    runs = [first_minute(FOLDER / f"first-{number}") for number in range(int(sys.argv[1]) if sys.argv[1:] else 1)]
    median = {what: statistics.median(run[what] for run in runs) for what in ("asked", "shown", "answered", "lit")}
    result(
        f"first minute, from the start to a sentence that opens its line, {len(runs)} runs",
        f"{median['lit']:.1f} s (asked after {median['asked']:.1f} s, passages "
        f"{median['shown'] - median['asked']:.1f} s later, the answer checked "
        f"{median['answered'] - median['asked']:.1f} s later)",
        "at most 90 s",
    )
    decisions = runs[0]["decisions"]
    value = f"{len(decisions)} ({'; '.join(decisions)}) in {len(PRESSES)} presses"
    result("first minute, decisions", value, "at most 3")


if __name__ == "__main__":
    main()
