"""Holds SECURITY.md against the last `make test`: every promise names a test that exists and ran, and how to turn it red.

    ledger.py SECURITY.md LOG

A promise is a row of the table under `## Promises`: promise, how it is enforced, tests, mutation. A test is written
as `folder/file.rs`: `name`, several names after one file. LOG is what `cargo test` printed.
"""

import re
import sys
from pathlib import Path

COLUMNS = ["promise", "how", "tests", "mutation"]
FILE_OR_NAME = re.compile(r"`([^`]+)`")
# `Running nothing_leaves.rs (target/...)` or `Running unittests src/lib.rs (target/release/deps/vault-...)`.
RUNNING = re.compile(r"^\s+Running (?:unittests )?\S+ \((?:.*/)?([A-Za-z_]+)-[0-9a-f]+\)")
RAN = re.compile(r"^test (?:\S+::)*(\w+)(?: - should panic)? \.\.\. (\w+)")


def rows(security: str):
    """The rows of the table of promises, each as its cells."""
    section = security.split("## Promises", 1)[1].split("\n## ", 1)[0]
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("| **"):
            yield cells


def named_tests(cell: str):
    """(file, name) of each test that a cell names."""
    file = None
    for word in FILE_OR_NAME.findall(cell):
        if word.endswith(".rs"):
            file = word
        elif file:
            yield file, word


def outcomes(log: str):
    """What became of each test, by its program and name."""
    found, program = {}, None
    for line in log.splitlines():
        if running := RUNNING.match(line):
            program = running[1]
        elif ran := RAN.match(line):
            found[program, ran[1]] = ran[2]
    return found


def program_of(file: str) -> str:
    """`tests/x.rs` is a program of its own; a unit test is in its crate's."""
    parts = Path(file).parts
    return Path(file).stem if parts[0] == "tests" else parts[parts.index("src") - 1].replace("-", "_")


def faults(root: Path, security: str, log: str):
    ran = outcomes(log)
    promises = list(rows(security))
    if not promises:
        yield "SECURITY.md has no table of promises"
    for cells in promises:
        promise = cells[0].strip("*").split("**")[0]
        if len(cells) != len(COLUMNS) or not all(cells):
            yield f"{promise}: it needs {', '.join(COLUMNS)}"
            continue
        tests = list(named_tests(cells[2]))
        if not tests:
            yield f"{promise}: it names no test"
        for file, name in tests:
            path = root / file
            if not path.is_file() or not re.search(rf"\bfn {name}\b", path.read_text(encoding="utf-8")):
                yield f"{promise}: there is no test {name} in {file}"
            elif (outcome := ran.get((program_of(file), name))) != "ok":
                yield f"{promise}: {name} in {file} {'did not run' if outcome is None else 'ended ' + outcome}"


def main(security: str, log: str) -> int:
    if not Path(log).is_file():
        print("ledger: there is no record of a test run yet: run `make test`", file=sys.stderr)
        return 1
    text = Path(security).read_text(encoding="utf-8")
    found = list(faults(Path(security).parent, text, Path(log).read_text(encoding="utf-8", errors="replace")))
    for fault in found:
        print(f"ledger: {fault}", file=sys.stderr)
    if not found:
        tests = sum(len(list(named_tests(cells[2]))) for cells in rows(text))
        print(f"ledger: {len(list(rows(text)))} promises, {tests} tests, each exists and ran")
    return 1 if found else 0


sys.exit(main(*sys.argv[1:]))
