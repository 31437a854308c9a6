#!/usr/bin/env python3
"""Compares a reader of PDFs with pdftotext: the text against the known one, and the processor time.

A reader is a command that is handed a PDF's path as its last argument and prints the text, pages parted by form
feeds. Word F1 and order F1 (see words.py) are means over the files with a known text. Speed is pdftotext's user and
system time over the reader's, both run on the same file one after the other in turning order; for a file it is the
median of its pairs, over all the median of the files.

Run: python3 tests/quality/pdf_text.py --reader 'target/release/examples/read' [--files FOLDER]... [--pairs 5]
[--only tuned|held]
"""

import argparse
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

import words

FIXTURES = pathlib.Path(__file__).parents[1] / "fixtures" / "documents" / "pdf"
PDFTOTEXT = ["pdftotext", "-enc", "UTF-8"]
# Without text of their own, or not to be opened: nothing to compare. scan-with-words.pdf has its words behind the
# picture, so it stays.
NOTHING_TO_READ = {"scan-en", "held-scan-fr", "locked", "cut-short", "empty-pages"}
LIMIT_S = 120


def run(command):
    """What a command printed (None where it failed or took too long) and the processor seconds it took."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        end = time.monotonic() + LIMIT_S
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > end:
                process.kill()
                _, status, used = os.wait4(process.pid, 0)
                break
            time.sleep(0.0005)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode("utf-8", "replace") if process.returncode == 0 else None
    return text, used.ru_utime + used.ru_stime


def compare(path, reader, pairs):
    """One row of the table."""
    theirs = [*PDFTOTEXT, str(path), "-"]
    ours = [str(path) if part == "{}" else part for part in reader] if "{}" in reader else [*reader, str(path)]
    ratios = []
    for turn in range(max(pairs, 1)):
        if turn % 2:
            (their_text, their_s), (our_text, our_s) = run(theirs), run(ours)
        else:
            (our_text, our_s), (their_text, their_s) = run(ours), run(theirs)
        ratios.append(their_s / max(our_s, 1e-6))
    row = {
        "name": path.stem,
        "speed": statistics.median(ratios),
        "failed": our_text is None,
        "ours_s": our_s,
        "theirs_s": their_s,
    }
    known = path.with_suffix(".txt")
    if known.is_file():
        known = known.read_text(encoding="utf-8")
        for who, text in (("ours", our_text), ("theirs", their_text)):
            row[f"{who}_f1"], row[f"{who}_order"] = words.word_f1(text or "", known), words.order_f1(text or "", known)
    return row


def show(row):
    scores = " ".join(
        f"{row[key]:6.3f}" if key in row else "     -" for key in ("ours_f1", "theirs_f1", "ours_order", "theirs_order")
    )
    print(f"{row['name']:36} {scores} {row['speed']:7.2f}{'  FAILED' if row['failed'] else ''}", flush=True)


def mean(rows, key):
    values = [row[key] for row in rows if key in row]
    return statistics.fmean(values) if values else float("nan")


def arguments():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--reader", required=True, help="the command; the path is put at its end, or in the place of {}"
    )
    options.add_argument(
        "--files", type=pathlib.Path, action="append", help="a folder of PDFs; the fixtures without it"
    )
    options.add_argument("--pairs", type=int, default=5, help="paired runs a file")
    options.add_argument(
        "--only", choices=["tuned", "held"], help="only the files that may be tuned on, or only those held back"
    )
    options.add_argument("--word-f1", type=float, help="fail below this mean word F1")
    options.add_argument("--order-f1", type=float, help="fail below this mean order F1")
    options.add_argument("--speed", type=float, help="fail below this speed")
    options.add_argument(
        "--not-below-pdftotext", action="store_true", help="fail where word or order F1 is below pdftotext's"
    )
    return options.parse_args()


def missed(options, rows):
    """The targets that were not reached, a sentence each."""
    checks = [
        ("word F1", mean(rows, "ours_f1"), options.word_f1),
        ("order F1", mean(rows, "ours_order"), options.order_f1),
        ("speed", statistics.median(row["speed"] for row in rows), options.speed),
    ]
    if options.not_below_pdftotext:
        checks += [
            ("word F1 (pdftotext's)", mean(rows, "ours_f1"), mean(rows, "theirs_f1")),
            ("order F1 (pdftotext's)", mean(rows, "ours_order"), mean(rows, "theirs_order")),
        ]
    return [
        f"{what} is {got:.4f}, wanted {wanted:.4f}"
        for what, got, wanted in checks
        if wanted is not None and not got >= wanted
    ]


def main():
    options = arguments()
    paths = sorted(
        path
        for folder in options.files or [FIXTURES]
        for path in folder.glob("*.pdf")
        if path.stem not in NOTHING_TO_READ
    )
    if options.only:
        paths = [path for path in paths if path.stem.startswith("held-") == (options.only == "held")]
    if not paths:
        print("no PDF in these folders", file=sys.stderr)
        return 2
    print(
        f"{'':36} {'word F1':^13} {'order F1':^13} {'speed':>7}\n{'':36} {'ours':>6} {'theirs':>6} {'ours':>6} {'theirs':>6}"
    )
    rows = []
    for path in paths:
        rows.append(compare(path, shlex.split(options.reader), options.pairs))
        show(rows[-1])
    keys = ("ours_f1", "theirs_f1", "ours_order", "theirs_order")
    print(
        f"{f'{len(rows)} files, mean and median':36} {' '.join(f'{mean(rows, key):6.3f}' for key in keys)} "
        f"{statistics.median(row['speed'] for row in rows):7.2f}"
    )
    total = sum(row["theirs_s"] for row in rows) / sum(row["ours_s"] for row in rows)
    print(
        f"all files together, last run: {total:.2f} times pdftotext's speed; {sum(row['failed'] for row in rows)} failed"
    )
    wrong = missed(options, rows)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong or any(row["failed"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
