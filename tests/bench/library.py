#!/usr/bin/env python3
"""What adding documents, asking about them and opening a vault full of them take, with the programs as they ship.

  share    200 pages of PDF and HTML are added: how much of it is the embedding model's work
  memory   folders of 50, 200 and 800 documents, and one document of 1,000 pages: the most memory of each process
  answer   twenty pages of a folder are added and asked about: when the passages and the cited answer are there
  opening  a vault with 100,000 passages is opened, beside an empty one, in turns

Run: tests/bench/session.sh python3 tests/bench/library.py [PART]... [--small]
All parts without one; --small: a tenth of it, to try the script. Texts are those that `tests/quality/fetch_pdfs.py`
fetched. `share` computes on both cores for minutes, and figures are only good where nothing else runs meanwhile: the
load stands beside each.
"""

import argparse
import html
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

from measured import BUILT, FETCHED, FIXTURES, Ran, machine, program, result

FOLDER = pathlib.Path(os.environ.get("SESSION_FOLDER", "."))
WORKERS = ("tacit", "tacit-reader", "tacit-engine")
# 122 pages, and as HTML about 80 more.
PDFS = ("debian-faq-fr", "history-ru", "english-babel", "tulm", "pandora", "thmtest", "refcard-en", "ltnews11")
PAGES = "packages/debian-policy_*/usr/share/doc/debian-policy/policy.html/ch-[a-d]*.html"
# Letters: of a passage, and of a page where there is no paper (reader/src/wire.rs).
PASSAGE, PAGE = 600, 3_000
QUESTION = "How much is the rent, and when is it due?"
RENT = "1,240.00"
PASSAGES = 100_000
# Of the vault that the example bench_passages makes.
PASSPHRASE = "a passphrase for a benchmark"


def known_text():
    """A long text whose pieces are all different."""
    return (FETCHED / "debian-reference-en.txt").read_text(encoding="utf-8")


def share(small):
    """How much of the work is the embedding model's: in processor time, and on the clock."""
    folder = FOLDER / "share"
    folder.mkdir()
    names = PDFS[2:] if small else PDFS
    for path in [*(FETCHED / f"{name}.pdf" for name in names), *sorted(FETCHED.glob(PAGES))[: 1 if small else None]]:
        shutil.copy(path, folder)
    ran = Ran(["add", folder], FOLDER / "share-home")
    pages = sum(line["pages"] for _, line in ran.said("read"))
    passages = sum(line["passages"] for _, line in ran.said("read"))
    engine, own = ran.cpu_of("tacit-engine"), ran.cpu_of("tacit")
    # Readers live for moments and are not all seen; those that ended are in the sum of what the program waited for.
    readers = max(ran.cpu_of("tacit-reader"), ran.all_cpu_s - own - engine, 0)
    every = engine + own + readers
    what = f"adding {pages} pages ({passages} passages)"
    result(
        f"{what}, processor time",
        f"{100 * engine / every:.1f} % in the embedding model ({engine:.1f} s; tacit {own:.1f} s, "
        f"readers {readers:.1f} s)",
        "at least 85 %",
    )
    # Documents are read first, then passages embedded. That the engine counts their tokens is not in this figure.
    read = max(at for at, _ in ran.said("read"))
    embedded = ran.lines[-1][0] - read
    result(
        f"{what}, wall time",
        f"{100 * embedded / ran.took_s:.1f} % after the last page was read ({embedded:.1f} of {ran.took_s:.1f} s, "
        f"{passages / embedded:.1f} passages a second)",
        "at least 85 %",
    )


def write_pieces(folder, documents, letters):
    """Documents of HTML, each a piece of the known text."""
    folder.mkdir()
    text = known_text()
    for number in range(documents):
        piece = html.escape(text[number * letters : (number + 1) * letters])
        page = f"<!doctype html><meta charset=utf-8><h1>Part {number}</h1><p>{piece}</p>"
        (folder / f"part-{number}.html").write_text(page, encoding="utf-8")


def memory(small):
    """The most memory of each process, for folders that grow."""
    rows = {}
    for documents in (5, 20, 80) if small else (50, 200, 800):
        folder = FOLDER / f"memory-{documents}"
        write_pieces(folder, documents, PASSAGE)
        rows[f"{documents} documents"] = Ran(["add", folder], FOLDER / f"memory-home-{documents}")
    first, last = list(rows.values())[0], list(rows.values())[-1]
    if not small:
        thousand = FIXTURES / "thousand-pages.pdf"
        rows["one of 1,000 pages"] = Ran(["add", thousand], FOLDER / "memory-home-pages")
    for name, ran in rows.items():
        peaks = ", ".join(f"{worker} {ran.peaks.get(worker, 0):.0f} MiB" for worker in WORKERS)
        result(f"most memory, {name}", f"{peaks} ({ran.took_s:.0f} s)")
    for worker in WORKERS:
        ratio = last.peaks.get(worker, 0) / max(first.peaks.get(worker, 0), 1)
        result(f"most memory of {worker}, the largest folder beside the smallest", f"{ratio:.2f} times", "flat")


def answer(small):
    """From dropping twenty pages to an answer with its citations, and from asking to the passages."""
    folder, home = FOLDER / "answer", FOLDER / "answer-home"
    folder.mkdir()
    shutil.copy(FIXTURES / "lease-en.pdf", folder)
    (folder / "notes.txt").write_text(known_text()[: (1 if small else 19) * PAGE], encoding="utf-8")
    added = Ran(["add", folder], home)
    pages = sum(line["pages"] for _, line in added.said("read"))
    asked = Ran(["ask", "--docs", QUESTION], home)
    (passages_at, passages), (quoted_at, _) = asked.said("passages")[0], asked.said("token")[0]
    done_at, done = asked.said("done")[0]
    if not passages["answered"] or not any(RENT in cited["text"] for cited in done["citations"]):
        raise SystemExit(f"the rent was not found: {done}")
    # The first that the question needed; the chat model's comes after.
    loads = re.findall(r"load_ms=(\d+)", log_of(home))
    loaded = f"of which {int(loads[-2]) / 1000:.2f} s loading the embedding model, which a window has loaded already"
    what = "from asking to the nearest passages, a program's start included"
    result(what, f"{passages_at:.2f} s ({loaded})", "at most 1 s")
    what = f"{pages} pages dropped"
    added_s = added.took_s
    result(f"{what}, all found by words and meaning", f"{added_s:.1f} s")
    first = f"{added_s + quoted_at:.1f} s (asked after {added_s:.1f} s, the sentence after {quoted_at:.1f} s more)"
    result(f"{what}, to the first sentence quoted with its citation", first, "at most 60 s")
    whole = f"{added_s + done_at:.1f} s (of which the answer {done_at:.1f} s, {done['completion_tokens']} tokens)"
    result(f"{what}, to the whole answer, checked", whole, "at most 60 s")


def log_of(home):
    """The newest log of a home."""
    return max((home / "logs").iterdir()).read_text(encoding="utf-8")


def opened(home, passphrase):
    """Milliseconds of `tacit chats` and of opening its vault, both without unlocking the key (from the log).

    Argon2id is tuned to the machine at the moment when a vault is made, so it differs between two vaults.
    """
    environment = {**os.environ, "TACIT_HOME": str(home)}
    command = [program("tacit"), "--json", "--passphrase-file", passphrase, "chats"]
    began = time.monotonic()
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    took = 1000 * (time.monotonic() - began)
    told = re.findall(r"vault opened .*milliseconds=(\d+) unlocked=(\d+)", log_of(home))
    whole, unlocked = map(int, told[-1])
    return took - unlocked, whole - unlocked


def opening(small):
    """A vault with many passages, beside an empty one."""
    passphrase = FOLDER / "passphrase"
    passphrase.write_text(PASSPHRASE)
    many, passages = FOLDER / "opening-many", PASSAGES // 50 if small else PASSAGES
    made = subprocess.run([BUILT / "examples" / "bench_passages", str(passages), many], capture_output=True, text=True)
    if made.returncode:
        raise SystemExit(f"bench_passages failed: {made.stderr}")
    empty = FOLDER / "opening-empty"
    command = [program("tacit"), "--passphrase-file", passphrase, "chats"]
    subprocess.run(command, env={**os.environ, "TACIT_HOME": str(empty)}, capture_output=True, check=True)
    pairs = []
    for turn in range(5 if small else 21):
        order = (many, empty) if turn % 2 else (empty, many)
        took = {home: opened(home, passphrase) for home in order}
        pairs.append((took[many], took[empty]))
    what = f"opening a vault with {passages} passages beside an empty one"
    ratio = statistics.median(one[0] / other[0] for one, other in pairs)
    one, other = (statistics.median(pair[side][0] for pair in pairs) for side in (0, 1))
    value = f"{ratio:.3f} times ({one:.0f} and {other:.0f} ms)"
    result(f"{what}, all of `tacit chats` but unlocking the key", value, "at most 1.10")
    one, other = (statistics.fmean(pair[side][1] for pair in pairs) for side in (0, 1))
    result(f"{what}, the store alone", f"{one:.1f} and {other:.1f} ms, the means of {len(pairs)}")


PARTS = {"share": share, "memory": memory, "answer": answer, "opening": opening}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    options.add_argument("--small", action="store_true", help="a tenth of it, to try the script")
    options = options.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        raise SystemExit(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    print(f"The library: {machine()}", flush=True)
    for name in options.parts or PARTS:
        PARTS[name](options.small)


if __name__ == "__main__":
    sys.exit(main())
