#!/usr/bin/env python3
"""Writes texts for vectors that a search is compared on: real_passages.py TEXTS QUERIES [--cache FOLDER] [--number N].

TEXTS gets N pieces, a line each, of at most 600 characters of Debian's documentation in English and French; QUERIES gets
the questions of questions.jsonl and the first sentences of 400 further pieces. A hash decides which piece is taken. Each
is a JSON string with the prefix that multilingual-e5-small was trained with.
"""

import argparse
import hashlib
import json
import pathlib
import sys

import packages
from collection import QUESTIONS, plain

MORE = [
    ("python3.11-doc", "3.11.2-6+deb12u9"),
    ("git-doc", "1:2.39.5-0+deb12u3"),
    ("postgresql-doc-15", "15.20-0+deb12u1"),
    ("debian-policy", "4.6.2.0"),
]
LONGEST, LETTERS, HELD = 600, 100, 400
ENGLISH_OR_FRENCH = {"installation-guide-amd64": "/en/", "debian-handbook": "/fr-FR/"}


def pieces(text):
    """Lines joined to pieces of at most LONGEST characters; a longer line is cut at a space."""
    held = ""
    for line in text.split("\n"):
        while len(line) > LONGEST:
            cut = line.rfind(" ", 1, LONGEST)
            cut = cut if cut > 0 else LONGEST
            yield held
            held, line = line[:cut], line[cut:].lstrip()
        if len(held) + 1 + len(line) > LONGEST:
            yield held
            held = line
        else:
            held = f"{held}\n{line}".strip()
    yield held


def documents(cache):
    """The HTML files of the collection's packages and of MORE, those in other languages left out."""
    parts = json.loads((QUESTIONS.parent / "collection.json").read_text())["parts"]
    for package, version in dict.fromkeys([(part["package"], part["version"]) for part in parts] + MORE):
        within = ENGLISH_OR_FRENCH.get(package, "")
        folder = packages.unpacked(package, version, cache / "packages")
        for path in sorted(folder.glob("**/*.html")):
            if path.is_file() and within in str(path) and "genindex" not in path.name:
                yield path.read_bytes()


def texts(cache):
    """Each piece with enough letters once, in the order of its hash."""
    found = {}
    for data in documents(cache):
        for piece in pieces(packages.text_of_html(data.decode("utf-8", "replace"))):
            if sum(letter.isalpha() for letter in piece) >= LETTERS:
                found[hashlib.sha256(piece.encode()).digest()] = piece
    return [plain(found[key]) for key in sorted(found)]


def write(path, prefix, lines):
    path.write_text("".join(f"{json.dumps(prefix + line)}\n" for line in lines))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("texts", type=pathlib.Path)
    options.add_argument("queries", type=pathlib.Path)
    options.add_argument("--cache", type=pathlib.Path, default=pathlib.Path("target/quality"))
    options.add_argument("--number", type=int, default=24_000)
    options = options.parse_args()
    try:
        found = texts(options.cache)
    except packages.Absent as absent:
        print(absent, file=sys.stderr)
        return 2
    if len(found) < options.number + HELD:
        print(f"there are only {len(found)} pieces", file=sys.stderr)
        return 1
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    held = [piece.split(". ")[0][:200] for piece in found[options.number : options.number + HELD]]
    write(options.texts, "passage: ", found[: options.number])
    write(options.queries, "query: ", map(plain, questions + held))
    return 0


if __name__ == "__main__":
    sys.exit(main())
