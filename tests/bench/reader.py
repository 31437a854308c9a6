#!/usr/bin/env python3
"""How fast `tacit-reader` reads PDFs, beside pdftotext, and how long OCR takes a page.

The reader is spoken with as the programs do it: its own process for each document, the bytes over a pipe, pages asked
for in stretches, and every page comes back with its text, blocks and boxes of words; pdftotext writes the text alone.
Both read the same file one after the other in turning order. A figure above 1 says that the reader is faster. 'Start
excluded' is the reader's from the handed-over bytes on, and pdftotext's less what it takes for a PDF of one blank page.

Run: python3 tests/bench/reader.py [--files FOLDER]... [--pairs 3]
Without --files: the fixtures and, where `tests/quality/fetch_pdfs.py` fetched them, those of target/quality/pdfs.
"""

import argparse
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile
import time

from measured import FETCHED, FIXTURES, cpu_s, program, result

# What these mean stands in src-tauri/crates/reader/src/wire.rs; postcard numbers the variants in order.
VERSION = 1
HELLO, BYTES, OPEN, READ = range(4)
IS_HELLO, IS_OPENED, IS_REFUSED, IS_PAGE, IS_PAGE_FAILED, _, IS_DONE = range(7)
PIECE = 1 << 20
# As assistant/src/ingest.rs asks for pages, which halves or doubles them by how long they took.
PAGES_AT_ONCE, MOST_PAGES_AT_ONCE, A_REQUEST_S = 8, 200, 1
SCANS = {"scan-en", "held-scan-fr"}
# Scans, and what is not to be opened.
NOTHING_TO_READ = SCANS | {"locked", "cut-short", "empty-pages"}
BLANK = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj
trailer <</Root 1 0 R>>
"""


class Failed(Exception):
    """A document that the reader did not read."""


def varint(number):
    """A number as postcard writes it: seven bits a byte, the lowest first."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def number(data, at):
    """A number that postcard wrote, and where it ends."""
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        shift += 7
        at += 1
        if data[at - 1] < 128:
            return value, at


class Reader:
    """A `tacit-reader` that was greeted."""

    def __init__(self):
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [program("tacit-reader")], env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.expect(IS_HELLO)
        self.send(bytes([HELLO]) + varint(VERSION))

    def send(self, body):
        self.process.stdin.write(struct.pack("<I", len(body)) + body)
        self.process.stdin.flush()

    def event(self):
        length = self.process.stdout.read(4)
        if len(length) < 4:
            raise Failed("the reader ended")
        return self.process.stdout.read(*struct.unpack("<I", length))

    def expect(self, kind):
        event = self.event()
        if event[0] != kind:
            raise Failed(f"event {event[0]} where {kind} belongs")
        return event

    def read(self, path):
        """Reads all of a document; returns its pages."""
        data = path.read_bytes()
        for at in range(0, len(data), PIECE):
            piece = data[at : at + PIECE]
            self.send(bytes([BYTES]) + varint(len(piece)) + piece)
        name = path.name.encode()
        self.send(bytes([OPEN]) + varint(len(name)) + name + b"\0")
        opened = self.expect(IS_OPENED)
        _, at = number(opened, 1)
        length, at = number(opened, at)
        pages, _ = number(opened, at + length)
        first, count = 0, PAGES_AT_ONCE
        while first < pages:
            began = time.monotonic()
            self.send(bytes([READ]) + varint(first) + varint(count))
            while (kind := self.event()[0]) != IS_DONE:
                if kind not in (IS_PAGE, IS_PAGE_FAILED):
                    raise Failed(f"event {kind} among the pages")
            first += count
            took = time.monotonic() - began
            if took > A_REQUEST_S:
                count = max(count // 2, 1)
            elif took < A_REQUEST_S / 2:
                count = min(count * 2, MOST_PAGES_AT_ONCE)
        return pages

    def end(self):
        """Ends it; returns the processor seconds of its whole life."""
        self.process.stdin.close()
        self.process.stdout.close()
        _, status, used = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        return used.ru_utime + used.ru_stime


def ours(path):
    """Pages, and processor and wall seconds of the reader: the whole process, and without its start."""
    reader = Reader()
    try:
        ready, ready_cpu = time.monotonic(), cpu_s(reader.process.pid)
        pages = reader.read(path)
        done, done_cpu = time.monotonic(), cpu_s(reader.process.pid)
    finally:
        cpu = reader.end()
    ended = time.monotonic()
    return pages, {"cpu": cpu, "wall": ended - reader.began, "cpu_in": done_cpu - ready_cpu, "wall_in": done - ready}


def theirs(path):
    """Processor and wall seconds of pdftotext."""
    began = time.monotonic()
    process = subprocess.Popen(
        ["pdftotext", "-enc", "UTF-8", str(path), "-"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    while process.stdout.read(1 << 16):
        pass
    _, status, used = os.wait4(process.pid, 0)
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed("pdftotext failed")
    return {"cpu": used.ru_utime + used.ru_stime, "wall": time.monotonic() - began}


def compare(path, pairs, start):
    """Medians of the pairs: the pages, the reader's seconds, and pdftotext's."""
    one, other = [], []
    for turn in range(pairs):
        if turn % 2:
            other.append(theirs(path))
        pages, took = ours(path)
        one.append(took)
        if not turn % 2:
            other.append(theirs(path))
    for took in other:
        took.update({f"{what}_in": max(took[what] - start[what], 0) for what in ("cpu", "wall")})
    median = lambda runs: {what: statistics.median(took[what] for took in runs) for what in runs[0]}  # noqa: E731
    return pages, median(one), median(other)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=pathlib.Path, action="append", help="a folder of PDFs")
    options.add_argument("--pairs", type=int, default=3, help="paired runs a file")
    options = options.parse_args()
    paths = sorted(path for folder in options.files or [FIXTURES, FETCHED] for path in folder.glob("*.pdf"))
    paths = [path for path in paths if path.stem not in NOTHING_TO_READ]
    with tempfile.NamedTemporaryFile(suffix=".pdf") as blank:
        blank.write(BLANK)
        blank.flush()
        runs = [theirs(pathlib.Path(blank.name)) for _ in range(9)]
    start = {what: statistics.median(took[what] for took in runs) for what in runs[0]}
    rows, failed = [], 0
    print(f"{'':36} {'pages':>5} {'ours ms':>9} {'theirs ms':>9} {'speed':>6}  (processor, start excluded)")
    for path in paths:
        try:
            rows.append(compare(path, max(options.pairs, 1), start))
        except Failed as error:
            failed += 1
            print(f"{path.stem:36} FAILED: {error}", flush=True)
            continue
        pages, one, other = rows[-1]
        speed = other["cpu_in"] / one["cpu_in"]
        ours_ms, theirs_ms = one["cpu_in"] * 1000, other["cpu_in"] * 1000
        print(f"{path.stem:36} {pages:5} {ours_ms:9.1f} {theirs_ms:9.1f} {speed:6.2f}", flush=True)
    if not rows:
        print("no PDF in these folders", file=sys.stderr)
        return 2
    pages = sum(pages for pages, _, _ in rows)
    for what, said in (
        ("cpu_in", "processor time, start excluded"),
        ("cpu", "processor time, start included"),
        ("wall_in", "wall time, start excluded"),
        ("wall", "wall time, start included"),
    ):
        one, other = (sum(row[side][what] for row in rows) for side in (1, 2))
        each = statistics.median(row[2][what] / row[1][what] for row in rows)
        result(
            f"reading {len(rows)} PDFs, {pages} pages, {said}",
            f"{other / one:.2f} times pdftotext's speed over all ({one:.2f} and {other:.2f} s), "
            f"{each:.2f} the median file",
            "at least 1",
        )
    for path in sorted(FIXTURES / f"{name}.pdf" for name in SCANS):
        pages, took = ours(path)
        wall, processor = took["wall_in"] / pages, took["cpu_in"] / pages
        result(f"OCR of {path.stem}", f"{wall:.2f} s a page, {processor:.2f} s of processor")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
